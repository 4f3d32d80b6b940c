import { join } from 'node:path';
import { type Id, isId, raiseCounter } from '#contracts/host/host-rules.ts';
import { readWithSpare, replaceFile, withChecksum } from './checked-file.ts';
import { StorageFault } from './faults.ts';
import type { FileSystem } from './file-system.ts';
import type { MachineMark } from './machine-mark.ts';

export const IDENTITY_VERSION = 1;

/** Who this journal is, in one small file that is replaced as a whole. */
export interface Identity {
  readonly formatVersion: number;
  readonly journalId: Id;
  readonly device: Id;
  readonly mark: MachineMark;
  /** The fence of the last opening. */
  readonly fence: number;
  /** Counters by person, so that they outlive the frames that raised them. */
  readonly counters: Record<Id, number>;
  /** An lsn known to have been confirmed. */
  readonly confirmedLsn: number;
}

/** Loads and keeps the identity file. `null`: there is none, or neither it nor its spare can be believed. */
export interface IdentityFile {
  load(): Promise<Identity | null>;
  save(identity: Identity): Promise<void>;
}

const isCounts = (value: unknown): value is Record<Id, number> =>
  typeof value === 'object' && value !== null && Object.values(value).every((count) => Number.isSafeInteger(count));

const isMark = (value: unknown): value is MachineMark =>
  typeof value === 'object' && value !== null && Object.values(value).every((fact) => typeof fact === 'string');

function parseIdentity(text: string): Identity | null {
  const found: Partial<Identity> = JSON.parse(text);
  const { formatVersion, journalId, device, mark, fence, counters, confirmedLsn } = found;
  if (typeof formatVersion === 'number' && formatVersion > IDENTITY_VERSION) {
    throw new StorageFault({ code: 'newerFormat', detail: `identity ${formatVersion}` });
  }
  const sound =
    typeof formatVersion === 'number' &&
    isId(journalId) &&
    isId(device) &&
    isMark(mark) &&
    isCounts(counters) &&
    typeof fence === 'number' &&
    typeof confirmedLsn === 'number';
  return sound ? { formatVersion, journalId, device, mark, fence, counters, confirmedLsn } : null;
}

export function identityFile(fs: FileSystem, folder: string): IdentityFile {
  const path = join(folder, 'identity');
  const spare = join(folder, 'identity.previous');
  return {
    async load() {
      const found = await readWithSpare(fs, path, spare);
      return found.is === 'value' ? parseIdentity(found.text) : null;
    },
    save: (identity) => replaceFile(fs, path, withChecksum(JSON.stringify(identity)), spare),
  };
}

/** The greater of both for every person. */
export function mergedCounters(one: Readonly<Record<Id, number>>, other: Readonly<Record<Id, number>>) {
  const merged = { ...one };
  for (const [person, seq] of Object.entries(other)) raiseCounter(merged, person, seq);
  return merged;
}
