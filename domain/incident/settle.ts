import type { Activity, Id } from '#domain/activity/activity.ts';
import { type Incident, OPEN_STATES } from '#domain/incident/incident.ts';
import { type PriorityMatrix, priorityOf } from '#domain/priority/matrix.ts';

export const isOpen = (incident: Pick<Incident, 'state'>): boolean => OPEN_STATES.includes(incident.state);

/** A change of group, counted as a reassignment when one team hands to another; an undone one is not counted. */
export function withGroup(incident: Incident, groupId: Id | null, undone = false): Incident {
  const from = incident.assignmentGroupId;
  if (from === groupId) return incident;
  const handed = from !== null && groupId !== null ? 1 : 0;
  const reassignments = Math.max(0, incident.counts.reassignments + (undone ? -handed : handed));
  return { ...incident, assignmentGroupId: groupId, counts: { ...incident.counts, reassignments } };
}

/**
 * Makes an incident consistent after an activity, whatever that was: what belongs to a state exists in that state
 * and in no other, priority follows matrix and override, counters and marks follow from before and after.
 */
export function settle(before: Incident, after: Incident, activity: Activity, matrix: PriorityMatrix): Incident {
  const matrixPriority = isWeighed(before, after)
    ? priorityOf(matrix, after.impact, after.urgency)
    : before.matrixPriority;
  const reopened = isFinished(before) && isOpen(after) ? 1 : 0;
  const startedAt = after.startedAt ?? (after.state === 'inProgress' ? activity.occurredAt : null);
  return {
    ...after,
    matrixPriority,
    priority: after.override?.value ?? matrixPriority,
    initialCategoryId: after.initialCategoryId ?? after.categoryId,
    startedAt,
    ...stateParts(before, after, activity),
    waitingForPickUpSince: waitingSince(before, after, startedAt, activity),
    counts: { ...after.counts, reopened: after.counts.reopened + reopened },
  };
}

/**
 * A new matrix speaks for what is recorded or classified from then on: a note must not move a priority, and no
 * incident's priority moves without an entry that says so. Until its first activity is confirmed, nobody has seen one.
 */
const isWeighed = (before: Incident, after: Incident): boolean =>
  before.throughSeq === 0 ||
  before.impact !== after.impact ||
  before.urgency !== after.urgency ||
  before.override !== after.override;

const isFinished = (incident: Incident) => incident.state === 'resolved' || incident.state === 'closed';

function stateParts(before: Incident, after: Incident, activity: Activity): Partial<Incident> {
  const at = activity.occurredAt;
  const ended = isFinished(after);
  const resolution = ended ? after.resolution : null;
  const resolved = after.state === 'resolved' ? (resolution ?? blankResolution(at)) : resolution;
  const closed = after.state === 'closed';
  return {
    hold: after.state === 'onHold' ? (after.hold ?? blankHold(before, at)) : null,
    resolution: resolved,
    firstResolvedAt: after.firstResolvedAt ?? resolved?.at ?? null,
    closedAt: closed ? (after.closedAt ?? at) : null,
    closedById: closed ? after.closedById : null,
    cancellation: after.state === 'canceled' ? (after.cancellation ?? { reason: null, detail: null, at }) : null,
  };
}

const blankHold = (before: Incident, since: number): NonNullable<Incident['hold']> => ({
  reason: null,
  until: null,
  since,
  from: before.state === 'new' ? 'new' : 'inProgress',
  vendor: null,
  approver: null,
});

const blankResolution = (at: number): NonNullable<Incident['resolution']> => ({
  code: null,
  sourceCode: null,
  notes: '',
  at,
  by: null,
  confirmedBy: null,
});

/** "Waiting for pick-up": open, begun, and nobody's. Its age counts from when the last owner let go. */
function waitingSince(before: Incident, after: Incident, startedAt: number | null, activity: Activity): number | null {
  const waits = isOpen(after) && after.assignedToId === null && startedAt !== null;
  return waits ? (before.waitingForPickUpSince ?? activity.occurredAt) : null;
}
