import { describe, expect, it } from 'vitest';
import { type Migration, migrate, ownMigrations } from './migrate.ts';
import { openStore } from './open.ts';
import { createPgDriver } from './pg-driver.ts';
import { findPostgres } from './testing/postgres.suite.ts';
import { clusterOf, embedded, emptyDatabases, opened } from './testing/stores.suite.ts';

const [first, ...others] = ownMigrations();
const ADDITION: Migration = { name: '9000-addition', statements: 'create table addition (value text)' };

describe('migrations', () => {
  const empty = emptyDatabases(embedded);

  it('are numbered without a gap, and the first makes the log', () => {
    expect(first?.name).toBe('0001-first');
    expect(ownMigrations().map(({ name }) => Number(name.slice(0, 4)))).toEqual(
      [first, ...others].map((_, at) => at + 1),
    );
  });

  it('are applied once each, in order', async () => {
    const driver = await empty();
    const names = ownMigrations().map(({ name }) => name);
    expect(await migrate(driver)).toEqual({ ok: true, value: names });
    expect(await migrate(driver)).toEqual({ ok: true, value: [] });
    expect(await migrate(driver, [...ownMigrations(), ADDITION])).toEqual({ ok: true, value: [ADDITION.name] });
  });

  it('refuse a database of a newer build by name, and leave it as it is', async () => {
    const driver = await empty();
    await migrate(driver, [ADDITION]);
    const refusal = { ok: false, error: { code: 'newerDatabase', migration: ADDITION.name } };
    expect(await migrate(driver)).toEqual(refusal);
    expect(await driver.query('select name from migrations')).toEqual([{ name: ADDITION.name }]);
  });

  it('leave nothing of one that fails', async () => {
    const driver = await empty();
    const broken: Migration = { name: '9001-broken', statements: 'create table half (value text); select nonsense' };
    await expect(migrate(driver, [...ownMigrations(), broken])).rejects.toThrow('nonsense');
    expect(await driver.query(`select to_regclass('half') as half, to_regclass('log_head') as head`)).toEqual([
      { half: null, head: null },
    ]);
    expect((await migrate(driver)).ok).toBe(true);
  });
});

const postgres = findPostgres();
describe.skipIf(postgres === null)('migrations of PostgreSQL', () => {
  const cluster = clusterOf(postgres ?? '');

  it('are applied once each by several nodes that start at once', async () => {
    const url = await cluster().database();
    const drivers = Array.from({ length: 6 }, () => createPgDriver({ url, connections: 1 }));
    const migrated = await Promise.all(drivers.map((driver) => migrate(driver)));
    const applied = migrated.map((result) => result.ok && result.value.length);
    expect(applied.toSorted()).toEqual([0, 0, 0, 0, 0, ownMigrations().length]);
    expect(await drivers[0]?.query('select count(*) as count from log_head')).toEqual([{ count: 1 }]);
    await Promise.all(drivers.map((driver) => driver.close()));
  });

  it('refuse a database of a newer build when the store opens', async () => {
    const url = await cluster().database();
    const store = await opened({ kind: 'postgres', url });
    await store.driver.query(`insert into migrations (name) values ($1)`, [ADDITION.name]);
    await store.close();
    expect(await openStore({ kind: 'postgres', url })).toEqual({
      ok: false,
      error: { code: 'newerDatabase', migration: ADDITION.name },
    });
  });

  it('are not begun on a database that would lose what it confirmed', async () => {
    const url = await cluster().database();
    const store = await opened({ kind: 'postgres', url });
    await store.driver.script(`do $$ begin
      execute format('alter database %I set synchronous_commit = off', current_database());
    end $$`);
    await store.close();
    expect(await openStore({ kind: 'postgres', url })).toEqual({ ok: false, error: { code: 'notDurable' } });
  });

  it('are not begun on a database that could not hold what people write', async () => {
    const url = await cluster().database('LATIN1');
    expect(await openStore({ kind: 'postgres', url })).toEqual({ ok: false, error: { code: 'notUtf8' } });
  });

  it('tell in the words of the database why it cannot be opened', async () => {
    const url = (await cluster().database()).replace(/desk\d+/, 'elsewhere');
    expect(await openStore({ kind: 'postgres', url })).toEqual({
      ok: false,
      error: { code: 'unreachable', reason: expect.stringContaining('"elsewhere" does not exist') },
    });
    const nobody = await openStore({ kind: 'postgres', url: 'postgres://nobody@127.0.0.1:1/none' });
    expect(nobody).toEqual({ ok: false, error: { code: 'unreachable', reason: expect.stringContaining('REFUSED') } });
  });
});
