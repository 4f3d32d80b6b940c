import { join } from 'node:path';
import {
  type EngineHost,
  FRAME_FORMAT_VERSION,
  type JournalError,
  type JournalOpening,
} from '#contracts/host/engine-host.ts';
import { encodeBatch, type Id, ok, type Result, raiseCounter, refuse } from '#contracts/host/host-rules.ts';
import { setAside } from './checked-file.ts';
import { coded, isDiskFull } from './faults.ts';
import type { FileSystem } from './file-system.ts';
import { encodeRecord, RECORD } from './frame-codec.ts';
import { type Identity, identityFile, recogniseIdentity } from './identity.ts';
import { type JournalNeighbours, settleFacts, unsealedStage } from './journal-effects.ts';
import { type LoadedJournal, loadJournal } from './journal-load.ts';
import { readFrames } from './journal-read.ts';
import type { MachineMark } from './machine-mark.ts';
import type { Reserve } from './reserve.ts';
import { segmentIndex, segmentPath } from './segment.ts';
import { noFacts, noteFrame } from './segment-facts.ts';
import { createSegmentLog, type SegmentLog, writeWithReserve } from './segment-log.ts';
import { createSerial } from './serial.ts';

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

/** The journal in memory, once its segments were read. */
interface State {
  readonly log: SegmentLog;
  readonly loaded: LoadedJournal;
  readonly counters: Record<Id, number>;
  /** Stages with a commit frame in the log, whatever their files are called. */
  readonly commits: Record<Id, number>;
  identity: Identity;
  deviceIsNew: boolean;
  fence: number;
  lastLsn: number;
}

