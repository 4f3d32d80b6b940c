import type { DecidedOutcome, WireRecord } from '#contracts/sync/wire.ts';
import type { Activity, Id, Instant } from '#domain/activity/activity.ts';
import type { CommandName, Refusal } from '#domain/command/command.ts';
import type { Person } from '#domain/directory/directory.ts';
import type { Incident } from '#domain/incident/incident.ts';
import type { PriorityMatrix } from '#domain/priority/matrix.ts';
import type { Chained } from './chain.ts';
import type { ChainHead } from './chaining.ts';
import type { Keeping } from './keeping.ts';
import type { Effects, Gathered } from './store.ts';

/** Commands of one person on one device are decided in the order of their places. */
export interface Lane {
  readonly device: Id;
  readonly person: Id;
}

/**
 * What became of a command, kept for good under its lane and place (SPEC 1). A command that comes again in another
 * lane (a device that took a new id) has an entry in each, with the same outcome; at most one person's are accepted.
 */
export interface DecidedCommand extends Lane {
  readonly id: Id;
  /** Place in the lane. */
  readonly seq: number;
  readonly outcome: DecidedOutcome;
  readonly refusal: Refusal | null;
  /** End of the log when it was decided; for an accepted one the seq its activities bear. */
  readonly decidedAt: number;
  /** Of the server's clock. */
  readonly decidedOn: Instant;
  readonly name: CommandName | null;
  readonly number: string | null;
  readonly subjectIds: readonly Id[];
}

/** The log's identity and end. A log restored from a backup gets a new epoch only if an operator says so. */
export interface LogHead {
  readonly epoch: Id;
  readonly seq: number;
}

/** Everything one push transaction writes: all of it or nothing. */
export interface PushBatch {
  readonly head: number;
  /** Accepted, rejected and skipped ones. */
  readonly decided: readonly DecidedCommand[];
  /** The next place of every lane that moved. */
  readonly lanes: readonly (Lane & { readonly expected: number })[];
  /** In order; `seq` set, `syncedAt` set. Activities of one command share its seq. */
  readonly activities: readonly Activity[];
  readonly effects: Effects;
}

/** What a push may look at and write while it is alone with the end of the log (SPEC 3). */
export interface PushTransaction {
  readonly head: LogHead;
  /** The next place of each lane, 1 for a new one; in the order asked. */
  expected(lanes: readonly Lane[]): Promise<readonly number[]>;
  /** Decided commands by their ids, whatever the lane; of several entries the one decided first. */
  decidedById(ids: readonly Id[]): Promise<ReadonlyMap<Id, DecidedCommand>>;
  /** Decided commands of a lane at these places. */
  decidedAt(lane: Lane, seqs: readonly number[]): Promise<ReadonlyMap<number, DecidedCommand>>;
  /**
   * As `AuthorityStore.gather`; `commands` holds accepted ones only, and `isNumberTaken` answers for `numbers` and for
   * those above the highest.
   */
  gather(wanted: {
    readonly incidentIds: readonly Id[];
    readonly commandIds: readonly Id[];
    readonly numbers?: readonly string[];
  }): Promise<Gathered>;
  write(batch: PushBatch): Promise<void>;
}

/** What a pull reads: one consistent state of the log for the whole of `read`. */
export interface LogReader {
  readonly head: LogHead;
  expected(lane: Lane): Promise<number>;
  /** Id of the first activity that bears this seq; null when there is none. */
  activityIdAt(seq: number): Promise<Id | null>;
  /** In log order, after `afterSeq` and not after `throughSeq`; about `limit`, always whole commands. */
  activitiesAfter(afterSeq: number, throughSeq: number, limit: number): Promise<readonly Activity[]>;
  incidents(ids: readonly Id[]): Promise<ReadonlyMap<Id, Incident>>;
  /** Rows by the seq that first made them, newest first, before that key; ties by id, descending. */
  incidentsBefore(
    before: IncidentKey | null,
    limit: number,
    only?: IncidentFilter,
  ): Promise<readonly { readonly key: IncidentKey; readonly incident: Incident }[]>;
  incidentCount(only?: IncidentFilter): Promise<number>;
  /** The incident that bears this number, or bore it elsewhere; null: none. */
  incidentOfNumber(number: string): Promise<Id | null>;
  /** As the directory says now; null for nobody. */
  person(id: Id): Promise<Person | null>;
  records(): Promise<readonly WireRecord[]>;
  matrix(): Promise<{ readonly seq: number; readonly value: PriorityMatrix } | null>;
  /** Whole timelines in log order. */
  timelines(incidentIds: readonly Id[]): Promise<ReadonlyMap<Id, readonly Activity[]>>;
  /** As `activitiesAfter`, with their links, whatever became of them and however far they go. */
  chained(afterSeq: number, limit: number): Promise<readonly KeptLink[]>;
  /** The end of every chain, by `chainName`. */
  chainHeads(): Promise<ReadonlyMap<string, ChainHead>>;
}

/** An activity in its chain, as the log keeps it (SPEC 15). */
export interface KeptLink {
  /** Under which it is found. */
  readonly seq: number;
  /** Null: what is kept there is no activity. */
  readonly chained: Chained | null;
  /** Found under another seq or subject than its own, or behind the end of the log. */
  readonly misfiled: boolean;
}

/** Narrows a list of rows, so that what a desk does not need is not read. Of several, all hold. */
export interface IncidentFilter {
  /** The caller or the affected is this person. */
  readonly concerning?: Id;
  /** Open, or its `throughSeq` is above this. */
  readonly openOrAfter?: number;
  /** This one of the desk, who may not read all that is confidential, may read it. A log may let through others. */
  readonly readableBy?: Pick<Person, 'id' | 'role' | 'teamIds'>;
  /** A device keeps it. A log may let through what it can't tell of. */
  readonly kept?: Keeping;
}

/** Never changes for an incident: a page of a first load can be asked for again. */
export interface IncidentKey {
  readonly firstSeq: number;
  readonly id: Id;
}

/** A log that many devices share: memory in tests and simulation, PGlite or PostgreSQL on the server. */
export interface SharedLog {
  /**
   * Runs `work` alone at the end of the log; what it wrote is durable and visible when this resolves, and nothing of
   * it is when `work` or the commit throws, unless the error says that the outcome is unknown. `work` may run again.
   */
  push<T>(work: (transaction: PushTransaction) => Promise<T>): Promise<T>;
  /** `work` may run again. `lane` is the one whose next place it will ask for, if it is known before. */
  read<T>(work: (reader: LogReader) => Promise<T>, lane?: Lane): Promise<T>;
}
