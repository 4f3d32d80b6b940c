/**
 * What travels between a desk and the server, `/api/v1/sync`. Rules in sync/SPEC.md. Requests are strict: an unknown
 * member is refused. Answers are loose: members of a newer server are kept aside, never a reason to stop.
 */
import { z } from 'zod';
import type { Activity, Id } from '#domain/activity/activity.ts';
import { REFUSAL_CODES } from '#domain/command/command.ts';
import type { DirectoryKind, DirectoryRecords } from '#domain/directory/directory.ts';
import type { Incident, Priority } from '#domain/incident/incident.ts';
import { beside, inQuery, type Scope, scope } from './scope.ts';

/** Raised when a desk of an earlier build can no longer agree with this one. */
export const PROTOCOL = 1;

export const SYNC_LIMITS = {
  /** Commands in one push. */
  commands: 200,
  /** Bytes of one push body. */
  pushBytes: 8 * 1024 * 1024,
  /** Activities or rows in one page of a pull; at least one command's whole. */
  page: 2_000,
  /** Characters of a cursor. */
  cursor: 4_000,
} as const;

const id = z.string().min(1).max(128);
const seq = z.int().positive();
const instant = z.int().min(-8_640_000_000_000_000).max(8_640_000_000_000_000);

/** A person's intent on its way. `args` are judged by the authority, so any shape may arrive. */
const wireCommand = z.strictObject({
  /** Place in the lane of this (device, person): 1, 2, 3 … */
  seq,
  id,
  name: z.string().min(1).max(64),
  args: z.unknown(),
  occurredAt: instant,
  recordedAt: instant,
  lateReason: z.exactOptional(z.string().max(2_000)),
  /** The newest public entry of the incident that the person had before them when writing a reply; null: none. */
  seen: z.exactOptional(id.nullable()),
});
/** A place in the lane whose command this desk can no longer read: said, so that those behind it may pass. */
const skippedCommand = z.strictObject({ seq, id, skip: z.literal(true) });

export const pushRequest = z.strictObject({
  protocol: z.int().positive(),
  device: id,
  /** The device's clock when it sent this; the server keeps the difference. */
  sentAt: instant,
  commands: z.array(z.union([wireCommand, skippedCommand])).max(SYNC_LIMITS.commands),
});
export type PushRequest = z.infer<typeof pushRequest>;
export type WireCommand = z.infer<typeof wireCommand>;
export type PushedCommand = PushRequest['commands'][number];

/**
 * `accepted`, `rejected`, `skipped`: decided now. `already`: decided before, `outcome` says how. `gap`: the lane is
 * not so far yet, resend from `expected`. `fork`: another command holds this place; take a new device id and resend
 * what is undecided.
 */
const decidedOutcome = z.enum(['accepted', 'rejected', 'skipped']);
export type DecidedOutcome = z.infer<typeof decidedOutcome>;
const refusal = z.looseObject({
  code: z.union([z.enum(REFUSAL_CODES), z.string()]),
  details: z.exactOptional(z.record(z.string(), z.union([z.string(), z.number()]))),
});
export const pushResult = z.looseObject({
  seq,
  commandId: id,
  status: z.enum(['accepted', 'rejected', 'skipped', 'already', 'gap', 'fork']),
  outcome: z.exactOptional(decidedOutcome),
  /** End of the log when it was decided; absent for gap and fork. */
  decidedAt: z.exactOptional(z.int().nonnegative()),
  /** Number of the incident it acted on. */
  number: z.exactOptional(z.string().nullable()),
  refusal: z.exactOptional(refusal),
});
export type PushResult = z.infer<typeof pushResult>;

export const pushAnswer = z.looseObject({
  epoch: id,
  /** The next place of this lane that the server will decide. */
  expected: seq,
  results: z.array(pushResult),
});
export type PushAnswer = z.infer<typeof pushAnswer>;

export const pullQuery = z.strictObject({
  /** As the server gave it last; empty or `0` at the beginning. */
  cursor: z.string().max(SYNC_LIMITS.cursor).default(''),
  limit: z.coerce.number().int().min(1).max(SYNC_LIMITS.page).default(500),
  /** What of the person's view this device keeps; absent: all. */
  scope: z.exactOptional(inQuery(scope)),
  /** Incidents that it keeps beside the scope. */
  beside: z.exactOptional(inQuery(beside)),
});
export interface PullQuery {
  readonly cursor: string;
  readonly limit: number;
  readonly scope?: Scope;
  readonly beside?: readonly Id[];
}

export const sizeQuery = z.strictObject({ scope: z.exactOptional(inQuery(scope)) });

/** How much a device would keep. */
export const sizeAnswer = z.looseObject({ incidents: z.int().nonnegative() });
export type SizeAnswer = z.infer<typeof sizeAnswer>;

/** The incident that bears a number, or bore it elsewhere. */
export const numberAnswer = z.looseObject({ incidentId: id });
export type NumberAnswer = z.infer<typeof numberAnswer>;

