import { FRAME_FORMAT_VERSION, type Frame } from '#contracts/host/engine-host.ts';
import { StorageFault } from './faults.ts';
import type { FileSystem } from './file-system.ts';
import {
  type BadBytes,
  isRecord,
  LAYOUT_VERSION,
  layoutVersion,
  PREAMBLE,
  RECORD,
  type StoredRecord,
  scanRecords,
} from './frame-codec.ts';
import type { SegmentHeader } from './segment.ts';
import { noFacts, noteFacts, noteFrame, type SegmentFacts } from './segment-facts.ts';

/** Bad bytes of a segment, with the good frames' lsns around them: what is missing lies between. */
export interface Damage extends BadBytes {
  readonly afterLsn: number | null;
  /** Null: no good frame follows in this segment. */
  readonly beforeLsn: number | null;
}

export interface ScannedSegment {
  readonly header: SegmentHeader | null;
  readonly starts: { readonly lsn: number; readonly offset: number }[];
  readonly damages: readonly Damage[];
  readonly facts: SegmentFacts;
  /** End of the last good record that counts; a summary does not, writing goes on over it. */
  readonly length: number;
  /** Damage inside the last batch, which may never have been wholly written; null if there is none. */
  readonly tornFrom: number | null;
}

function parseJson<T>(record: StoredRecord): T {
  return JSON.parse(record.payload.toString('utf8'));
}

/** Refuses what a newer build wrote, before anything is changed. */
function refuseNewer(version: number): void {
  if (version > FRAME_FORMAT_VERSION) throw new StorageFault({ code: 'newerFormat', detail: `format ${version}` });
}

/** Frames must be summed up by parsing unless the segment ends with its own summary. */
function factsOf(frames: readonly StoredRecord[], summary: StoredRecord | null): SegmentFacts {
  const facts = noFacts();
  if (summary === null) for (const record of frames) noteFrame(facts, parseJson<Frame>(record));
  else noteFacts(facts, parseJson<SegmentFacts>(summary));
  return facts;
}

function withNeighbours(bad: readonly BadBytes[], starts: ScannedSegment['starts']): Damage[] {
  return bad.map((bytes) => ({
    ...bytes,
    afterLsn: starts.findLast((start) => start.offset < bytes.offset)?.lsn ?? null,
    beforeLsn: starts.find((start) => start.offset >= bytes.end)?.lsn ?? null,
  }));
}

/** Reads a whole segment, checks every record, and finds what is good before and after any damage. */
export async function scanSegment(fs: FileSystem, path: string): Promise<ScannedSegment> {
  const bytes = await fs.readFile(path);
  const layout = layoutVersion(bytes, 'DBELLSEG');
  if (layout !== null && layout > LAYOUT_VERSION) {
    throw new StorageFault({ code: 'newerFormat', detail: `layout ${layout}` });
  }
  let header: SegmentHeader | null = null;
  let summary: StoredRecord | null = null;
  let length = layout === null ? 0 : PREAMBLE;
  const frames: StoredRecord[] = [];
  const bad: BadBytes[] = [];
  let confirmedTo = 0;
  for (const found of scanRecords(bytes, length)) {
    if (!isRecord(found)) {
      bad.push(found);
      continue;
    }
    refuseNewer(found.version);
    if (found.beginsBatch || found.type === RECORD.summary) confirmedTo = found.offset;
    summary = found.type === RECORD.summary ? found : null;
    if (found.type === RECORD.header && header === null) header = parseJson<SegmentHeader>(found);
    if (found.type === RECORD.frame) frames.push(found);
    if (found.type !== RECORD.summary) length = found.end;
  }
  const starts = frames.map(({ lsn, offset }) => ({ lsn, offset }));
  return {
    header,
    starts,
    damages: withNeighbours(bad, starts),
    facts: factsOf(frames, summary),
    length,
    tornFrom: bad.find((bytes) => bytes.offset >= confirmedTo)?.offset ?? null,
  };
}
