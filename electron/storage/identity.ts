import { join } from 'node:path';
import { type Id, isId, raiseCounter } from '#contracts/host/host-rules.ts';
import { readWithSpare, replaceFile, withChecksum } from './checked-file.ts';
import { StorageFault } from './faults.ts';
import type { FileSystem } from './file-system.ts';
import { isOtherMachine, type MachineMark } from './machine-mark.ts';

const IDENTITY_VERSION = 1;

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

/** What the journal itself says about its identity. */
interface Witness {
  readonly journalId: Id | null;
  readonly lastLsn: number;
  readonly facts: { readonly counters: Readonly<Record<Id, number>> };
}

/**
 * Who this journal is from now on: as stored, on the same machine; under a new device id when the machine is another
 * one, or when nobody can tell. Counters go on from the greatest ever seen.
 */
export function recogniseIdentity(
  stored: Identity | null,
  mark: MachineMark,
  witness: Witness,
  newId: () => Id,
): { readonly identity: Identity; readonly deviceIsNew: boolean } {
  const journalId = stored?.journalId ?? witness.journalId;
  const isOther = stored === null || isOtherMachine(stored.mark, mark);
  const counters = { ...stored?.counters };
  for (const [person, seq] of Object.entries(witness.facts.counters)) raiseCounter(counters, person, seq);
  const identity: Identity = {
    formatVersion: IDENTITY_VERSION,
    journalId: journalId ?? newId(),
    device: isOther ? newId() : stored.device,
    mark: isOther ? mark : { ...stored.mark, ...mark },
    fence: stored?.fence ?? 0,
    counters,
    confirmedLsn: witness.lastLsn,
  };
  // The very first device of a journal is not "new": nothing was ever done under another one.
  return { identity, deviceIsNew: isOther && journalId !== null };
}
