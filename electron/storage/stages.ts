import { join } from 'node:path';
import type { EngineHost, JournalError } from '#contracts/host/engine-host.ts';
import { type Id, isId, ok, type Result, refuse, stageLinesFault } from '#contracts/host/host-rules.ts';
import { coded } from './faults.ts';
import type { FileSystem } from './file-system.ts';
import { createSerial } from './serial.ts';
import { loadStage, readStageLines, type StageFile } from './stage-file.ts';

export interface Stages {
  readonly parts: EngineHost['stages'];
  isSealed(stageId: Id): Promise<boolean>;
  /** A commit frame is durable: from now on the stage is part of the log. */
  committed(stageId: Id, lsn: number): Promise<void>;
  /** Ids of stages without a commit frame. */
  open(): Promise<readonly Id[]>;
  /** Removes stages whose commit frame a snapshot covers. */
  covered(throughLsn: number): Promise<void>;
  close(): Promise<void>;
}

/** `<id>.stage` while open, `<id>.<lsn>.committed` as part of the log. */
const openName = (stageId: Id) => `${stageId}.stage`;
const committedName = (stageId: Id, lsn: number) => `${stageId}.${lsn}.committed`;

interface Named {
  readonly name: string;
  readonly stageId: Id;
  /** Null while open. */
  readonly lsn: number | null;
}
function parseName(name: string): Named | null {
  const parts = name.split('.');
  const stageId = parts[0];
  if (!isId(stageId)) return null;
  if (name === openName(stageId)) return { name, stageId, lsn: null };
  const lsn = Number(parts[1]);
  return Number.isSafeInteger(lsn) && name === committedName(stageId, lsn) ? { name, stageId, lsn } : null;
}

/** Import stages: one file each, grown by checksummed chunks, forced to disk by `seal`. */
export function createStages(fs: FileSystem, folder: string, fence: () => number): Stages {
  const serial = createSerial();
  const loaded = new Map<Id, StageFile>();

  const list = async (): Promise<Named[]> => (await fs.list(folder)).map(parseName).filter((named) => named !== null);
  const find = async (stageId: Id) => (await list()).find((named) => named.stageId === stageId) ?? null;

  const stageOf = async (named: Named): Promise<StageFile> => {
    const known = loaded.get(named.stageId);
    if (known) return known;
    const stage = await loadStage(fs, join(folder, named.name));
    loaded.set(named.stageId, stage);
    return stage;
  };

  const make = async (stageId: Id): Promise<StageFile> => {
    await fs.makeFolder(folder);
    const stage = await loadStage(fs, join(folder, openName(stageId)));
    loaded.set(stageId, stage);
    return stage;
  };

  const drop = async (named: Named) => {
    await loaded.get(named.stageId)?.close();
    loaded.delete(named.stageId);
    await fs.remove(join(folder, named.name));
  };

  const guarded = <T>(given: number, work: () => Promise<Result<T, JournalError>>) =>
    serial(() => coded<T>(async () => (given === fence() && given > 0 ? work() : refuse('staleFence'))));

  return {
    parts: {
      append: ({ fence: given, stageId, lines }) =>
        guarded(given, async () => {
          const fault = stageLinesFault(stageId, lines);
          if (fault) return fault;
          const named = await find(stageId);
          if (named !== null && named.lsn !== null) return refuse('badArguments', 'the stage is committed');
          const stage = named === null ? await make(stageId) : await stageOf(named);
          await stage.append(lines);
          return ok(null);
        }),
      seal: ({ fence: given, stageId }) =>
        guarded(given, async () => {
          const named = isId(stageId) ? await find(stageId) : null;
          if (named === null) return refuse('notFound');
          const stage = await stageOf(named);
          if (!stage.sealed) await stage.seal();
          return ok({ bytes: stage.bytes, lines: stage.lines });
        }),
      read: ({ stageId, fromLine, maxBytes }) =>
        serial(() =>
          coded(async () => {
            const named = isId(stageId) ? await find(stageId) : null;
            if (named === null) return refuse('notFound');
            return ok(await readStageLines(fs, join(folder, named.name), await stageOf(named), fromLine, maxBytes));
          }),
        ),
      discard: ({ fence: given, stageId }) =>
        guarded(given, async () => {
          if (!isId(stageId)) return refuse('badArguments', 'stageId is no UUID');
          const named = await find(stageId);
          if (named !== null && named.lsn !== null) return refuse('badArguments', 'the stage is committed');
          if (named !== null) await drop(named);
          return ok(null);
        }),
    },
    isSealed: (stageId) =>
      serial(async () => {
        const named = await find(stageId);
        return named !== null && (await stageOf(named)).sealed;
      }),
    committed: (stageId, lsn) =>
      serial(async () => {
        const named = await find(stageId);
        if (named === null || named.lsn !== null) return;
        await loaded.get(stageId)?.close();
        await fs.rename(join(folder, named.name), join(folder, committedName(stageId, lsn)));
        await fs.syncFolder(folder);
      }),
    open: () => serial(async () => (await list()).filter((named) => named.lsn === null).map((named) => named.stageId)),
    covered: (throughLsn) =>
      serial(async () => {
        for (const named of await list()) if (named.lsn !== null && named.lsn <= throughLsn) await drop(named);
      }),
    close: () =>
      serial(async () => {
        for (const stage of loaded.values()) await stage.close();
        loaded.clear();
      }),
  };
}
