import { Dexie } from 'dexie';
import type { Id } from '#domain/activity/activity.ts';
import { diagnose } from '../open-failure.ts';
import { SharedDb, sharedDatabaseName } from './shared-db.ts';
import { SharedStore } from './shared-store.ts';

/**
 * Opens what this desk holds of the log it shares and reads it with `use`. A database that is found damaged on the way
 * is made anew, once: the server has all of it. Throws what the browser throws when there is no database to be had at
 * all, or no space.
 */
export async function withSharedStore<T>(
  deskDatabase: string,
  shareId: Id,
  lost: () => void,
  use: (store: SharedStore) => Promise<T>,
): Promise<T> {
  try {
    return await use(await openSharedStore(deskDatabase, shareId, lost));
  } catch (cause) {
    if (diagnose(cause).code !== 'damaged') throw cause;
    await Dexie.delete(sharedDatabaseName(deskDatabase, shareId));
    return use(await openSharedStore(deskDatabase, shareId, lost));
  }
}

/** Opens it as it is. */
export async function openSharedStore(deskDatabase: string, shareId: Id, lost: () => void): Promise<SharedStore> {
  const db = new SharedDb(sharedDatabaseName(deskDatabase, shareId));
  await db.open();
  db.onLost(lost);
  return SharedStore.open(db);
}

/** Throws away what is held of every share but this one; null: of all. */
export async function dropOtherShares(deskDatabase: string, shareId: Id | null): Promise<void> {
  const kept = shareId === null ? null : sharedDatabaseName(deskDatabase, shareId);
  const prefix = `${deskDatabase}-shared-`;
  const names = await Dexie.getDatabaseNames();
  for (const name of names) if (name.startsWith(prefix) && name !== kept) await Dexie.delete(name);
}
