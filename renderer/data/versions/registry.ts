import type { Transaction } from 'dexie';
import * as v0001 from './v0001-first.ts';
import * as v0002 from './v0002-sync.ts';

/** One step of the database's shape, as a version file exports it. */
export interface DeskVersion {
  readonly version: number;
  /** One sentence: why this step was needed. */
  readonly why: string;
  /** Dexie schema strings of what this version adds or changes; null drops a table. */
  readonly stores: Readonly<Record<string, string | null>>;
  /** Row types used inside are the version's own, never today's domain types. */
  readonly upgrade?: (transaction: Transaction) => Promise<void>;
}

/** Throws unless versions are 1, 2, 3 … in order: a gap or a repeat is a mistake made while merging. */
export function assertContiguous(versions: readonly DeskVersion[]): readonly DeskVersion[] {
  for (const [index, { version, why }] of versions.entries()) {
    if (version !== index + 1) throw new Error(`version ${version} stands where ${index + 1} belongs`);
    if (why.trim() === '') throw new Error(`version ${version} does not say why`);
  }
  return versions;
}

export const DESK_VERSIONS: readonly DeskVersion[] = assertContiguous([v0001, v0002]);

/** The newest version this build knows. */
export const KNOWN_VERSION = DESK_VERSIONS.length;
