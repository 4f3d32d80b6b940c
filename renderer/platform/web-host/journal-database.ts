import { Dexie, type Table } from 'dexie';
import type { SnapshotManifest } from '#contracts/host/engine-host.ts';
import type { Id } from '#domain/activity/activity.ts';

export const JOURNAL_DATABASE = 'deskbell-journal';
const JOURNAL_DATABASE_VERSION = 1;
/** Dexie multiplies its version by ten for the browser. */
const DEXIE_FACTOR = 10;

/** The one row that says who this journal is and where it ends. Written in the same transaction as the frames. */
export interface JournalRow {
  readonly key: 'journal';
  readonly journalId: Id;
  readonly device: Id;
  readonly fence: number;
  readonly lastLsn: number;
  /** First lsn still held. */
  readonly firstLsn: number;
  readonly counters: Readonly<Record<Id, number>>;
}
export interface SettingsRow {
  readonly key: 'settings';
  readonly text: string;
}
export interface FrameRow {
  readonly lsn: number;
  /** JSON of the frame. */
  readonly text: string;
}
export interface StageRow {
  readonly id: Id;
  readonly lines: number;
  readonly bytes: number;
  readonly sealed: boolean;
  readonly committedLsn: number | null;
}
export interface StageChunkRow {
  readonly stageId: Id;
  readonly firstLine: number;
  readonly lines: readonly string[];
}
export interface PageRow {
  readonly hash: string;
  readonly text: string;
}
export interface ManifestRow {
  readonly order?: number;
  readonly manifest: SnapshotManifest;
}
export interface DraftRow {
  readonly id: Id;
  readonly text: string;
}

/**
 * The journal of a plain browser: a second database beside the projection, in which every transaction is on disk
 * before it counts as done. There are no files, so checksums and torn tails are the browser's business.
 */
export class JournalDatabase extends Dexie {
  declare readonly meta: Table<JournalRow | SettingsRow, string>;
  declare readonly frames: Table<FrameRow, number>;
  declare readonly stages: Table<StageRow, Id>;
  declare readonly stageChunks: Table<StageChunkRow, [Id, number]>;
  declare readonly pages: Table<PageRow, string>;
  declare readonly manifests: Table<ManifestRow, number>;
  declare readonly drafts: Table<DraftRow, Id>;

  constructor(name: string = JOURNAL_DATABASE) {
    super(name, { chromeTransactionDurability: 'strict' });
    this.version(JOURNAL_DATABASE_VERSION).stores({
      meta: 'key',
      frames: 'lsn',
      stages: 'id',
      stageChunks: '[stageId+firstLine]',
      pages: 'hash',
      manifests: '++order',
      drafts: 'id',
    });
  }

  /**
   * Whether a newer build wrote this database. Asked before it is opened, because Dexie would open a newer one
   * without a word and write rows that build can't read.
   */
  async isNewer(): Promise<boolean> {
    if (this.isOpen() || typeof indexedDB.databases !== 'function') return false;
    const stored = (await indexedDB.databases()).find((database) => database.name === this.name);
    return (stored?.version ?? 0) > JOURNAL_DATABASE_VERSION * DEXIE_FACTOR;
  }

  async journalRow(): Promise<JournalRow | null> {
    const row = await this.meta.get('journal');
    return row?.key === 'journal' ? row : null;
  }
}
