import { Dexie } from 'dexie';
import type { Id } from '#domain/activity/activity.ts';
import { diagnose } from '../open-failure.ts';
import { DamagedDatabase, SharedDb, sharedDatabaseName } from './shared-db.ts';
import { SharedStore } from './shared-store.ts';

/**
 * Opens what this desk holds of the log it shares and reads it with `use`. A database that is found damaged on the way
 * is made anew, once: the server has all of it. One that is found damaged later is lost: it is made anew when it is
 * opened next. Throws what the browser throws when there is no database to be had at all, or no space.
 */
export async function withSharedStore<T>(
  deskDatabase: string,
  shareId: Id,
  lost: () => void,
  use: (store: SharedStore) => Promise<T>,
): Promise<T> {
  try {
    return await trusted(await openSharedStore(deskDatabase, shareId, lost), lost, use);
  } catch (cause) {
    if (diagnose(cause).code !== 'damaged') throw cause;
    await Dexie.delete(sharedDatabaseName(deskDatabase, shareId));
    return trusted(await openSharedStore(deskDatabase, shareId, lost), lost, use);
  }
}

async function trusted<T>(store: SharedStore, lost: () => void, use: (store: SharedStore) => Promise<T>): Promise<T> {
  const { cursor } = await store.position();
  const used = await readBy(store, use);
  let isTold = false;
  store.onDamaged(() => {
    // What was loaded just here and is damaged already would be so again: no desk loads over and over.
    if (cursor === '' || isTold) return;
    isTold = true;
    // Without the mark it would be opened as it is and be lost again; whoever read it hears that it can't be read.
    store.markDamaged().then(lost, () => undefined);
  });
  return used;
}

/** Nothing of it is taken for gone that is only damaged. Closed when it can't be read. */
async function readBy<T>(store: SharedStore, use: (store: SharedStore) => Promise<T>): Promise<T> {
  store.onDamaged(() => undefined);
  try {
    if (await store.isDamaged()) throw new DamagedDatabase();
    return await use(store);
  } catch (cause) {
    store.close();
    throw cause;
  }
}

/** Opens it as it is; what is damaged is as if it were not here. */
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
