import type { Table } from 'dexie';
import type { WireRecord } from '#contracts/sync/wire.ts';
import type { Activity, Id } from '#domain/activity/activity.ts';
import type { DirectoryKind } from '#domain/directory/directory.ts';
import type { Incident } from '#domain/incident/incident.ts';
import type { HeldMatrix, Position } from '#sync/client/ports.ts';
import { WatchedDb } from '../watched-db.ts';

/** An incident as the server has it, with the first load under which it came. */
export interface SharedIncidentRow {
  readonly id: Id;
  readonly load: number;
  readonly incident: Incident;
  /** The first load under which its timeline came, and whether that begins at the beginning; null: none is held. */
  readonly timeline: { readonly load: number; readonly whole: boolean } | null;
}

/** `index`: its place among the entries of its incident that share a seq. */
export interface SharedActivityRow {
  readonly subjectId: Id;
  readonly seq: number;
  readonly index: number;
  readonly activity: Activity;
}

/** On which incidents a command acted. */
export interface SharedCommandRow {
  readonly id: Id;
  readonly subjectIds: readonly Id[];
}

export interface SharedRecordRow {
  readonly kind: DirectoryKind;
  readonly id: Id;
  readonly load: number;
  readonly value: WireRecord;
}

export interface SharedMeta {
  readonly position: Position;
  readonly matrix: { readonly load: number; readonly value: HeldMatrix };
  /** Highest number of our own form among all incidents ever held. */
  readonly highestNumber: number;
}
type MetaRow = {
  readonly [K in keyof SharedMeta]: { readonly key: K; readonly value: SharedMeta[K] };
}[keyof SharedMeta];

/** Every change of its shape takes a new name: what it held is loaded again from the server. */
const SHAPE = 1;

/** The name of the database that follows a server; there is one for each joining. */
export const sharedDatabaseName = (deskDatabase: string, shareId: Id): string =>
  `${deskDatabase}-shared-${SHAPE}-${shareId}`;

/**
 * What this desk holds of the log that it shares. Never the only place of anything: rows come from the server, and
 * what this desk's people did is in the journal. So its shape has one version, and durability is relaxed.
 */
export class SharedDb extends WatchedDb {
  declare readonly incidents: Table<SharedIncidentRow, Id>;
  declare readonly activities: Table<SharedActivityRow, [Id, number, number]>;
  declare readonly commands: Table<SharedCommandRow, Id>;
  declare readonly records: Table<SharedRecordRow, [DirectoryKind, Id]>;
  declare readonly meta: Table<MetaRow, keyof SharedMeta>;

  constructor(name: string) {
    super(name, { chromeTransactionDurability: 'relaxed', autoOpen: false });
    this.version(1).stores({
      incidents: 'id,load',
      activities: '[subjectId+seq+index]',
      commands: 'id',
      records: '[kind+id]',
      meta: 'key',
    });
  }
}
