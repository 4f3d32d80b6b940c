import { basename, join } from 'node:path';
import type { JournalOpening } from '#contracts/host/engine-host.ts';
import type { Id } from '#contracts/host/host-rules.ts';
import { setAside } from './checked-file.ts';
import { type FileSystem, withFile, writeAll } from './file-system.ts';
import { confirmLength, type Segment, segmentIndex, segmentName, segmentPath } from './segment.ts';
import { noFacts, noteFacts, type SegmentFacts } from './segment-facts.ts';
import { type Damage, type ScannedSegment, scanSegment } from './segment-scan.ts';

/** What a start found in the segment folder. */
export interface LoadedJournal {
  readonly segments: Segment[];
  readonly lastLsn: number;
  readonly facts: SegmentFacts;
  /** Facts of the last segment alone, which writing may go on with. */
  readonly lastFacts: SegmentFacts;
  readonly journalId: Id | null;
  readonly nextIndex: number;
  readonly quarantined: JournalOpening['quarantined'];
  readonly tornTail: boolean;
}

export interface JournalFolders {
  readonly segments: string;
  readonly quarantine: string;
  /** Segments a fresh log replaced. */
  readonly setAside: string;
}

interface Scanned extends ScannedSegment {
  readonly index: number;
  readonly path: string;
}
interface Range {
  readonly from: number;
  readonly to: number;
}

const baseOf = (scanned: ScannedSegment) => scanned.header?.baseLsn ?? scanned.starts[0]?.lsn ?? null;

async function scanAll(fs: FileSystem, folder: string): Promise<Scanned[]> {
  const found: Scanned[] = [];
  for (const name of await fs.list(folder)) {
    const index = segmentIndex(name);
    if (index === null) continue;
    const path = segmentPath(folder, index);
    found.push({ index, path, ...(await scanSegment(fs, path)) });
  }
  return found;
}

/** Keeps what counts: segments since the last fresh log that hold anything readable. The others are put aside. */
async function chooseSegments(fs: FileSystem, folders: JournalFolders, all: readonly Scanned[]): Promise<Scanned[]> {
  const fresh = all.findLastIndex((scanned) => scanned.header?.restart === true);
  const kept: Scanned[] = [];
  // What can't be put aside (no room, a folder in the way) is passed over where it lies: a start never fails over this.
  const putAside = (path: string, folder: string) => setAside(fs, path, folder).catch(() => undefined);
  for (const [position, scanned] of all.entries()) {
    if (position < fresh) await putAside(scanned.path, folders.setAside);
    else if (baseOf(scanned) === null) await putAside(scanned.path, folders.quarantine);
    else kept.push(scanned);
  }
  return kept;
}

/** A later segment takes over from the lsn it begins with: what earlier ones hold from there on was never confirmed. */
export function takeOver(segments: readonly Segment[], baseLsn: number): void {
  for (const segment of segments) {
    const cut = segment.starts.findIndex((start) => start.lsn >= baseLsn);
    if (cut >= 0) segment.starts.length = cut;
  }
}

function placeSegments(scanned: readonly Scanned[]): Segment[] {
  const segments: Segment[] = [];
  for (const { index, path, length, starts, ...rest } of scanned) {
    const baseLsn = rest.header?.baseLsn ?? starts[0]?.lsn ?? 1;
    takeOver(segments, baseLsn);
    segments.push({ index, path, baseLsn, length, starts: [...starts] });
  }
  return segments;
}

/** The lsns no segment has, between the first one held and the last one known. */
function missingRanges(segments: readonly Segment[], lastLsn: number): Range[] {
  const missing: Range[] = [];
  let next = segments[0]?.baseLsn ?? lastLsn + 1;
  for (const segment of segments) {
    for (const { lsn } of segment.starts) {
      if (lsn > next) missing.push({ from: next, to: lsn - 1 });
      next = Math.max(next, lsn + 1);
    }
  }
  if (next <= lastLsn) missing.push({ from: next, to: lastLsn });
  return missing;
}

const explains = (damage: Damage, range: Range, nextBase: number) =>
  (damage.afterLsn ?? 0) < range.from && (damage.beforeLsn ?? nextBase) > range.to;

