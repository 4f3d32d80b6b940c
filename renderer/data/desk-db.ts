import type { Table } from 'dexie';
import type { Id } from '#domain/activity/activity.ts';
import type { DirectoryKind } from '#domain/directory/directory.ts';
import type {
  ActivityRow,
  AlertRow,
  BaseHashRow,
  BaseHistoryRow,
  BasePageRow,
  CheckpointRow,
  CommandRow,
  DirectoryRow,
  IncidentRow,
  MetaKey,
  MetaRow,
} from './rows.ts';
import type { SyncRow } from './sync-records.ts';
import { DESK_VERSIONS, type DeskVersion } from './versions/registry.ts';
import { WatchedDb } from './watched-db.ts';

export const DESK_DATABASE = 'deskbell';

interface DeskDbOptions {
  /** The version to stop at, so that a test opens the database as an older build left it. */
  readonly upTo?: number;
  readonly versions?: readonly DeskVersion[];
}

/**
 * The projection of the log. Durability is relaxed on purpose: what it holds was fsynced to the journal before,
 * and whatever a power cut takes from it is replayed.
 */
export class DeskDb extends WatchedDb {
  declare readonly basePages: Table<BasePageRow, string>;
  declare readonly baseHistories: Table<BaseHistoryRow, string>;
  declare readonly baseHashes: Table<BaseHashRow, string>;
  declare readonly incidents: Table<IncidentRow, [number, Id]>;
  declare readonly activities: Table<ActivityRow, [number, Id, number, number]>;
  declare readonly directory: Table<DirectoryRow, [DirectoryKind, Id]>;
  declare readonly commands: Table<CommandRow, Id>;
  declare readonly alerts: Table<AlertRow, Id>;
  declare readonly meta: Table<MetaRow, MetaKey>;
  declare readonly sync: Table<SyncRow, number>;
  declare readonly indexCheckpoint: Table<CheckpointRow, string>;

  constructor(name: string, { upTo = Number.POSITIVE_INFINITY, versions = DESK_VERSIONS }: DeskDbOptions = {}) {
    super(name, { chromeTransactionDurability: 'relaxed', autoOpen: false });
    for (const { version, stores, upgrade } of versions) {
      if (version > upTo) break;
      const step = this.version(version).stores({ ...stores });
      if (upgrade) step.upgrade(upgrade);
    }
  }
}
