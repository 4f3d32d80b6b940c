/** What lies in the tables of the desk database. Everything here can be rebuilt from snapshot and journal. */
import type { Activity, Id, Instant } from '#domain/activity/activity.ts';
import type { AlertRecord } from '#domain/alerts/alert.ts';
import type { CommandName } from '#domain/command/command.ts';
import type { DirectoryKind, DirectoryRecords } from '#domain/directory/directory.ts';
import type { Incident, Priority } from '#domain/incident/incident.ts';

/** Incidents brought in by one import, written once and never changed: a later edit is a row of its own. */
export interface BasePageRow {
  /** `<stageId>/<number of the page>`, unique for good. */
  readonly page: string;
  readonly stageId: Id;
  /** The lsn its activities carry as seq. */
  readonly lsn: number;
  readonly ids: readonly Id[];
  /** Packed lines, `ROWS_PER_PACK` in each: JSON of each incident as the import folded it, in the order of `ids`. */
  readonly rows: readonly Uint8Array<ArrayBuffer>[];
}

/** Timelines of the page with the same key, packed lines: one JSON array of activities (seq null) for each incident. */
export interface BaseHistoryRow {
  readonly page: string;
  readonly lines: Uint8Array<ArrayBuffer>;
}

/** Hashes of the ids of a page, so that finding a page needs no index over every id. */
export interface BaseHashRow {
  readonly page: string;
  readonly hashes: Uint32Array;
}

/** An incident recorded here or changed since its import. Wins over its row in a base page. */
export interface IncidentRow {
  readonly bucket: number;
  readonly id: Id;
  readonly incident: Incident;
}

/** An activity that is not part of a base page; `index` is its place among the activities of its frame. */
export interface ActivityRow {
  readonly bucket: number;
  readonly subjectId: Id;
  readonly seq: number;
  readonly index: number;
  readonly activity: Activity;
}

export interface DirectoryRow<K extends DirectoryKind = DirectoryKind> {
  readonly kind: K;
  readonly id: Id;
  /** The lsn that last wrote it: applying an older one does nothing. */
  readonly lsn: number;
  readonly record: DirectoryRecords[K];
}

/** What came of an accepted command, repeated when the same id arrives again; also what undo looks up. */
export interface CommandRow {
  readonly id: Id;
  readonly lsn: number;
  readonly name: CommandName;
  readonly actor: Id;
  readonly number: string | null;
  readonly subjectIds: readonly Id[];
}

export interface Configuration {
  readonly lsn: number;
  /** null: the shipped matrix. */
  readonly matrix: readonly (readonly Priority[])[] | null;
}

/** How far the database has come, stored in the transaction that brought it there. */
export interface Applied {
  readonly journalId: Id;
  readonly appliedLsn: number;
  /** Highest command counter per person, so that a journal restored from yesterday can't hand one out twice. */
  readonly counters: Readonly<Record<Id, number>>;
  readonly savedAt: Instant | null;
}

/** An import whose pages are visible. Pages of any other stage are nobody's and are removed at start. */
export interface CommittedStage {
  readonly stageId: Id;
  readonly beginLsn: number;
  readonly commitLsn: number;
}

export interface MetaValues {
  readonly applied: Applied;
  readonly configuration: Configuration;
  readonly stages: readonly CommittedStage[];
}
export type MetaKey = keyof MetaValues;
export interface MetaRow<K extends MetaKey = MetaKey> {
  readonly key: K;
  readonly value: MetaValues[K];
}

export type AlertRow = AlertRecord;

export interface CheckpointRow {
  readonly key: string;
  readonly value: unknown;
}