/** One entry of the directory as it stands at `seq`. */
export interface WireRecord<K extends DirectoryKind = DirectoryKind> {
  readonly kind: K;
  readonly seq: number;
  readonly record: DirectoryRecords[K];
}

/**
 * One page. Apply in this order: `removed`, `matrix`, `records`, `incidents` (rows whose `throughSeq` is not below
 * what is held; while a first load goes on: not below what came in it, whatever was held before), `activities` (each
 * at or below the `throughSeq` of its row, which is in the same page: they join its timeline and change nothing).
 */
export interface PullAnswer {
  readonly cursor: string;
  /** Another page waits now. */
  readonly more: boolean;
  readonly epoch: Id;
  /** The next place of the asking lane that the server will decide. */
  readonly expected: number;
  /**
   * The first page of a (new) first load: whatever is held and does not come again, matrix, records, rows and
   * timelines alike, is to be dropped at its end.
   */
  readonly begins: boolean;
  /** The last page of a first load. */
  readonly ends: boolean;
  /** The end of the log that this page brings the desk to, once it ends. */
  readonly throughSeq: number;
  /** Incidents sent so far and in all while a first load goes on; null afterwards. */
  readonly loading: { readonly done: number; readonly total: number } | null;
  readonly matrix: { readonly seq: number; readonly value: readonly (readonly Priority[])[] } | null;
  readonly records: readonly WireRecord[];
  readonly incidents: readonly Incident[];
  readonly activities: readonly Activity[];
  /**
   * Incidents whose whole timeline, as far as this person may read it, is among `activities`. A timeline that never
   * came so is in part only: it is asked for when opened.
   */
  readonly whole: readonly Id[];
  /** Incidents that left this desk's view. */
  readonly removed: readonly Id[];
}

/**
 * An entry as a newer server may send it: kinds, types and fields this build does not know are kept as they are and
 * change nothing here. A payload is looked at by whoever folds it, which no payload can break.
 */
const wireActivity = z.looseObject({
  id,
  subject: z.looseObject({ kind: z.string().min(1).max(64), id }),
  type: z.string().min(1).max(128),
  payload: z.unknown(),
  actor: id,
  device: id,
  seq: z.int().nonnegative().nullable(),
  occurredAt: instant,
  recordedAt: instant,
  syncedAt: instant.nullable(),
  visibility: z.string(),
  origin: z.string(),
  cause: z.looseObject({ commandId: id, index: z.int().nonnegative() }).nullable(),
});
const incidentRow = z.looseObject({ id, number: z.string(), throughSeq: z.int().nonnegative() });

/** What can be checked of an answer without knowing every kind that a newer server sends. */
export const pullAnswer = z.looseObject({
  cursor: z.string().max(SYNC_LIMITS.cursor),
  more: z.boolean(),
  epoch: id,
  expected: seq,
  begins: z.boolean(),
  ends: z.boolean(),
  throughSeq: z.int().nonnegative(),
  loading: z.looseObject({ done: z.int().nonnegative(), total: z.int().nonnegative() }).nullable(),
  matrix: z.looseObject({ seq: z.int().nonnegative(), value: z.array(z.array(z.int())) }).nullable(),
  records: z.array(z.looseObject({ kind: z.string(), seq: z.int().nonnegative(), record: z.looseObject({ id }) })),
  incidents: z.array(incidentRow),
  activities: z.array(wireActivity),
  whole: z.array(id),
  removed: z.array(id),
}) as unknown as z.ZodType<PullAnswer>;

/** One incident with its whole timeline, asked for when a desk opens one whose timeline it does not hold. */
export interface SubjectAnswer {
  readonly incident: Incident;
  readonly activities: readonly Activity[];
}

export const subjectAnswer = z.looseObject({
  incident: incidentRow,
  activities: z.array(wireActivity),
}) as unknown as z.ZodType<SubjectAnswer>;

/** What a desk says of whoever sits there: again within `PRESENCE.lasts`, or it counts as gone. */
export const presenceRequest = z.strictObject({
  /** The incident on the screen; null: none. */
  incidentId: id.nullable(),
  /** Writing a reply. */
  typing: z.boolean(),
});
export type PresenceRequest = z.infer<typeof presenceRequest>;

/** The others who look at the incident that this session looks at: all of them, in the place of whoever did before. */
const presenceEvent = z.looseObject({
  event: z.literal('presence'),
  incidentId: id,
  people: z.array(z.looseObject({ personId: id, typing: z.boolean() })).max(1_000),
});
export type PresenceEvent = z.infer<typeof presenceEvent>;

/** An event of `GET /sync/stream`. A desk passes over those it does not know. */
export const streamEvent = z.discriminatedUnion('event', [
  /** The log has grown, or this desk may read more of it: pull. */
  z.looseObject({ event: z.literal('poke'), throughSeq: z.int().nonnegative() }),
  presenceEvent,
]);
export type StreamEvent = z.infer<typeof streamEvent>;
