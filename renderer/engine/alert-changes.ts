import type { Id } from '#domain/activity/activity.ts';
import type { AlertChange } from '#domain/alerts/rules.ts';
import type { Incident } from '#domain/incident/incident.ts';
import type { Batch } from '#sync/authority/store.ts';

/** Each incident before and after one batch, with who did it last. */
export function changesOf(batch: Batch, before: ReadonlyMap<Id, Incident | null>): readonly AlertChange[] {
  return batch.effects.incidents.flatMap((after): AlertChange[] => {
    const last = batch.confirmed
      .findLast(({ accepted }) => accepted.subjectIds.includes(after.id))
      ?.activities.findLast((activity) => activity.subject.id === after.id);
    return last ? [{ before: before.get(after.id) ?? null, after, actorId: last.actor, origin: last.origin }] : [];
  });
}
