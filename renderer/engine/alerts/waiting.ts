import type { Id } from '#domain/activity/activity.ts';
import type { AlertRecord } from '#domain/alerts/alert.ts';

/** Why an alert was not told when it was due: it waits until its person comes to this desk. */
const AWAY = 'notAtDesk';

const isAway = ({ channel, reason }: AlertRecord['delivery'][number]) => channel === 'none' && reason === AWAY;

/** Due, not answered, and not told because its person was not at the desk. */
export function isWaiting(record: AlertRecord): boolean {
  const last = record.delivery.at(-1);
  return record.state === 'triggered' && record.digestId === null && last !== undefined && isAway(last);
}

/** Nothing of it has reached anybody. */
export const reachedNobody = (record: AlertRecord): boolean =>
  record.rule !== 'digest' && record.digestId === null && record.delivery.every(isAway);

/**
 * As it is while it is being told to the one who came: no longer waiting, so that neither a second switch nor a kill
 * in between tells it again.
 */
export const asComing = (record: AlertRecord): AlertRecord => ({
  ...record,
  delivery: record.delivery.filter((line) => !isAway(line)),
});

/** One incident, one alert: where both rules wait, that it is theirs says more than that it is important. */
export function withoutRepeats(waiting: readonly AlertRecord[]): {
  readonly told: readonly AlertRecord[];
  readonly repeats: readonly AlertRecord[];
} {
  const assigned = new Set<Id | null>();
  for (const { rule, incidentId } of waiting) if (rule === 'assignedToMe') assigned.add(incidentId);
  const isRepeat = ({ rule, incidentId }: AlertRecord) => rule === 'importantRecorded' && assigned.has(incidentId);
  return { told: waiting.filter((one) => !isRepeat(one)), repeats: waiting.filter(isRepeat) };
}
