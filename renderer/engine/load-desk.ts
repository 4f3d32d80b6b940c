import type { DeskStore } from '#renderer/data/desk-store.ts';
import { fillIndexes } from './checkpoints.ts';
import type { LiveDesk } from './live-desk.ts';
import type { Pause } from './slices.ts';

/**
 * Reads the database into the live desk: directory, configuration, and the indexes over every incident. Anything it
 * throws means that the database can't be read and has to be rebuilt.
 */
export async function loadDesk(desk: LiveDesk, store: DeskStore, pause: Pause): Promise<void> {
  desk.store = store;
  desk.forgetCached();
  desk.directory.clear();
  for (const row of await store.directory()) desk.directory.put(row);
  desk.configuration = (await store.meta('configuration')) ?? { lsn: 0, matrix: null };
  desk.stages = (await store.meta('stages')) ?? [];
  desk.applied = (await store.meta('applied')) ?? desk.applied;
  desk.lsn = desk.applied.appliedLsn;
  desk.checkpointLsn = await fillIndexes(desk, store, pause);
}
