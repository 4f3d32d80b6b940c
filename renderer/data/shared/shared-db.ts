import type { Table } from 'dexie';
import type { WireRecord } from '#contracts/sync/wire.ts';
import type { Activity, Id } from '#domain/activity/activity.ts';
import type { DirectoryKind } from '#domain/directory/directory.ts';
import type { Incident } from '#domain/incident/incident.ts';
import type { HeldMatrix, Position } from '#sync/client/ports.ts';
import { WatchedDb } from '../watched-db.ts';

export type ShelfName = 'incidents' | 'timelines';

/** What a block holds, without what it says of them. */
export interface BlockRow {
  readonly block: number;
  readonly shelf: ShelfName;
  /** The first load under which it came. */
  readonly load: number;
  /** Empty where one was taken out. */
  readonly ids: readonly Id[];
}

/** JSON of each thing in a block, in the order of its ids. */
export interface BlockLinesRow {
  readonly block: number;
  readonly lines: readonly string[];
}

/** Something that lies by itself: it is newer than what a block says of it. */
export interface LooseRow<T> {
  readonly id: Id;
  readonly load: number;
  readonly value: T;
}

/** An incident's log as far as it is here. `whole`: its beginning is. */
export interface SharedTimeline {
  readonly whole: boolean;
  readonly entries: readonly Activity[];
}

/** Hashes of the commands whose entries are at this place: a block's number, or `@` and the id of an incident. */
export interface CommandHashesRow {
  readonly page: string;
  readonly hashes: Uint32Array;
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
  /** What is here can't be trusted: it is made anew when it is opened next. */
  readonly damaged: true;
}
type MetaRow = {
  readonly [K in keyof SharedMeta]: { readonly key: K; readonly value: SharedMeta[K] };
}[keyof SharedMeta];

/** Every change of its shape takes a new name: what it held is loaded again from the server. */
const SHAPE = 2;

/** The name of the database that follows a server; there is one for each joining. */
export const sharedDatabaseName = (deskDatabase: string, shareId: Id): string =>
  `${deskDatabase}-shared-${SHAPE}-${shareId}`;

/** A block's head is here, and what it says is not, or is no JSON; or that was found in an earlier run. */
export class DamagedDatabase extends Error {
  override readonly name = 'DamagedDatabase';
}

/**
 * What this desk holds of the log that it shares. Never the only place of anything: rows come from the server, and
 * what this desk's people did is in the journal. So its shape has one version, and durability is relaxed.
 */
export class SharedDb extends WatchedDb {
  declare readonly blocks: Table<BlockRow, number>;
  declare readonly blockLines: Table<BlockLinesRow, number>;
  declare readonly incidents: Table<LooseRow<Incident>, Id>;
  declare readonly timelines: Table<LooseRow<SharedTimeline>, Id>;
  declare readonly commandHashes: Table<CommandHashesRow, string>;
  declare readonly records: Table<SharedRecordRow, [DirectoryKind, Id]>;
  declare readonly meta: Table<MetaRow, keyof SharedMeta>;
  private damageHeard: (() => void) | null = null;

  constructor(name: string) {
    super(name, { chromeTransactionDurability: 'relaxed', autoOpen: false });
    this.version(1).stores({
      blocks: 'block',
      blockLines: 'block',
      incidents: 'id,load',
      timelines: 'id,load',
      commandHashes: 'page',
      records: '[kind+id]',
      meta: 'key',
    });
  }

  /** From now on what is damaged is told and can't be read; until then it is as if it were not here. */
  onDamaged(listener: () => void): void {
    this.damageHeard = listener;
  }

  /** Throws `DamagedDatabase` if somebody listens. */
  foundDamaged(block: number): void {
    if (this.damageHeard === null) return;
    this.damageHeard();
    throw new DamagedDatabase(`block ${block} can't be read`);
  }
}
