import type { SnapshotManifest } from '#contracts/host/engine-host.ts';
import type { Id } from '#domain/activity/activity.ts';
import type { DeskStore, StoreBatch } from '#renderer/data/desk-store.ts';
import { bucketOf } from '#renderer/data/id-hash.ts';
import type { CommittedStage } from '#renderer/data/rows.ts';
import {
  ALERTS_PAGE,
  ALL_BUCKETS,
  allPages,
  basePageName,
  bucketName,
  commandsName,
  directoryName,
  SYNC_PAGE,
} from './snapshot-pages.ts';

/** Names of the snapshot pages that no longer hold what the database holds. */
export class DirtyPages {
  private names = new Set<string>();

  get size(): number {
    return this.names.size;
  }

  /** Notes what a transaction has written. */
  note(batch: StoreBatch): void {
    for (const { id } of batch.incidents) this.names.add(bucketName(bucketOf(id)));
    for (const { activity } of batch.activities) this.names.add(bucketName(bucketOf(activity.subject.id)));
    for (const { kind, id } of batch.directory) this.names.add(directoryName(kind, id));
    for (const { lsn } of batch.commands) this.names.add(commandsName(lsn));
    if (batch.alerts.length > 0) this.names.add(ALERTS_PAGE);
    if (batch.sync.length > 0) this.names.add(SYNC_PAGE);
  }

  add(names: Iterable<string>): void {
    for (const name of names) this.names.add(name);
  }

  /** Everything noted so far; what is noted from now on belongs to the next snapshot. */
  take(): readonly string[] {
    const taken = [...this.names];
    this.names = new Set();
    return taken;
  }
}

/** What was written since a snapshot of an earlier run, from the lsns in the database. */
export async function dirtySince(store: DeskStore, manifest: SnapshotManifest | null): Promise<readonly string[]> {
  if (!manifest) return allPages(store);
  const since = manifest.startLsn;
  const commands = await store.commandsBetween(since + 1, Number.MAX_SAFE_INTEGER);
  const directory = (await store.directory()).filter((row) => row.lsn > since);
  const stages = ((await store.meta('stages')) ?? []).filter((stage) => stage.commitLsn > since);
  const subjects = (ids: readonly Id[]) => ids.map((id) => bucketName(bucketOf(id)));
  return [
    ...subjects(commands.flatMap((command) => command.subjectIds)),
    ...commands.map((command) => commandsName(command.lsn)),
    ...directory.map((row) => directoryName(row.kind, row.id)),
    ...(await pagesOfStages(store, stages)),
    ALERTS_PAGE,
    SYNC_PAGE,
  ];
}

/** An import brings pages of its own, and may have touched any bucket. */
export async function pagesOfStages(store: DeskStore, stages: readonly CommittedStage[]): Promise<readonly string[]> {
  if (stages.length === 0) return [];
  const ids = new Set(stages.map((stage) => stage.stageId));
  const keys = (await store.basePageKeys()).filter((key) => ids.has(key.slice(0, key.indexOf('/'))));
  return [...keys.map(basePageName), ...ALL_BUCKETS];
}
