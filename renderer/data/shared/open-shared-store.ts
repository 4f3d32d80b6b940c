import { Dexie } from 'dexie';
import type { Id } from '#domain/activity/activity.ts';
import { diagnose } from '../open-failure.ts';
import { SharedDb, sharedDatabaseName } from './shared-db.ts';
import { SharedStore } from './shared-store.ts';

/**
 * Opens what this desk holds of the log it shares. A damaged database is made anew: the server has all of it. Throws
 * what the browser throws when there is no database to be had at all, or no space.
 */
export async function openSharedStore(deskDatabase: string, shareId: Id): Promise<SharedStore> {
  const name = sharedDatabaseName(deskDatabase, shareId);
  try {
    return await open(name);
  } catch (cause) {
    if (diagnose(cause).code !== 'damaged') throw cause;
    await Dexie.delete(name);
    return open(name);
  }
}

async function open(name: string): Promise<SharedStore> {
  const db = new SharedDb(name);
  await db.open();
  const store = new SharedStore(db);
  // What can be opened but not read is found out now.
  await Promise.all([store.position(), store.records(), store.matrix()]);
  return store;
}

/** Throws away what is held of every share but this one; null: of all. */
export async function dropOtherShares(deskDatabase: string, shareId: Id | null): Promise<void> {
  const kept = shareId === null ? null : sharedDatabaseName(deskDatabase, shareId);
  const prefix = `${deskDatabase}-shared-`;
  const names = await Dexie.getDatabaseNames();
  for (const name of names) if (name.startsWith(prefix) && name !== kept) await Dexie.delete(name);
}
