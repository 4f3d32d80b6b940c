import type { Scope } from '#contracts/sync/scope.ts';
import type { Activity, Id, Instant } from '#domain/activity/activity.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { isOpen } from '#domain/incident/settle.ts';

/** What one device keeps of its person's view (SPEC 8.7). */
export interface Keeping {
  readonly personId: Id;
  readonly scope: Scope;
  /** What is not open and did not change after this is left out; null: nothing is for its age. */
  readonly since: Instant | null;
  /** Kept in any case. */
  readonly beside: readonly Id[];
}

const DAY = 24 * 3_600_000;
/** A first load fixes from when on things are kept; this much later it is made anew, lest a device gather years. */
const LONGEST = 30 * DAY;

/** From when on a device with this scope keeps what is not open, if it loads now. */
export const sinceOf = ({ closedFor }: Scope, now: Instant): Instant | null =>
  closedFor === null ? null : now - closedFor * DAY;

/** Whether a first load that fixed `since` lies so far back, or by a clock so far ahead, that it is to be made anew. */
export const isOutgrown = (scope: Scope, since: Instant | null, now: Instant): boolean => {
  const today = sinceOf(scope, now);
  return today !== null && since !== null && Math.abs(today - since) > LONGEST;
};

/** The people whom an incident concerns: they keep it, whatever team or site it belongs to. */
export const concernedBy = (incident: Incident): readonly Id[] =>
  [incident.assignedToId, incident.openedById, incident.callerId, incident.affectedId, ...incident.watcherIds].filter(
    (id) => id !== null,
  );

export function keeps({ personId, scope, since, beside }: Keeping, incident: Incident): boolean {
  if (beside.includes(incident.id)) return true;
  if (since !== null && !isOpen(incident) && incident.updatedAt <= since) return false;
  const { assignmentGroupId: team, siteId: site } = incident;
  return (
    scope.teamIds.length + scope.siteIds.length === 0 ||
    (team !== null && scope.teamIds.includes(team)) ||
    (site !== null && scope.siteIds.includes(site)) ||
    concernedBy(incident).includes(personId)
  );
}

/** The fields that decide it, apart from age. */
export const DECIDING = [
  'assignmentGroupId',
  'siteId',
  'assignedToId',
  'openedById',
  'callerId',
  'affectedId',
  'watcherIds',
] satisfies readonly (keyof Incident)[];

/** Whether its age may have decided otherwise, before these entries or between them, than it does now. */
export const mayHaveAged = ({ since }: Keeping, row: Incident, entries: readonly Activity[]): boolean =>
  since !== null &&
  (row.recordedAt <= since ||
    (!isOpen(row) && row.updatedAt <= since) ||
    // A clock that is days behind makes of what was recorded since something old.
    entries.some(({ recordedAt }) => recordedAt <= since));