/** Names every loss, and copies the bytes that may hold it to a side file. Harmless damage is passed over. */
async function nameLosses(
  fs: FileSystem,
  folder: string,
  scanned: readonly Scanned[],
  missing: readonly Range[],
): Promise<JournalOpening['quarantined'][number][]> {
  const named: JournalOpening['quarantined'][number][] = [];
  for (const range of missing) {
    const what = range.from === range.to ? `lsn ${range.from}` : `lsn ${range.from} to ${range.to}`;
    let explained = false;
    for (const [position, segment] of scanned.entries()) {
      const nextBase =
        scanned
          .slice(position + 1)
          .map(baseOf)
          .find((base) => base !== null) ?? Number.MAX_SAFE_INTEGER;
      for (const damage of segment.damages.filter((one) => explains(one, range, nextBase))) {
        explained = true;
        named.push({ segment: basename(segment.path), offset: damage.offset, reason: `${what}: ${damage.reason}` });
        await copyAside(fs, join(folder, `${segmentName(segment.index)}-${damage.offset}.bin`), segment.path, damage);
      }
    }
    const holder = scanned.findLast((segment) => (baseOf(segment) ?? 0) <= range.from) ?? scanned[0];
    if (!explained) named.push({ segment: holder ? basename(holder.path) : '', offset: 0, reason: `${what}: missing` });
  }
  return named;
}

async function copyAside(fs: FileSystem, to: string, from: string, damage: { offset: number; end: number }) {
  try {
    const bytes = (await fs.readFile(from)).subarray(damage.offset, damage.end);
    await fs.makeFolder(join(to, '..'));
    await withFile(fs, to, 'w', (file) => writeAll(file, bytes, 0));
  } catch {
    // Without room for the copy the bytes still lie in their segment; a start never fails over this.
  }
}

/** The last segment without a last batch that was not wholly written, unless it is known to have been confirmed. */
function withoutTorn(last: Scanned, knownLsn: number): Scanned {
  const { tornFrom } = last;
  if (tornFrom === null) return last;
  const starts = last.starts.filter((start) => start.offset < tornFrom);
  return (starts.at(-1)?.lsn ?? 0) < knownLsn ? last : { ...last, starts, length: Math.min(last.length, tornFrom) };
}

/**
 * Reads all segments. Only a bad record at the very end counts as torn and is cut; any other loss is named.
 * @param knownLsn an lsn known to have been confirmed: ending before it is a loss, not a torn tail
 */
export async function loadJournal(fs: FileSystem, folders: JournalFolders, knownLsn: number): Promise<LoadedJournal> {
  const all = await scanAll(fs, folders.segments);
  const chosen = await chooseSegments(fs, folders, all);
  const scanned = chosen.map((one, position) => (position === chosen.length - 1 ? withoutTorn(one, knownLsn) : one));
  const segments = placeSegments(scanned);
  const last = segments.at(-1);
  const lastScanned = scanned.at(-1);
  const endLsn = Math.max(last ? last.baseLsn - 1 : 0, ...segments.map((one) => one.starts.at(-1)?.lsn ?? 0));
  const lastLsn = Math.max(endLsn, knownLsn);
  const quarantined = await nameLosses(fs, folders.quarantine, scanned, missingRanges(segments, lastLsn));
  const torn = lastScanned?.damages.find((damage) => damage.offset >= lastScanned.length);
  if (torn && lastScanned) await copyAside(fs, join(folders.quarantine, 'last-torn-tail.bin'), lastScanned.path, torn);
  if (last) await confirmLength(fs, last);
  await fs.syncFolder(folders.segments);
  return {
    segments,
    lastLsn,
    facts: factsOf(scanned, endLsn),
    lastFacts: lastScanned?.facts ?? noFacts(),
    journalId: scanned.findLast((one) => one.header !== null)?.header?.journalId ?? null,
    nextIndex: (all.at(-1)?.index ?? 0) + 1,
    quarantined,
    tornTail: torn !== undefined && knownLsn <= endLsn,
  };
}

/** Facts of the frames that count: of each segment, those before the next one took over, and none that was cut. */
function factsOf(scanned: readonly Scanned[], endLsn: number): SegmentFacts {
  const facts = noFacts();
  for (const [position, { facts: more }] of scanned.entries()) {
    const laterBases = scanned.slice(position + 1).map((later) => baseOf(later) ?? Number.MAX_SAFE_INTEGER);
    noteFacts(facts, more, Math.min(endLsn + 1, ...laterBases));
  }
  return facts;
}
