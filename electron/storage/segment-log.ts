import type { Id } from '#contracts/host/host-rules.ts';
import { asFault, isDiskFull } from './faults.ts';
import type { FileSystem } from './file-system.ts';
import { type LoadedJournal, takeOver } from './journal-load.ts';
import type { Reserve } from './reserve.ts';
import { beginSegment, resumeSegment, type Segment, type SegmentWriter } from './segment.ts';
import { noFacts, noteFacts, type SegmentFacts } from './segment-facts.ts';

export type Warn = (event: string, fields: Readonly<Record<string, string | number>>) => void;

/** Runs a write to the disk; when there is no room, opens the reserve and tries again until that is used up. */
export async function writeWithReserve(
  reserve: Reserve,
  warn: Warn,
  bytes: number,
  write: () => Promise<void>,
): Promise<void> {
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (!isDiskFull(error) || !(await reserve.release(bytes))) throw error;
      warn('journal.reserveOpened', { bytes, held: reserve.state().held });
    }
  }
}

interface SegmentLogOptions {
  readonly fs: FileSystem;
  readonly folder: string;
  readonly reserve: Reserve;
  readonly warn: Warn;
  readonly journalId: Id;
  readonly segmentBytes: number;
}

/** The segments as one log that grows at its end. */
export interface SegmentLog {
  readonly segments: Segment[];
  /** Confirms records on disk, or throws with none of them kept. */
  append(records: readonly Buffer[], firstLsn: number): Promise<void>;
  /** What confirmed frames say, for the summary of their segment. */
  note(facts: SegmentFacts): void;
  /** Begins a segment that is on disk before it has any frame. */
  begin(baseLsn: number, restart: boolean): Promise<void>;
  /** Ends the segment being written; another one can be begun. */
  end(): Promise<void>;
}

export function createSegmentLog(options: SegmentLogOptions, loaded: LoadedJournal): SegmentLog {
  const { fs, folder, reserve, warn, journalId, segmentBytes } = options;
  const { segments } = loaded;
  /** Segments a failed write or sync left in doubt: read, but never written again. */
  const abandoned = new Set<number>();
  let nextIndex = loaded.nextIndex;
  let writer: SegmentWriter | null = null;
  let facts: SegmentFacts = loaded.lastFacts;

  const end = async () => {
    const ended = writer;
    writer = null;
    await ended?.close(facts);
  };

  const beginWriter = async (baseLsn: number, restart: boolean): Promise<SegmentWriter> => {
    const header = { journalId, index: nextIndex, baseLsn, restart };
    nextIndex += 1;
    const begun = await beginSegment(fs, folder, header);
    takeOver(segments, baseLsn);
    segments.push(begun.segment);
    writer = begun;
    facts = noFacts();
    return begun;
  };

  /** The segment to write to: the open one, the last one after a start, or a new one when that is long enough. */
  const writerFor = async (firstLsn: number): Promise<SegmentWriter> => {
    if (writer && (!writer.isSound() || writer.segment.length >= segmentBytes)) await end();
    if (writer) return writer;
    const last = segments.at(-1);
    const isUsable = last !== undefined && last.length < segmentBytes && !abandoned.has(last.index);
    const goesOn = isUsable && (last.starts.at(-1)?.lsn ?? last.baseLsn - 1) === firstLsn - 1;
    if (!goesOn) return beginWriter(firstLsn, false);
    writer = await resumeSegment(fs, last);
    return writer;
  };

  const appendTo = async (target: SegmentWriter, records: readonly Buffer[], firstLsn: number) => {
    try {
      await target.append(records, firstLsn);
    } catch (error) {
      if (target.segment.length === 0) await forgetEmpty(target);
      else if (!target.isSound()) abandoned.add(target.segment.index);
      throw error;
    }
  };

  /** A segment whose first write failed holds nothing: it leaves again, so that it takes no room either. */
  const forgetEmpty = async (empty: SegmentWriter) => {
    await end();
    segments.splice(segments.indexOf(empty.segment), 1);
    await fs.remove(empty.segment.path).catch(() => undefined);
  };

  return {
    segments,
    end,
    note: (more) => noteFacts(facts, more),
    async append(records, firstLsn) {
      const bytes = records.reduce((sum, record) => sum + record.length, 0);
      const attempt = () =>
        writeWithReserve(reserve, warn, bytes, async () => appendTo(await writerFor(firstLsn), records, firstLsn));
      try {
        await attempt();
      } catch (error) {
        const { code, detail } = asFault(error);
        warn('journal.appendFailed', { code, detail: detail ?? '', lsn: firstLsn });
        if (code === 'diskFull') throw error;
        // The segment can't be trusted any more: once, the frames are written again in a new one.
        if (writer) abandoned.add(writer.segment.index);
        await end();
        await attempt();
      }
    },
    async begin(baseLsn, restart) {
      await end();
      await writeWithReserve(reserve, warn, 4096, async () => {
        await appendTo(await beginWriter(baseLsn, restart), [], baseLsn);
      });
    },
  };
}
