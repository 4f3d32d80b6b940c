import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { EngineHost } from '#contracts/host/engine-host.ts';
import { type Instant, ok, type Result, refuse } from '#contracts/host/host-rules.ts';
import { createDrafts } from './drafts.ts';
import { asFault } from './faults.ts';
import { type FileSystem, nodeFileSystem } from './file-system.ts';
import { createJournal } from './journal.ts';
import { lockFolder } from './lock.ts';
import { type MachineMark, readMachineMark } from './machine-mark.ts';
import { newId } from './new-id.ts';
import { openReserve, type Reserve } from './reserve.ts';
import { createSettings } from './settings.ts';
import { createSnapshots } from './snapshots.ts';
import { createStages } from './stages.ts';

const MEGABYTE = 1024 * 1024;

export interface StorageOptions {
  readonly fs?: FileSystem;
  readonly now?: () => Instant;
  readonly pause?: (milliseconds: number) => Promise<unknown>;
  readonly machineMark?: () => Promise<MachineMark>;
  /** Size of the disk reserve in bytes; 0 for none. */
  readonly reserveBytes?: number;
  /** Disk left to others while the reserve is built. */
  readonly spareBytes?: number;
  readonly segmentBytes?: number;
  /** How often the reserve is looked after, in milliseconds, the first time soon after the start; 0 leaves that to `maintain`. */
  readonly maintainEvery?: number;
  /** Codes and counts only. */
  readonly warn?: (event: string, fields: Readonly<Record<string, string | number>>) => void;
}

/** The parts of EngineHost that lie in a folder, and what main itself needs of them. */
export interface Storage extends Pick<EngineHost, 'journal' | 'stages' | 'snapshots' | 'drafts' | 'settings'> {
  readonly folder: string;
  /** Builds or rebuilds the reserve when there is room. Never fails. */
  maintain(): Promise<void>;
  /** For the diagnostics bundle: bytes of reserve held and wanted. */
  reserveState(): { readonly held: number; readonly full: number };
  /** Finishes what is being written and gives the folder back. Nothing depends on it: a kill is as good. */
  close(): Promise<void>;
}

export type StorageError =
  /** Another living process holds the folder. */
  { readonly code: 'locked' } | { readonly code: 'diskFull' | 'ioError'; readonly detail?: string };

/** Folders open in this process, by disk: a lock with our own process number is stale unless its folder is here. */
const openHere = new WeakMap<FileSystem, Set<string>>();
function foldersOpenOn(fs: FileSystem): Set<string> {
  const folders = openHere.get(fs) ?? new Set<string>();
  openHere.set(fs, folders);
  return folders;
}

function compose(fs: FileSystem, folder: string, reserve: Reserve, options: StorageOptions) {
  const quarantine = join(folder, 'quarantine');
  const warn = options.warn ?? (() => undefined);
  const fence = (): number => journal.fence();
  const drafts = createDrafts(fs, join(folder, 'drafts'), quarantine, reserve);
  const stages = createStages(fs, join(folder, 'stages'), fence);
  const snapshots = createSnapshots(fs, join(folder, 'snapshots'), fence);
  const journal = createJournal({
    fs,
    folder,
    reserve,
    machineMark: options.machineMark ?? readMachineMark,
    newId: () => newId((options.now ?? Date.now)()),
    segmentBytes: options.segmentBytes ?? 8 * MEGABYTE,
    neighbours: {
      isSealed: stages.isSealed,
      stageCommitted: stages.committed,
      openStages: stages.open,
      stagesCovered: stages.covered,
      draftsConsumed: drafts.consume,
      rememberedJournalId: snapshots.journalId,
      warn,
    },
  });
  const settings = createSettings(fs, folder, quarantine);
  const close = async () => {
    await journal.close();
    await stages.close();
  };
  return { close, journal, stages, snapshots, drafts, settings };
}

/**
 * Opens the data folder: makes it if needed, takes its lock, and composes journal, stages, snapshots, drafts and
 * settings over it. Reads nothing more: the journal is scanned when the engine opens it.
 */
export async function openStorage(
  folder: string,
  options: StorageOptions = {},
): Promise<Result<Storage, StorageError>> {
  const fs = options.fs ?? nodeFileSystem;
  try {
    await fs.makeFolder(folder);
    const lock = await lockFolder(fs, join(folder, 'lock'), foldersOpenOn(fs), options.pause ?? setTimeout);
    if (lock === null) return { ok: false, error: { code: 'locked' } };
    const reserveBytes = options.reserveBytes ?? 16 * MEGABYTE;
    const reserve = await openReserve(fs, join(folder, 'reserve'), reserveBytes, options.spareBytes ?? 64 * MEGABYTE);
    const { close, journal, stages, snapshots, drafts, settings } = compose(fs, folder, reserve, options);
    const every = options.maintainEvery ?? 30_000;
    const fill = () => void reserve.fill();
    const timers = every > 0 ? [globalThis.setTimeout(fill, every / 6), setInterval(fill, every)] : [];
    for (const timer of timers) timer.unref();
    return ok({
      folder,
      journal: journal.parts,
      stages: stages.parts,
      snapshots: snapshots.parts,
      drafts: drafts.parts,
      settings,
      maintain: reserve.fill,
      reserveState: reserve.state,
      close: async () => {
        for (const timer of timers) clearInterval(timer);
        await close();
        await lock.release();
      },
    });
  } catch (error) {
    const { code, detail } = asFault(error);
    return refuse(code === 'diskFull' ? code : 'ioError', detail) as Result<never, StorageError>;
  }
}
