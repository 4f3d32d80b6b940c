import type { DeskStore } from '#renderer/data/desk-store.ts';
import { membershipOf } from './agreement/membership.ts';
import { fillIndexes } from './checkpoints.ts';
import type { LiveDesk } from './live-desk.ts';
import type { Pause } from './slices.ts';

/**
 * Reads the database into the live desk: directory, configuration, and the indexes over every incident. Anything it
 * throws means that the database can't be read and has to be rebuilt.
 */
export async function loadDesk(desk: LiveDesk, store: DeskStore, pause: Pause): Promise<void> {
  desk.store = store;
  desk.membership = membershipOf((await store.sync()).flatMap(({ records }) => records));
  desk.forgetCached();
  desk.directory.clear();
  // What a desk that follows a server did before it joined stays where it is, and is not shown.
  const joined = desk.membership.phase === 'joined';
  if (!joined) for (const row of await store.directory()) desk.directory.put(row);
  desk.configuration = (await store.meta('configuration')) ?? { lsn: 0, matrix: null };
  desk.stages = (await store.meta('stages')) ?? [];
  desk.applied = (await store.meta('applied')) ?? desk.applied;
  desk.lsn = desk.applied.appliedLsn;
  desk.checkpointLsn = joined ? 0 : await fillIndexes(desk, store, pause);
}
