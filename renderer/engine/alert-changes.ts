import type { AlertChange } from '#domain/alerts/rules.ts';
import type { Batch } from '#sync/authority/store.ts';

/**
 * What a batch did, command by command. Never only where it ended: what somebody else did stays theirs although my
 * own command on the same incident was judged with it.
 */
export function changesOf(batch: Batch): readonly AlertChange[] {
  return batch.confirmed.flatMap(({ activities, changes }) =>
    changes.flatMap(({ before, after }): AlertChange[] => {
      const last = activities.findLast((activity) => activity.subject.id === after.id);
      return last ? [{ before, after, actorId: last.actor, origin: last.origin }] : [];
    }),
  );
}
