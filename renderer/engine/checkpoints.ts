import type { Id } from '#domain/activity/activity.ts';
import type { DeskStore } from '#renderer/data/desk-store.ts';
import type { LiveDesk } from './live-desk.ts';
import { QueueIndex, type QueueIndexCheckpoint } from './queue-index/queue-index.ts';
import { SearchIndex, type SearchIndexCheckpoint } from './search/search-index.ts';
import type { Pause } from './slices.ts';

const KEY = 'indexes';

/** Both indexes as of one moment: restored together or not at all. */
interface StoredIndexes {
  readonly queue: QueueIndexCheckpoint;
  readonly search: SearchIndexCheckpoint | null;
}

/**
 * Keeps both indexes for the next start, and answers the lsn of what is kept. An index of words that is still being
 * read is left out; while an import is being shown nothing is kept, or the next start would never show the rest.
 */
export async function storeIndexes(desk: LiveDesk, store: DeskStore): Promise<number> {
  if (!desk.isWhole) return desk.checkpointLsn;
  const lsn = desk.lsn;
  const search = desk.search.complete ? desk.search.checkpoint(lsn) : null;
  const indexes: StoredIndexes = { queue: desk.index.checkpoint(lsn), search };
  await store.putCheckpoint(KEY, indexes);
  return lsn;
}

/**
 * Fills the indexes of a desk whose directory is loaded: from what the last run kept and the few incidents changed
 * since, else by reading every incident. Answers the lsn of what was kept, 0 when everything was read.
 */
export async function fillIndexes(desk: LiveDesk, store: DeskStore, pause: Pause): Promise<number> {
  const restored = await restoreIndexes(desk, store);
  if (restored !== null) return restored;
  desk.index = new QueueIndex(desk.directory);
  desk.search = new SearchIndex(desk.index, desk.directory);
  for await (const incidents of store.incidentBatches()) {
    for (const incident of incidents) {
      desk.index.upsert(incident, incident.throughSeq);
      await pause();
    }
  }
  return 0;
}

async function restoreIndexes(desk: LiveDesk, store: DeskStore): Promise<number | null> {
  const kept = (await store.checkpoint(KEY)) as StoredIndexes | undefined;
  if (!kept || kept.queue.throughLsn > desk.lsn) return null;
  const since = kept.queue.throughLsn;
  const changed = await changedSince(since, desk, store);
  const queue = changed && QueueIndex.restore(kept.queue, desk.directory);
  if (!changed || !queue) return null;
  desk.index = queue;
  desk.search =
    (kept.search && SearchIndex.restore(kept.search, queue, desk.directory)) ?? new SearchIndex(queue, desk.directory);
  const people = desk.directory.rows().filter((row) => row.kind === 'person' && row.lsn > since);
  if (people.length > 0) queue.personsRenamed(people.map((row) => row.id));
  for (const incident of (await store.incidents(changed)).values()) {
    queue.upsert(incident, incident.throughSeq);
    desk.search.upsert(incident);
  }
  return since;
}

/** Incidents with commands after `lsn`; null when an import came since, which touches too many to name. */
async function changedSince(lsn: number, desk: LiveDesk, store: DeskStore): Promise<readonly Id[] | null> {
  if (desk.stages.some((stage) => stage.commitLsn > lsn)) return null;
  const commands = await store.commandsBetween(lsn + 1, Number.MAX_SAFE_INTEGER);
  return [...new Set(commands.flatMap((command) => command.subjectIds))];
}
