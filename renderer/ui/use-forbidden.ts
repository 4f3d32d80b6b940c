import { useCallback } from 'react';
import { type Action, may } from '#domain/permissions/permissions.ts';
import { useIsShared, useSession } from '#renderer/platform/hooks.ts';
import { useWords } from '#renderer/words/words.ts';

/** Who else can, where it is not an agent, a technician or a supervisor. */
const BY_OTHERS: readonly Action[] = ['configure', 'importHistory'];
const isByOthers = (action: Action): action is 'configure' | 'importHistory' => BY_OTHERS.includes(action);

/**
 * Why the role of whoever is at the desk does not allow something, in one sentence that says who can; null where it
 * does, and while nobody knows yet who that is.
 */
export function useForbidden(): (action: Action) => string | null {
  const common = useWords('common');
  const role = useSession()?.person?.role;
  const alone = !useIsShared();
  return useCallback(
    (action) => {
      if (role === undefined || may(role, action, alone)) return null;
      const words = isByOthers(action) ? (`notForRole.${action}` as const) : 'notForRole';
      return common(words, { role: common(`role.${role}`) });
    },
    [common, role, alone],
  );
}
