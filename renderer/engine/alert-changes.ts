import { type AlertChange, replacedIn } from '#domain/alerts/rules.ts';
import type { Batch } from '#sync/authority/store.ts';

/**
 * What a batch did, command by command. Never only where it ended: what somebody else did stays theirs although my
 * own command on the same incident was judged with it.
 */
export function changesOf(batch: Batch): readonly AlertChange[] {
  return batch.confirmed.flatMap(({ activities, changes }) =>
    changes.flatMap(({ before, after }): AlertChange[] => {
      const own = activities.filter((activity) => activity.subject.id === after.id);
      const last = own.at(-1);
      return last ? [{ before, after, actorId: last.actor, origin: last.origin, replaced: replacedIn(own) }] : [];
    }),
  );
}
