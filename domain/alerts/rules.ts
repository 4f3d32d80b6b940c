import { type Activity, type Id, type Instant, type Origin, SYSTEM_ACTOR } from '#domain/activity/activity.ts';
import type { AlertReason, AlertRecord, AlertRule } from '#domain/alerts/alert.ts';
import { asIncidentActivity } from '#domain/incident/activities/registry.schema.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { isOpen } from '#domain/queue/membership.ts';

/** One incident before and after one command or import: `before` is null when it has just become visible. */
export interface AlertChange {
  readonly before: Incident | null;
  readonly after: Incident;
  /** Who did it. For an import the person the source names, if any. */
  readonly actorId: Id | null;
  readonly origin: Origin;
  /** Assignments that it put others in the place of, unseen (`replacedIn`). */
  readonly replaced?: readonly ReplacedAssignment[];
}

/** Whose assignment or transfer went, and who, without having seen it, made the one that stands. */
export interface ReplacedAssignment {
  readonly of: Id;
  readonly by: Id;
}

/** What a rule found: that this person should be told of this incident. */
export interface AlertCause {
  readonly rule: AlertRule;
  readonly dedupeKey: string;
  readonly reason: AlertReason;
  /** Milliseconds until it is certain. */
  readonly settlesIn: number;
}

/** Changes of one person within this time are one: an assignment put right at once alerts nobody. */
export const SETTLE_MS = 10_000;

const isImportant = (incident: Incident) => incident.priority <= 2;

/** At most one live alert for each of these. */
export const dedupeKeyOf = (rule: AlertRule, incidentId: Id, personId: Id): string =>
  `${rule}:${incidentId}:${personId}`;

/**
 * The alert that a change means for the person at the desk, if any. Never for one's own action, never for an incident
 * that is resolved, closed or canceled afterwards. An incident that is both important and theirs is one alert.
 *
 * Audience: the person at the desk, whatever their teams. Teams and supervisors as the audience of P1 and P2
 * (domain.md "Alerts") come with the rules that an administrator can change.
 *
 * What an import makes visible alerts only when it is important; a thousand old assignments are no news. At recording
 * nothing waits, because the values were chosen in one form; a later assignment settles first. Whose assignment another
 * one replaced unseen is told, because they went on believing in it.
 */
export function alertFor(change: AlertChange, personId: Id): AlertCause | null {
  const { before, after, actorId } = change;
  if (!isOpen(after.state)) return null;
  const isNew = before === null;
  const lost = isNew ? undefined : change.replaced?.find(({ of, by }) => of === personId && by !== personId);
  // They may have written something since and still not know of it.
  if (lost !== undefined && after.assignedToId !== personId) {
    return cause('assignmentReplaced', 'assignmentReplaced', { ...change, actorId: lost.by }, personId);
  }
  if (actorId === personId) return null;
  const imported = change.origin === 'observed';
  const important = isNew && isImportant(after);
  const becameMine = after.assignedToId === personId && before?.assignedToId !== personId;
  if (becameMine && !(isNew && imported && !important)) {
    return cause('assignedToMe', isNew ? 'recordedForMe' : 'assignedByOther', change, personId);
  }
  return important ? cause('importantRecorded', imported ? 'cameByImport' : 'recordedByOther', change, personId) : null;
}

/** What these entries of one incident replaced, so that whoever lost can be told. */
export function replacedIn(activities: readonly Activity[]): readonly ReplacedAssignment[] {
  return activities.map(asIncidentActivity).flatMap((entry) => {
    const moves = entry?.type === 'incident.assigned' || entry?.type === 'incident.transferred';
    return moves && entry.payload.replaces !== undefined ? [{ of: entry.payload.replaces.by, by: entry.actor }] : [];
  });
}

function cause(rule: AlertRule, code: AlertReason['code'], change: AlertChange, personId: Id): AlertCause {
  const { after, before, actorId } = change;
  return {
    rule,
    dedupeKey: dedupeKeyOf(rule, after.id, personId),
    reason: { code, priority: after.priority, actorId: actorId === SYSTEM_ACTOR ? null : actorId },
    settlesIn: before === null ? 0 : SETTLE_MS,
  };
}

/** Whether there is still something to tell, as the incident stands now. */
export function stillHolds(alert: Pick<AlertRecord, 'rule' | 'forPersonId'>, now: Incident): boolean {
  if (!isOpen(now.state)) return false;
  const isTheirs = now.assignedToId === alert.forPersonId;
  if (alert.rule === 'assignedToMe') return isTheirs;
  return alert.rule !== 'assignmentReplaced' || !isTheirs;
}

/** Whether an activity up to `throughSeq` can raise an alert again that was raised before: a replay cannot. */
export const isNewer = (known: Pick<AlertRecord, 'throughSeq'> | undefined, throughSeq: number): boolean =>
  known === undefined || throughSeq > known.throughSeq;

/** More urgent first, then the older one. */
export const compareByUrgency = (a: AlertRecord, b: AlertRecord): number =>
  (a.priority ?? 5) - (b.priority ?? 5) || a.firstAt - b.firstAt || (a.number ?? '').localeCompare(b.number ?? '');

/** Whether this record may be forgotten. */
export const isExpired = (record: Pick<AlertRecord, 'lastAt'>, now: Instant, keptFor: number): boolean =>
  record.lastAt < now - keptFor;
