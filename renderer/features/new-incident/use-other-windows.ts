import { type RefObject, useEffect, useRef } from 'react';
import type { Id } from '#domain/activity/activity.ts';
import { usePersonId, useWatch } from '#renderer/platform/hooks.ts';
import { isUntouched, readFormContent } from './form-content.ts';
import type { Held } from './use-form-draft.ts';

export interface OtherWindows {
  readonly held: Held;
  /** The draft whose going is this window's own doing. */
  readonly sent: RefObject<Id | null>;
  readonly onTyped: (held: Held) => void;
  readonly onEnded: () => void;
}

/**
 * Follows what other windows do with the draft of this form. It has ended elsewhere only if all that was typed here had
 * arrived before: what is still on its way is not missing.
 */
export function useOtherWindows({ held, sent, onTyped, onEnded }: OtherWindows): void {
  const personId = usePersonId();
  // The engine's own list: what this window has only sent has not arrived.
  const drafts = useWatch('drafts', personId === null ? null : { personId });
  const arrived = useRef<Pick<Held, 'draftId' | 'typedAt'> & { personId: Id | null }>({
    draftId: '',
    typedAt: 0,
    personId: null,
  });
  useEffect(() => {
    if (!drafts) return;
    const found = drafts.find((draft) => draft.id === held.draftId);
    if (found) {
      arrived.current = { draftId: found.id, typedAt: found.updatedAt, personId };
      if (found.updatedAt <= held.typedAt) return;
      const form = readFormContent(found.content);
      const toldAt = form.callerText === held.form.callerText ? held.toldAt : found.updatedAt;
      onTyped({ ...held, form, typedAt: found.updatedAt, toldAt });
      return;
    }
    const { draftId, typedAt, personId: whose } = arrived.current;
    const hadArrived = draftId === held.draftId && typedAt === held.typedAt && whose === personId;
    if (hadArrived && sent.current !== draftId && !isUntouched(held.form)) onEnded();
  }, [drafts, personId, held, sent, onTyped, onEnded]);
}
