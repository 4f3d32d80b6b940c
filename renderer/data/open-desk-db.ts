import { err, ok, type Result } from '#domain/result.ts';
import { DeskDb } from './desk-db.ts';
import { type DatabaseError, diagnose } from './open-failure.ts';
import { KNOWN_VERSION } from './versions/registry.ts';

/** Dexie multiplies its version by ten for the browser. */
const DEXIE_FACTOR = 10;
const BLOCKED_AFTER_MS = 5_000;
/** After a full disk Chromium may never answer what databases there are; opening one it does. */
const LISTING_MAY_TAKE_MS = 1_500;
const noAnswerIn = (milliseconds: number): Promise<IDBDatabaseInfo[]> =>
  new Promise((resolve) => setTimeout(() => resolve([]), milliseconds));

/** The version in which a database lies on this device; null when there is none, or the browser can't say. */
export async function storedVersion(name: string): Promise<number | null> {
  if (typeof indexedDB.databases !== 'function') return null;
  const all = await Promise.race([indexedDB.databases(), noAnswerIn(LISTING_MAY_TAKE_MS)]);
  const found = all.find((database) => database.name === name);
  return found?.version === undefined ? null : found.version / DEXIE_FACTOR;
}

const newer = (version: number): DatabaseError => ({ code: 'newer', names: [`version ${version}`] });

/**
 * Opens the desk database, or says why not. A database from a newer build is refused by its version before it is
 * opened, because Dexie would silently open it without one and write rows the newer build can't read.
 */
export async function openDeskDb(name: string, onLost: () => void): Promise<Result<DeskDb, DatabaseError>> {
  if (typeof indexedDB === 'undefined') return err({ code: 'unavailable', names: [] });
  try {
    const version = await storedVersion(name);
    if (version !== null && version > KNOWN_VERSION) return err(newer(version));
    const db = new DeskDb(name);
    const opened = await openOrBlocked(db);
    if (!opened.ok) return opened;
    const actual = db.backendDB().version / DEXIE_FACTOR;
    if (actual > KNOWN_VERSION) {
      db.close();
      return err(newer(actual));
    }
    db.onLost(onLost);
    return ok(db);
  } catch (cause) {
    return err(diagnose(cause));
  }
}

/** Another page that keeps an older version open blocks an upgrade; it has five seconds to let go. */
async function openOrBlocked(db: DeskDb): Promise<Result<null, DatabaseError>> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const blocked = new Promise<Result<null, DatabaseError>>((resolve) => {
    db.on('blocked', () => {
      timer ??= setTimeout(() => resolve(err({ code: 'blocked', names: [] })), BLOCKED_AFTER_MS);
    });
  });
  // A newer build in another window wants to upgrade: stand aside at once, or it waits for us for ever.
  db.on('versionchange', () => db.close());
  const opening = db.open().then(() => ok(null));
  const outcome = await Promise.race([opening, blocked]).finally(() => clearTimeout(timer));
  if (!outcome.ok) {
    opening.catch(() => undefined);
    db.close();
  }
  return outcome;
}

/** Removes the database for good; what it held is rebuilt from snapshot and journal. */
export async function deleteDeskDb(name: string): Promise<Result<null, DatabaseError>> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(err({ code: 'blocked', names: [] })), BLOCKED_AFTER_MS);
    const done = (outcome: Result<null, DatabaseError>) => {
      clearTimeout(timer);
      resolve(outcome);
    };
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => done(ok(null));
    request.onerror = () => done(err(diagnose(request.error)));
  });
}
