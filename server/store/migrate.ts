import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { err, ok, type Result } from '#domain/result.ts';
import { chainEarlier } from './chain-earlier.ts';
import type { Driver, Queries } from './driver.ts';
import { tellEarlier } from './tell-earlier.ts';

export interface Migration {
  /** `0001-first`. */
  readonly name: string;
  readonly statements: string;
  /** What statements cannot do, after them. */
  readonly then?: (queries: Queries) => Promise<void>;
}

const THEN: ReadonlyMap<string, Migration['then']> = new Map([
  ['0006-chains', chainEarlier],
  ['0008-scopes', tellEarlier],
]);

/** The database has a migration that this build does not know: a newer build was here. */
export interface NewerDatabase {
  readonly code: 'newerDatabase';
  readonly migration: string;
}

/** "desk" in ASCII: the number of the lock that nodes of this application share. */
const LOCK = 0x6465736b;

/** Those of this build, in order. */
export function ownMigrations(folder = join(import.meta.dirname, 'migrations')): readonly Migration[] {
  return readdirSync(folder)
    .filter((file) => /^\d{4}-.+\.sql$/.test(file))
    .toSorted()
    .map((file) => {
      const name = file.slice(0, -'.sql'.length);
      const then = THEN.get(name);
      const statements = readFileSync(join(folder, file), 'utf8');
      return then === undefined ? { name, statements } : { name, statements, then };
    });
}

/**
 * Brings the database to this build's form, in one transaction under a lock: of several nodes that start at once one
 * does it, and the others find it done. Answers what was applied now.
 */
export async function migrate(
  driver: Driver,
  migrations: readonly Migration[] = ownMigrations(),
): Promise<Result<readonly string[], NewerDatabase>> {
  return driver.transaction('write', async (queries) => {
    await queries.script('set local statement_timeout = 0');
    await queries.query('select pg_advisory_xact_lock($1)', [LOCK]);
    await queries.script(
      `create table if not exists migrations (name text primary key, applied_at timestamptz not null default now())`,
    );
    const rows = await queries.query<{ readonly name: string }>('select name from migrations order by name');
    const applied = new Set(rows.map(({ name }) => name));
    const unknown = rows.find(({ name }) => !migrations.some((known) => known.name === name));
    if (unknown !== undefined) return err({ code: 'newerDatabase', migration: unknown.name });
    const missing = migrations.filter(({ name }) => !applied.has(name));
    for (const { name, statements, then } of missing) {
      await queries.script(statements);
      await then?.(queries);
      await queries.query('insert into migrations (name) values ($1)', [name]);
    }
    return ok(missing.map(({ name }) => name));
  });
}
