import type { Id, Instant } from '#domain/activity/activity.ts';
import type { Priority } from '#domain/incident/incident.ts';

/** The desk's own rules, switched on as shipped. */
export const ALERT_RULES = ['importantRecorded', 'assignedToMe', 'assignmentReplaced'] as const;
export type AlertRule = (typeof ALERT_RULES)[number];

export const ALERT_STATES = ['triggered', 'acknowledged', 'snoozed', 'resolved', 'suppressed'] as const;
export type AlertState = (typeof ALERT_STATES)[number];

/** Why me, why now: a code and the values of its sentence, which is in renderer/words/en/alerts.json. */
export interface AlertReason {
  readonly code:
    | 'recordedByOther'
    | 'cameByImport'
    | 'assignedByOther'
    | 'recordedForMe'
    | 'assignmentReplaced'
    | 'burst';
  readonly priority: Priority | null;
  /** Who did it; null for the desk itself or somebody unknown. */
  readonly actorId: Id | null;
}

/** What became of one attempt to tell the person. */
export interface AlertDelivery {
  readonly channel: 'os' | 'none';
  readonly shown: boolean;
  /** Why not: a code of the host (`noDaemon`, `notSupported` …) or of the desk (`inDigest`, `settledAway` …). */
  readonly reason: string | null;
  readonly at: Instant;
}

/** One line of the ledger. A later record with the same id replaces the earlier one. */
export interface AlertRecord {
  readonly id: Id;
  readonly rule: AlertRule | 'digest';
  /** Rule, incident and person: at most one live alert each. */
  readonly dedupeKey: string;
  readonly forPersonId: Id;
  readonly incidentId: Id | null;
  readonly number: string | null;
  readonly shortDescription: string | null;
  readonly priority: Priority | null;
  readonly reason: AlertReason;
  /** Incidents it stands for: 1, or the members of a digest. */
  readonly count: number;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  readonly state: AlertState;
  readonly snoozedUntil: Instant | null;
  readonly acknowledgedAt: Instant | null;
  /** The digest that tells of it, when it does not come alone. */
  readonly digestId: Id | null;
  /** Not told before this instant: changes of one person within ten seconds are one. */
  readonly dueAt: Instant;
  /** The incident's `throughSeq` it was raised for: an activity at or below it never raises it again. */
  readonly throughSeq: number;
  readonly delivery: readonly AlertDelivery[];
}

/** Every alert can be looked up this long, because OS notifications vanish. */
export const LEDGER_KEPT_MS = 90 * 24 * 60 * 60 * 1000;
