import { join } from 'node:path';
import { FRAME_FORMAT_VERSION } from '#contracts/host/engine-host.ts';
import type { Id } from '#contracts/host/host-rules.ts';
import { type FileSystem, type OpenFile, withFile, writeAll } from './file-system.ts';
import { encodePreamble, encodeRecord, PREAMBLE, RECORD } from './frame-codec.ts';
import type { SegmentFacts } from './segment-facts.ts';

/** The first record of a segment. */
export interface SegmentHeader {
  readonly journalId: Id;
  readonly index: number;
  /** The lsn this segment begins with. Frames from it on in earlier segments were never confirmed. */
  readonly baseLsn: number;
  /** A fresh log: earlier segments no longer count. */
  readonly restart: boolean;
}

/** A segment as the journal keeps it in mind. Frames are found by `starts`: pairs of lsn and offset, ascending. */
export interface Segment {
  readonly index: number;
  readonly path: string;
  readonly baseLsn: number;
  /** Length of what is confirmed; anything behind it gets cut. */
  length: number;
  readonly starts: { readonly lsn: number; readonly offset: number }[];
}

export const segmentName = (index: number) => `${index.toString().padStart(8, '0')}.segment`;
/** Index of a segment file, or null for a file that is none. */
export const segmentIndex = (name: string): number | null => {
  const digits = /^(\d{8})\.segment$/.exec(name)?.[1];
  return digits === undefined ? null : Number(digits);
};
export const segmentPath = (folder: string, index: number) => join(folder, segmentName(index));

/** What a new segment begins with: preamble and header record. */
export function segmentBeginning(header: SegmentHeader): Buffer {
  const record = encodeRecord(RECORD.header, FRAME_FORMAT_VERSION, header.baseLsn, JSON.stringify(header));
  return Buffer.concat([encodePreamble('DBELLSEG'), record], PREAMBLE + record.length);
}

/** The segment being written. One append is one write and one sync; either all of it is confirmed or nothing. */
export interface SegmentWriter {
  readonly segment: Segment;
  /** Throws when the disk refuses. `isSound` then says whether this segment may go on being used. */
  append(records: readonly Buffer[], firstLsn: number): Promise<void>;
  isSound(): boolean;
  /** Ends the segment; with a summary, so that the next start need not parse its frames. */
  close(facts: SegmentFacts | null): Promise<void>;
}

const placeFrames = (segment: Segment, records: readonly Buffer[], firstLsn: number, from: number) => {
  let offset = from;
  for (const [index, record] of records.entries()) {
    segment.starts.push({ lsn: firstLsn + index, offset });
    offset += record.length;
  }
  segment.length = offset;
};

/** Goes on with an open file whose confirmed content ends at `segment.length`. */
function writerOn(fs: FileSystem, file: OpenFile, segment: Segment, beginning: Buffer | null): SegmentWriter {
  let ahead = beginning;
  let sound = true;

  const cutBack = async () => {
    try {
      await file.truncate(segment.length);
      await file.sync();
    } catch {
      sound = false;
    }
  };

  return {
    segment,
    isSound: () => sound,
    async append(records, firstLsn) {
      const start = segment.length + (ahead?.length ?? 0);
      const data = Buffer.concat(ahead === null ? records : [ahead, ...records]);
      try {
        await writeAll(file, data, segment.length);
      } catch (error) {
        await cutBack();
        throw error;
      }
      try {
        await file.sync();
        if (ahead !== null) await fs.syncFolder(join(segment.path, '..'));
      } catch (error) {
        // After a failed sync nobody knows what the disk holds, and the next sync may lie: never use it again.
        await cutBack();
        sound = false;
        throw error;
      }
      ahead = null;
      placeFrames(segment, records, firstLsn, start);
    },
    async close(facts) {
      if (facts !== null && sound && segment.starts.length > 0) {
        const summary = encodeRecord(RECORD.summary, FRAME_FORMAT_VERSION, 0, JSON.stringify(facts));
        await writeAll(file, summary, segment.length).catch(cutBack);
      }
      await file.close().catch(() => undefined);
    },
  };
}

/** Begins a segment. Its header is written together with the first frames. */
export async function beginSegment(fs: FileSystem, folder: string, header: SegmentHeader): Promise<SegmentWriter> {
  const path = segmentPath(folder, header.index);
  const file = await fs.open(path, 'wx');
  const segment: Segment = { index: header.index, path, baseLsn: header.baseLsn, length: 0, starts: [] };
  return writerOn(fs, file, segment, segmentBeginning(header));
}

/** Goes on with the last segment after a start. */
export async function resumeSegment(fs: FileSystem, segment: Segment): Promise<SegmentWriter> {
  return writerOn(fs, await fs.open(segment.path, 'r+'), segment, null);
}

/** Cuts a torn tail, and makes sure that what a start is about to believe is on the disk itself. */
export const confirmLength = (fs: FileSystem, segment: Segment): Promise<void> =>
  withFile(fs, segment.path, 'r+', async (file) => {
    if ((await file.size()) > segment.length) await file.truncate(segment.length);
    await file.sync();
  });
