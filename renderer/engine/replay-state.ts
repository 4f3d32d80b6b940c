import type { EngineHost, Frame } from '#contracts/host/engine-host.ts';
import type { Id } from '#domain/activity/activity.ts';
import type { DeskStore } from '#renderer/data/desk-store.ts';
import type { Applied, CommittedStage, Configuration } from '#renderer/data/rows.ts';
import { DeskDirectory } from './desk-directory.ts';

export interface ReplayPorts {
  readonly host: EngineHost;
  readonly store: DeskStore;
  readonly journalId: Id;
  progress(lsn: number): void;
  /** Pages of a committed import that are nowhere but in a snapshot: a reason to go back to it, or to do without. */
  readonly withoutStage: 'fail' | 'goOn';
  /** A frame or a stage that could not be used, for the log. */
  lost(what: string, lsn: number): void;
}

/** What replay has to know of the database while it goes on. */
export interface ReplayState {
  readonly directory: DeskDirectory;
  configuration: Configuration;
  stages: readonly CommittedStage[];
  applied: Applied;
}

/** What the database says of itself, before anything is replayed into it. */
export async function replayStateOf(store: DeskStore, journalId: Id): Promise<ReplayState> {
  const directory = new DeskDirectory();
  for (const row of await store.directory()) directory.put(row);
  return {
    directory,
    configuration: (await store.meta('configuration')) ?? { lsn: 0, matrix: null },
    stages: (await store.meta('stages')) ?? [],
    applied: (await store.meta('applied')) ?? { journalId, appliedLsn: 0, counters: {}, savedAt: null },
  };
}

/** The end of these frames, and the highest counters seen. */
export function appliedThrough(frames: readonly Frame[], { applied }: ReplayState): Applied {
  const counters: Record<Id, number> = { ...applied.counters };
  for (const { person, seq } of frames) if (seq > (counters[person] ?? 0)) counters[person] = seq;
  const savedAt = frames.findLast((frame) => frame.command !== null)?.command?.recordedAt ?? applied.savedAt;
  return { ...applied, appliedLsn: frames.at(-1)?.lsn ?? applied.appliedLsn, counters, savedAt };
}
