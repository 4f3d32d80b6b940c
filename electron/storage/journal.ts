import { join } from 'node:path';
import {
  type EngineHost,
  FRAME_FORMAT_VERSION,
  type Frame,
  type JournalError,
  type JournalOpening,
} from '#contracts/host/engine-host.ts';
import {
  committedStage,
  encodeBatch,
  type Id,
  type Instant,
  ok,
  type Result,
  raiseCounter,
  refuse,
} from '#contracts/host/host-rules.ts';
import { setAside } from './checked-file.ts';
import { asFault, coded, isDiskFull } from './faults.ts';
import type { FileSystem } from './file-system.ts';
import { encodeRecord, RECORD } from './frame-codec.ts';
import { IDENTITY_VERSION, type Identity, identityFile, mergedCounters } from './identity.ts';
import { type LoadedJournal, loadJournal, takeOver } from './journal-load.ts';
import { readFrames } from './journal-read.ts';
import { isOtherMachine, type MachineMark } from './machine-mark.ts';
import type { Reserve } from './reserve.ts';
import { beginSegment, resumeSegment, type SegmentWriter, segmentIndex } from './segment.ts';
import { noFacts, noteFacts, noteFrame, type SegmentFacts } from './segment-facts.ts';
import { createSerial } from './serial.ts';

/** What other parts of storage do when frames became durable. Failing here never undoes an append. */
export interface JournalNeighbours {
  readonly isSealed: (stageId: Id) => Promise<boolean>;
  readonly stageCommitted: (stageId: Id, lsn: number) => Promise<void>;
  readonly openStages: () => Promise<readonly Id[]>;
  readonly stagesCovered: (throughLsn: number) => Promise<void>;
  readonly draftConsumed: (draftId: Id, at: Instant) => Promise<void>;
  /** The journal's identity as other files remember it, should its own file be lost. */
  readonly rememberedJournalId: () => Promise<Id | null>;
  readonly warn: (event: string, fields: Readonly<Record<string, string | number>>) => void;
}

export interface JournalOptions {
  readonly fs: FileSystem;
  readonly folder: string;
  readonly reserve: Reserve;
  readonly neighbours: JournalNeighbours;
  readonly machineMark: () => Promise<MachineMark>;
  readonly newId: () => Id;
  /** A segment this long (bytes) is followed by a new one. */
  readonly segmentBytes: number;
}

export interface Journal {
  readonly parts: EngineHost['journal'];
  /** Zero while no engine opened the journal. */
  fence(): number;
  close(): Promise<void>;
}

interface State {
  identity: Identity;
  loaded: LoadedJournal;
  deviceIsNew: boolean;
  fence: number;
  lastLsn: number;
  counters: Record<Id, number>;
  nextIndex: number;
  writer: SegmentWriter | null;
  /** Facts of the segment being written, for its summary. */
  facts: SegmentFacts;
}

