import type { DeskStore } from '#renderer/data/desk-store.ts';
import type { LiveDesk } from './live-desk.ts';
import { QueueIndex } from './queue-index/queue-index.ts';
import { SearchIndex } from './search/search-index.ts';

/** Gives waiting commands and messages their turn. */
export type Breathe = () => Promise<void>;

/**
 * Reads the database into the live desk: directory, configuration, and the index of every incident. Anything it
 * throws means that the database can't be read and has to be rebuilt.
 */
export async function loadDesk(desk: LiveDesk, store: DeskStore, breathe: Breathe): Promise<void> {
  desk.store = store;
  desk.forgetCached();
  desk.directory.clear();
  for (const row of await store.directory()) desk.directory.put(row);
  desk.configuration = (await store.meta('configuration')) ?? { lsn: 0, matrix: null };
  desk.stages = (await store.meta('stages')) ?? [];
  desk.applied = (await store.meta('applied')) ?? desk.applied;
  desk.lsn = desk.applied.appliedLsn;
  desk.index = new QueueIndex(desk.directory);
  desk.search = new SearchIndex(desk.index);
  for await (const incidents of store.incidentBatches()) {
    for (const incident of incidents) desk.index.upsert(incident, incident.throughSeq);
    await breathe();
  }
}
