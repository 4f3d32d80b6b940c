import { useMemo } from 'react';
import type { Id } from '#domain/activity/activity.ts';
import { useIsShared, usePersonId, useWatch } from '#renderer/platform/hooks.ts';

const NONE: ReadonlySet<Id> = new Set();

/** The incidents with a conflict that waits for the present person's decision; none at a desk that works alone. */
export function useNeedsYou(): ReadonlySet<Id> {
  const isShared = useIsShared();
  const personId = usePersonId();
  const inbox = useWatch('conflicts', isShared && personId !== null ? { personId } : null);
  return useMemo(() => (inbox ? new Set(inbox.items.flatMap(({ incidentId }) => incidentId ?? [])) : NONE), [inbox]);
}