/** All calls run one after the other; the segments are read by the first of them. */
export function createJournal(options: JournalOptions): Journal {
  const { fs, folder, reserve, neighbours } = options;
  const serial = createSerial();
  const folders = {
    segments: join(folder, 'segments'),
    quarantine: join(folder, 'quarantine'),
    setAside: join(folder, 'set-aside'),
  };
  const identities = identityFile(fs, folder);
  let current: State | null = null;
  let closed = false;

  const load = async (): Promise<State> => {
    await fs.makeFolder(folders.segments);
    const [stored, mark] = await Promise.all([identities.load(), options.machineMark()]);
    const loaded = await loadJournal(fs, folders, stored?.confirmedLsn ?? 0);
    const journalId = loaded.journalId ?? (await neighbours.rememberedJournalId());
    const { identity, deviceIsNew } = recogniseIdentity(stored, mark, { ...loaded, journalId }, options.newId);
    await settleFacts(neighbours, loaded.facts);
    const log = createSegmentLog(
      {
        fs,
        folder: folders.segments,
        reserve,
        warn: neighbours.warn,
        journalId: identity.journalId,
        segmentBytes: options.segmentBytes,
      },
      loaded,
    );
    return {
      log,
      loaded,
      counters: { ...identity.counters },
      commits: { ...loaded.facts.commits },
      identity,
      deviceIsNew,
      fence: 0,
      lastLsn: loaded.lastLsn,
    };
  };

  const state = async (): Promise<State> => {
    if (closed) throw new Error('the journal was closed');
    current ??= await load();
    return current;
  };

  const saveIdentity = async (now: State) => {
    const counters = { ...now.counters };
    const identity = { ...now.identity, counters, confirmedLsn: now.lastLsn, fence: now.fence };
    await writeWithReserve(reserve, neighbours.warn, 4096, () => identities.save(identity));
    now.identity = identity;
  };

  const firstLsn = (now: State) => now.log.segments[0]?.baseLsn ?? now.lastLsn + 1;

  /** Stages no frame commits. One whose renaming failed is named anew; if that fails too, it still is no open one. */
  const openStages = async ({ commits }: State): Promise<readonly Id[]> => {
    const open = await neighbours.openStages();
    const late = Object.entries(commits).filter(([stageId]) => open.includes(stageId));
    if (late.length > 0) await settleFacts(neighbours, { ...noFacts(), commits: Object.fromEntries(late) });
    return open.filter((stageId) => commits[stageId] === undefined);
  };

  const openingOf = async (now: State): Promise<JournalOpening> => {
    const firstIndex = now.log.segments[0]?.index ?? 0;
    return {
      fence: now.fence,
      journalId: now.identity.journalId,
      device: now.identity.device,
      deviceIsNew: now.deviceIsNew,
      lastLsn: now.lastLsn,
      firstLsn: firstLsn(now),
      counters: { ...now.counters },
      // What compaction dropped meanwhile is covered by a snapshot and no loss any more.
      quarantined: now.loaded.quarantined.filter(({ segment }) => (segmentIndex(segment) ?? firstIndex) >= firstIndex),
      tornTail: now.loaded.tornTail,
      openStages: await openStages(now),
    };
  };

  /** Moves away what a fresh log replaced, also if that was interrupted earlier. */
  const putAsideBefore = async (now: State) => {
    const firstIndex = now.log.segments[0]?.index ?? 0;
    for (const name of await fs.list(folders.segments)) {
      const index = segmentIndex(name);
      if (index === null || index >= firstIndex) continue;
      await setAside(fs, segmentPath(folders.segments, index), folders.setAside);
    }
  };

  const dropCovered = async (now: State, throughLsn: number): Promise<number> => {
    const { segments } = now.log;
    let removed = 0;
    while (segments[0] && segments[1] && segments[1].baseLsn - 1 <= throughLsn) {
      await fs.remove(segments[0].path);
      segments.shift();
      removed += 1;
    }
    return removed;
  };

  const emptyFolder = async (path: string) => {
    for (const name of await fs.list(path)) await fs.remove(join(path, name));
  };

  const guarded = <T>(fence: number, work: (now: State) => Promise<Result<T, JournalError>>) =>
    serial(() =>
      coded<T>(async () => {
        if (closed) return refuse('staleFence', 'closed');
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
            await saveIdentity(now);
          } catch (error) {
            // On a disk without room the desk still opens: within this process the fence holds from memory.
            if (!isDiskFull(error)) throw error;
            neighbours.warn('journal.identityNotSaved', { code: 'diskFull' });
          }
          const opening = await openingOf(now);
          now.deviceIsNew = false;
          return ok(opening);
        }),
      ),

    append: (args) =>
      guarded(args.fence, async (now) => {
        const encoded = encodeBatch(now, args);
        if (!encoded.ok) return encoded;
        if (args.frames.length === 0) return ok({ lastLsn: now.lastLsn });
        const fault = await unsealedStage(neighbours, args.frames);
        if (fault) return fault;
        const records = encoded.value.map((text, index) =>
          encodeRecord(RECORD.frame, FRAME_FORMAT_VERSION, args.expectedLsn + index, text, index === 0),
        );
        await now.log.append(records, args.expectedLsn);
        now.lastLsn += records.length;
        const facts = noFacts();
        for (const frame of args.frames) {
          noteFrame(facts, frame);
          raiseCounter(now.counters, frame.person, frame.seq);
        }
        now.log.note(facts);
        Object.assign(now.commits, facts.commits);
        await settleFacts(neighbours, facts);
        return ok({ lastLsn: now.lastLsn });
      }),

    read: ({ fromLsn, maxBytes }) =>
      serial(() =>
        coded(async () => {
          if (closed) return refuse('ioError', 'closed');
          const now = await state();
          if (fromLsn < firstLsn(now)) return refuse('notFound', `the journal begins at ${firstLsn(now)}`);
          return ok(await readFrames(fs, now.log.segments, fromLsn, maxBytes));
        }),
      ),

    restartAt: ({ fence, lsn }) =>
      guarded(fence, async (now) => {
        if (lsn < now.lastLsn) return refuse('unexpectedLsn', `the log ends at ${now.lastLsn}`);
        if (lsn === now.lastLsn) return ok(null);
        await now.log.begin(lsn + 1, true);
        now.lastLsn = lsn;
        now.log.segments.splice(0, now.log.segments.length - 1);
        await putAsideBefore(now);
        await saveIdentity(now);
        return ok(null);
      }),

    compact: ({ fence, throughLsn }) =>
      guarded(fence, async (now) => {
        await saveIdentity(now);
        await putAsideBefore(now);
        const endsCovered = throughLsn >= now.lastLsn && now.log.segments.at(-1)?.starts.length;
        if (endsCovered) await now.log.begin(now.lastLsn + 1, false);
        const removedSegments = await dropCovered(now, throughLsn);
        if (throughLsn >= firstLsn(now) - 1) await emptyFolder(folders.setAside);
        await neighbours.stagesCovered(throughLsn);
        return ok({ removedSegments });
      }),
  };

  return {
    parts,
    fence: () => (closed ? 0 : (current?.fence ?? 0)),
    close: () =>
      serial(async () => {
        if (closed) return;
        closed = true;
        if (current === null) return;
        await current.log.end();
        if (current.fence > 0) await saveIdentity(current).catch(() => undefined);
      }),
  };
}
