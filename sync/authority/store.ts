import type { Activity, Id } from '#domain/activity/activity.ts';
import type { CommandName, Refusal } from '#domain/command/command.ts';
import type { DecisionState, UnjudgedCommand } from '#domain/command/decision.ts';
import type { DirectoryKind, DirectoryRecords } from '#domain/directory/directory.ts';
import type { Incident } from '#domain/incident/incident.ts';
import type { PriorityMatrix } from '#domain/priority/matrix.ts';
import type { Result } from '#domain/result.ts';

/** A command that waits for its judgement. */
export interface Submission {
  readonly command: UnjudgedCommand;
  /** The draft that it makes an end of, once it is durable. */
  readonly draftId?: Id;
}

/** What is kept of an accepted command for good: repeated when the same id arrives again, and looked up by undo. */
export interface AcceptedCommand {
  readonly id: Id;
  readonly lsn: number;
  readonly name: CommandName;
  readonly actor: Id;
  /** The number of the incident it acted on. */
  readonly number: string | null;
  readonly subjectIds: readonly Id[];
}

export type Outcome = Result<{ readonly lsn: number; readonly number: string | null }, Refusal>;

/** One entry of the directory as it is from `lsn` on. */
export interface RecordAt<K extends DirectoryKind = DirectoryKind> {
  readonly kind: K;
  readonly id: Id;
  readonly lsn: number;
  readonly record: DirectoryRecords[K];
}

/** An incident before and after one command; `before` is null for one that the command made. */
export interface IncidentChange {
  readonly before: Incident | null;
  readonly after: Incident;
}

/** One accepted command with what it made: becomes one frame of the journal. */
export interface Confirmed {
  readonly lsn: number;
  /** Counter of this person's commands on this device. */
  readonly seq: number;
  readonly submission: Submission;
  readonly accepted: AcceptedCommand;
  /** `seq` is the lsn. */
  readonly activities: readonly Activity[];
  /** What it did to incidents, step by step: `Effects` only has where the whole batch left them. */
  readonly changes: readonly IncidentChange[];
}

/** What some frames made of the desk: whole rows, each in its last state. */
export interface Effects {
  readonly incidents: readonly Incident[];
  readonly records: readonly RecordAt[];
  /** Set when one of them changed the matrix. */
  readonly matrix: { readonly lsn: number; readonly value: PriorityMatrix } | null;
}

/** Everything a store has to make durable at once: all of it or nothing. */
export interface Batch {
  readonly confirmed: readonly Confirmed[];
  readonly effects: Effects;
}

/** What commands may look at, as stored before the batch. */
export interface Gathered extends Omit<DecisionState, 'incident' | 'timeline' | 'incidentOfCommand'> {
  readonly incidents: ReadonlyMap<Id, Incident>;
  readonly timelines: ReadonlyMap<Id, readonly Activity[]>;
  readonly commands: ReadonlyMap<Id, AcceptedCommand>;
}

/** Why nothing of a batch was kept. */
export type StoreFault = 'diskFull' | 'journalFailed' | 'staleAuthority';

/** Where an authority keeps the log: memory in tests, journal and Dexie on a desk, PostgreSQL on a server. */
export interface AuthorityStore {
  /** End of the log and the person's counter, after the last committed batch. */
  head(): { readonly lsn: number; counterOf(person: Id): number };
  /** The incidents with their timelines, and those on which the commands acted likewise. */
  gather(wanted: { readonly incidentIds: readonly Id[]; readonly commandIds: readonly Id[] }): Promise<Gathered>;
  /** Durable when it answers ok; the next `gather` shows it. */
  commit(batch: Batch): Promise<Result<null, StoreFault>>;
}