export function createJournal(options: JournalOptions): Journal {
  const { fs, folder, reserve, neighbours } = options;
  const serial = createSerial();
  const folders = {
    segments: join(folder, 'segments'),
    quarantine: join(folder, 'quarantine'),
    setAside: join(folder, 'set-aside'),
  };
  const identities = identityFile(fs, folder);
  /** Segments a failed write or sync left in doubt: read, but never written again. */
  const abandoned = new Set<number>();
  let current: State | null = null;
  let closed = false;

  const identityOf = async (stored: Identity | null, loaded: LoadedJournal, mark: MachineMark) => {
    const journalId = stored?.journalId ?? loaded.journalId ?? (await neighbours.rememberedJournalId());
    const isOther = stored === null || isOtherMachine(stored.mark, mark);
    const identity: Identity = {
      formatVersion: IDENTITY_VERSION,
      journalId: journalId ?? options.newId(),
      device: isOther ? options.newId() : stored.device,
      mark: isOther ? mark : { ...stored.mark, ...mark },
      fence: stored?.fence ?? 0,
      counters: mergedCounters(stored?.counters ?? {}, loaded.facts.counters),
      confirmedLsn: loaded.lastLsn,
    };
    // The very first device of a journal is not "new": nothing was ever done under another one.
    return { identity, deviceIsNew: isOther && journalId !== null };
  };

  const load = async (): Promise<State> => {
    await fs.makeFolder(folders.segments);
    const [stored, mark] = await Promise.all([identities.load(), options.machineMark()]);
    const loaded = await loadJournal(fs, folders, stored?.confirmedLsn ?? 0);
    const { identity, deviceIsNew } = await identityOf(stored, loaded, mark);
    for (const [stageId, lsn] of Object.entries(loaded.facts.commits)) await neighbours.stageCommitted(stageId, lsn);
    for (const [draftId, by] of Object.entries(loaded.facts.consumed)) await neighbours.draftConsumed(draftId, by.at);
    return {
      identity,
      loaded,
      deviceIsNew,
      fence: 0,
      lastLsn: loaded.lastLsn,
      counters: { ...identity.counters },
      nextIndex: loaded.nextIndex,
      writer: null,
      facts: loaded.lastFacts,
    };
  };

  const state = async (): Promise<State> => {
    current ??= await load();
    return current;
  };

  /** Runs a write to the disk; when there is no room, opens the reserve and tries again. */
  const withReserve = async (bytes: number, write: () => Promise<void>): Promise<void> => {
    for (;;) {
      try {
        return await write();
      } catch (error) {
        if (!isDiskFull(error) || !(await reserve.release(bytes))) throw error;
        neighbours.warn('journal.reserveOpened', { bytes, held: reserve.state().held });
      }
    }
  };

  const saveIdentity = async (now: State, more: Partial<Identity> = {}) => {
    const identity = { ...now.identity, counters: { ...now.counters }, confirmedLsn: now.lastLsn, ...more };
    await withReserve(4096, () => identities.save(identity));
    now.identity = identity;
  };

  const endWriter = async (now: State) => {
    const { writer, facts } = now;
    now.writer = null;
    await writer?.close(facts);
  };

  const beginWriter = async (now: State, restart = false): Promise<SegmentWriter> => {
    const header = { journalId: now.identity.journalId, index: now.nextIndex, baseLsn: now.lastLsn + 1, restart };
    now.nextIndex += 1;
    const writer = await beginSegment(fs, folders.segments, header);
    takeOver(now.loaded.segments, header.baseLsn);
    now.loaded.segments.push(writer.segment);
    now.writer = writer;
    now.facts = noFacts();
    return writer;
  };

  /** The segment to write to: the open one, the last one after a start, or a new one when that is long enough. */
  const writerFor = async (now: State): Promise<SegmentWriter> => {
    if (now.writer && (!now.writer.isSound() || now.writer.segment.length >= options.segmentBytes))
      await endWriter(now);
    if (now.writer) return now.writer;
    const last = now.loaded.segments.at(-1);
    const resumable = last !== undefined && last.length < options.segmentBytes && !abandoned.has(last.index);
    const goesOn = resumable && (last.starts.at(-1)?.lsn ?? last.baseLsn - 1) === now.lastLsn;
    if (!goesOn) return beginWriter(now);
    now.writer = await resumeSegment(fs, last);
    return now.writer;
  };
  const writeOnce = async (now: State, records: readonly Buffer[], firstLsn: number) => {
    const writer = await writerFor(now);
    try {
      await writer.append(records, firstLsn);
    } catch (error) {
      if (writer.segment.length === 0) await forgetEmpty(now, writer);
      else if (!writer.isSound()) abandoned.add(writer.segment.index);
      throw error;
    }
  };

  /** A segment whose first write failed holds nothing: it leaves again, so that it takes no room either. */
  const forgetEmpty = async (now: State, writer: SegmentWriter) => {
    await endWriter(now);
    now.loaded.segments.splice(now.loaded.segments.indexOf(writer.segment), 1);
    await fs.remove(writer.segment.path).catch(() => undefined);
  };

  /** Begins a segment that is on disk before it has any frame. */
  const beginDurably = (now: State, restart: boolean) =>
    withReserve(4096, async () => {
      const writer = await beginWriter(now, restart);
      try {
        await writer.append([], now.lastLsn + 1);
      } catch (error) {
        await forgetEmpty(now, writer);
        throw error;
      }
    });

  /** Confirms records on disk, or throws with none of them kept. A bad segment is left for a new one, once. */
  const write = async (now: State, records: readonly Buffer[], firstLsn: number): Promise<void> => {
    const bytes = records.reduce((sum, record) => sum + record.length, 0);
    const attempt = () => withReserve(bytes, () => writeOnce(now, records, firstLsn));
    try {
      await attempt();
    } catch (error) {
      const { code, detail } = asFault(error);
      neighbours.warn('journal.appendFailed', { code, detail: detail ?? '', lsn: firstLsn });
      if (code === 'diskFull') throw error;
      if (now.writer) abandoned.add(now.writer.segment.index);
      await endWriter(now);
      await attempt();
    }
  };

  const unsealed = async (frames: readonly Frame[]): Promise<Result<never, JournalError> | null> => {
    for (const frame of frames) {
      if (frame.kind !== 'adoptCommit') continue;
      const stageId = committedStage(frame);
      if (stageId === null || !(await neighbours.isSealed(stageId))) return refuse('notFound', 'no sealed stage');
    }
    return null;
  };

  /** What follows from durable frames. The journal says the same at the next start, so a failure here only warns. */
  const settle = async (now: State, frames: readonly Frame[]) => {
    const facts = noFacts();
    for (const frame of frames) {
      noteFrame(facts, frame);
      raiseCounter(now.counters, frame.person, frame.seq);
    }
    noteFacts(now.facts, facts);
    try {
      for (const [stageId, lsn] of Object.entries(facts.commits)) await neighbours.stageCommitted(stageId, lsn);
      for (const [draftId, by] of Object.entries(facts.consumed)) await neighbours.draftConsumed(draftId, by.at);
    } catch (error) {
      neighbours.warn('journal.settleFailed', { code: asFault(error).code, lsn: now.lastLsn });
    }
  };

  const emptyFolder = async (path: string) => {
    for (const name of await fs.list(path)) await fs.remove(join(path, name));
  };

  const firstIndex = (now: State) => now.loaded.segments[0]?.index ?? 0;

  const opening = async (now: State): Promise<JournalOpening> => ({
    fence: now.fence,
    journalId: now.identity.journalId,
    device: now.identity.device,
    deviceIsNew: now.deviceIsNew,
    lastLsn: now.lastLsn,
    firstLsn: now.loaded.segments[0]?.baseLsn ?? now.lastLsn + 1,
    counters: { ...now.counters },
    // What compaction dropped meanwhile is covered by a snapshot and no loss any more.
    quarantined: now.loaded.quarantined.filter(({ segment }) => (segmentIndex(segment) ?? Infinity) >= firstIndex(now)),
    tornTail: now.loaded.tornTail,
    openStages: await neighbours.openStages(),
  });

  const guarded = <T>(fence: number, work: (now: State) => Promise<Result<T, JournalError>>) =>
    serial(() =>
      coded<T>(async () => {
        const now = await state();
        return fence === now.fence && fence > 0 ? work(now) : refuse('staleFence');
      }),
    );

  const parts: EngineHost['journal'] = {
    open: () =>
      serial(() =>
        coded(async () => {
          if (closed) return refuse('ioError', 'closed');
          const now = await state();
          now.fence = Math.max(now.fence, now.identity.fence) + 1;
          try {
            await saveIdentity(now, { fence: now.fence });
          } catch (error) {
            // On a disk without room the desk still opens: within this process the fence holds from memory.
            if (!isDiskFull(error)) throw error;
            neighbours.warn('journal.identityNotSaved', { code: 'diskFull' });
          }
          const answer = await opening(now);
          now.deviceIsNew = false;
          return ok(answer);
        }),
      ),

    append: (args) =>
      guarded(args.fence, async (now) => {
        const encoded = encodeBatch(now, args);
        if (!encoded.ok) return encoded;
        if (args.frames.length === 0) return ok({ lastLsn: now.lastLsn });
        const fault = await unsealed(args.frames);
        if (fault) return fault;
        const records = encoded.value.map((text, index) =>
          encodeRecord(RECORD.frame, FRAME_FORMAT_VERSION, args.expectedLsn + index, text, index === 0),
        );
        await write(now, records, args.expectedLsn);
        now.lastLsn += records.length;
        await settle(now, args.frames);
        return ok({ lastLsn: now.lastLsn });
      }),

    read: ({ fromLsn, maxBytes }) =>
      serial(() =>
        coded(async () => {
          const now = await state();
          const first = now.loaded.segments[0]?.baseLsn ?? now.lastLsn + 1;
          if (fromLsn < first) return refuse('notFound', `the journal begins at ${first}`);
          return ok(await readFrames(fs, now.loaded.segments, fromLsn, maxBytes));
        }),
      ),

    restartAt: ({ fence, lsn }) =>
      guarded(fence, async (now) => {
        if (lsn < now.lastLsn) return refuse('unexpectedLsn', `the log ends at ${now.lastLsn}`);
        if (lsn === now.lastLsn) return ok(null);
        const before = now.lastLsn;
        await endWriter(now);
        now.lastLsn = lsn;
        try {
          await beginDurably(now, true);
        } catch (error) {
          now.lastLsn = before;
          throw error;
        }
        for (const old of now.loaded.segments.splice(0, now.loaded.segments.length - 1)) {
          await setAside(fs, old.path, folders.setAside);
        }
        await saveIdentity(now);
        return ok(null);
      }),

    compact: ({ fence, throughLsn }) =>
      guarded(fence, async (now) => {
        await saveIdentity(now);
        if (throughLsn >= now.lastLsn && now.loaded.segments.at(-1)?.starts.length) {
          await endWriter(now);
          await beginDurably(now, false);
        }
        const { segments } = now.loaded;
        let removedSegments = 0;
        while (segments[1] !== undefined && segments[1].baseLsn - 1 <= throughLsn) {
          await fs.remove(segments[0]?.path ?? '');
          segments.shift();
          removedSegments += 1;
        }
        if (throughLsn >= (segments[0]?.baseLsn ?? 1) - 1) await emptyFolder(folders.setAside);
        await neighbours.stagesCovered(throughLsn);
        return ok({ removedSegments });
      }),
  };

  return {
    parts,
    fence: () => current?.fence ?? 0,
    close: () =>
      serial(async () => {
        closed = true;
        if (current === null) return;
        await endWriter(current);
        if (current.fence > 0) await saveIdentity(current).catch(() => undefined);
        current.fence = 0;
      }),
  };
}
