import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { err, ok, type Result } from '#domain/result.ts';
import type { SharedLog } from '#sync/authority/shared-log.ts';
import { type Driver, StoreError } from './driver.ts';
import { EMBEDDED_VERSION, openFolder, versionOf } from './durable-folder.ts';
import { lockFolder } from './folder-lock.ts';
import { migrate, type NewerDatabase } from './migrate.ts';
import { createPgDriver } from './pg-driver.ts';
import { createPgliteDriver } from './pglite-driver.ts';
import { createSqlLog } from './sql-log.ts';

/** Where the data is: a PostgreSQL, a folder for the embedded one, or nowhere once the process ends. */
export type StorePlace =
  | { readonly kind: 'postgres'; readonly url: string }
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'memory' };

/**
 * `folderInUse`: another process has the data folder. `unreachable`: no answer from the database, or it refused us.
 * `notDurable`: it is set to lose what it has confirmed when the power goes. `notUtf8`: it cannot hold all that people
 * write. `newerDatabase`: see there. `otherVersion`: the folder is of another major version of PostgreSQL than the
 * embedded one.
 */
export type OpenFault =
  | NewerDatabase
  | { readonly code: 'folderInUse' | 'notDurable' | 'notUtf8' }
  | { readonly code: 'otherVersion'; readonly found: string; readonly embedded: string }
  | { readonly code: 'unreachable'; readonly reason: string };

export interface Store {
  readonly log: SharedLog;
  /** For other tables in the same database, and for telling other nodes. */
  readonly driver: Driver;
  /** Waits for what is under way. */
  close(): Promise<void>;
}

/** Opens the database and brings it to this build's form. */
export async function openStore(place: StorePlace): Promise<Result<Store, OpenFault>> {
  if (place.kind === 'memory') return prepared(createPgliteDriver(await PGlite.create()));
  if (place.kind === 'folder') return inFolder(place.folder);
  return prepared(createPgDriver({ url: place.url }), true);
}

async function inFolder(folder: string): Promise<Result<Store, OpenFault>> {
  mkdirSync(folder, { recursive: true });
  const unlock = lockFolder(folder);
  if (unlock === null) return err({ code: 'folderInUse' });
  try {
    const database = join(folder, 'database');
    const found = versionOf(database);
    if (found !== null && found !== EMBEDDED_VERSION) {
      unlock();
      return err({ code: 'otherVersion', found, embedded: EMBEDDED_VERSION });
    }
    const driver = createPgliteDriver(await openFolder(database));
    const close = async () => {
      await driver.close();
      unlock();
    };
    return await prepared({ ...driver, close });
  } catch (error) {
    unlock();
    throw error;
  }
}

async function prepared(driver: Driver, checked = false): Promise<Result<Store, OpenFault>> {
  const refused = async (fault: OpenFault) => {
    await driver.close();
    return err(fault);
  };
  try {
    const unfit = checked ? await unfitness(driver) : null;
    if (unfit !== null) return await refused({ code: unfit });
    const migrated = await migrate(driver);
    if (!migrated.ok) return await refused(migrated.error);
    return ok({ log: createSqlLog(driver), driver, close: () => driver.close() });
  } catch (error) {
    await driver.close();
    const reason = databaseFault(error);
    if (reason === null) throw error;
    return err({ code: 'unreachable', reason });
  }
}

async function unfitness(driver: Driver): Promise<'notDurable' | 'notUtf8' | null> {
  const rows = await driver.query<{ readonly name: string; readonly setting: string }>(
    `select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'server_encoding')`,
  );
  const settings = new Map(rows.map(({ name, setting }) => [name, setting]));
  if (settings.get('server_encoding') !== 'UTF8') return 'notUtf8';
  return ['fsync', 'synchronous_commit'].some((name) => settings.get(name) === 'off') ? 'notDurable' : null;
}

/** Why the database failed, in its own words or the network's; null when it is a bug of ours. */
export function databaseFault(error: unknown): string | null {
  const cause = error instanceof StoreError ? error.cause : error;
  if (!(cause instanceof Error)) return null;
  const code = 'code' in cause ? String(cause.code) : '';
  // No such database or role, wrong password, no permission.
  if (error instanceof StoreError || /^(28|3D000|42501)/.test(code)) return cause.message || code;
  return null;
}
