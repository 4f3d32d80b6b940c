import type { PullQuery, PushRequest, WireRecord } from '#contracts/sync/wire.ts';
import type { Activity, Id, Instant } from '#domain/activity/activity.ts';
import type { Incident } from '#domain/incident/incident.ts';
import type { PriorityMatrix } from '#domain/priority/matrix.ts';
import type { OutboxFrame } from './outbox-frames.ts';

/** How far this device follows the log. */
export interface Position {
  /** As the server gave it last; empty at the beginning. */
  readonly cursor: string;
  /** End of the log that everything held here has been brought to; 0 until a first load has ended. */
  readonly throughSeq: number;
  /** Counts first loads. What was written under an earlier one waits to come again, or to be dropped. */
  readonly load: number;
  /** While a first load goes on: how far it is, if the server said so. */
  readonly loading: { readonly done: number; readonly total: number } | null;
  /** Whose view is held; absent where nothing is, or an earlier build wrote it. */
  readonly viewer?: Id;
  /** Incidents that this person asked for though they are not in this device's scope, the last one first. */
  readonly asked?: readonly Id[];
}

export const NOWHERE: Position = { cursor: '', throughSeq: 0, load: 0, loading: null };

/** Something confirmed, with the first load under which it came. */
export interface Held<T> {
  readonly load: number;
  readonly value: T;
}

export interface HeldMatrix {
  readonly seq: number;
  readonly value: PriorityMatrix;
}

/** What is held of an incident's log, in its order. */
export interface HeldTimeline {
  readonly load: number;
  /** False: the beginning is missing, and is asked for when somebody opens the incident. */
  readonly whole: boolean;
  readonly entries: readonly Activity[];
}

/** What one page changes here: all of it or nothing. */
export interface LocalChange {
  readonly position: Position;
  readonly removed: readonly Id[];
  readonly incidents: readonly Held<Incident>[];
  /** As they are from now on; those of incidents not named stay. */
  readonly timelines: ReadonlyMap<Id, HeldTimeline>;
  readonly records: readonly Held<WireRecord>[];
  readonly matrix: Held<HeldMatrix> | null;
  /** Drop what came under an earlier first load than this one. */
  readonly dropBefore: number | null;
}

/** Where a device keeps what is confirmed, and the frames of its outbox. Confirmed things are never mixed with own. */
export interface ClientStore {
  /** Every frame appended so far, in order. */
  frames(): Promise<readonly OutboxFrame[]>;
  /** Durable when it resolves, all of them or none. */
  append(frames: readonly OutboxFrame[]): Promise<void>;
  position(): Promise<Position>;
  incidents(ids: readonly Id[]): Promise<ReadonlyMap<Id, Held<Incident>>>;
  timelines(ids: readonly Id[]): Promise<ReadonlyMap<Id, HeldTimeline>>;
  /** The incidents on which these commands acted, as far as held timelines tell. */
  incidentsOf(commandIds: readonly Id[]): Promise<ReadonlyMap<Id, readonly Id[]>>;
  records(): Promise<readonly Held<WireRecord>[]>;
  matrix(): Promise<Held<HeldMatrix> | null>;
  /** Highest number of our own form among the incidents held; 0 when none. */
  highestNumber(): Promise<number>;
  /** All of it or nothing. */
  apply(change: LocalChange): Promise<void>;
}

/** What came of a question to the server. Nothing here is thrown: a network that fails is no bug. */
export type Reply =
  /** A body came with success; whether it is ours is for the desk to see. `serverNow` as the answer's header says. */
  | { readonly kind: 'answered'; readonly body: unknown; readonly serverNow: Instant | null }
  /** No network, no such host, no answer in time. */
  | { readonly kind: 'unreachable' }
  /** The server asks to wait; null: it doesn't say how long. */
  | { readonly kind: 'busy'; readonly retryAfter: number | null }
  /** Something answered that is not our server. */
  | { readonly kind: 'notOurs' }
  /** This person has no session, or no longer; `revoked`: our server said that somebody ended it on purpose. */
  | { readonly kind: 'signInNeeded'; readonly revoked?: true }
  /** The server no longer speaks this build's protocol. */
  | { readonly kind: 'versionTooOld' }
  /** Our server says that it can't read this request: too large, or not of its form. */
  | { readonly kind: 'unreadable' };

/** The way to the server. `device` is the lane's; a session that bears another id has to take this one first. */
export interface Transport {
  push(person: Id, request: PushRequest): Promise<Reply>;
  pull(person: Id, device: Id, query: PullQuery): Promise<Reply>;
  /** One incident with its whole timeline, for somebody who opens it. */
  subject(person: Id, incidentId: Id): Promise<Reply>;
}
