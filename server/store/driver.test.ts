import { describe, expect, it } from 'vitest';
import { type Driver, StoreError } from './driver.ts';
import { createPgDriver } from './pg-driver.ts';
import { findPostgres } from './testing/postgres.suite.ts';
import { clusterOf, embedded, emptyDatabases } from './testing/stores.suite.ts';

const CONTENTION = `do $$ begin raise exception 'again' using errcode = '40001'; end $$`;

function driverSuite(make: () => Promise<Driver>): void {
  const table = async () => {
    const driver = await make();
    await driver.script('create table things (name text primary key, size bigint)');
    return driver;
  };
  const names = async (driver: Driver) =>
    (await driver.query<{ readonly name: string }>('select name from things order by name')).map(({ name }) => name);
  const add = 'insert into things (name) values ($1)';

  it('answers numbers as numbers, and takes arrays and JSON', async () => {
    const driver = await make();
    const rows = await driver.query(
      `select 9007199254740991::bigint as big, count(*) as count, true as yes, null as none, $2::jsonb as json,
        array_agg(name order by place) as names from unnest($1::text[]) with ordinality as t (name, place)`,
      [['a', '"b\\', null, ',{}', ''], '{"a":[1]}'],
    );
    const names = ['a', '"b\\', null, ',{}', ''];
    expect(rows).toEqual([{ big: 9007199254740991, count: 5, yes: true, none: null, json: { a: [1] }, names }]);
  });

  it('keeps all of a transaction, or nothing when its work throws', async () => {
    const driver = await table();
    await driver.transaction('write', async (queries) => {
      await queries.query(add, ['a']);
      await queries.query(add, ['b']);
    });
    const broken = driver.transaction('write', async (queries) => {
      await queries.query(add, ['c']);
      throw new Error('not so');
    });
    await expect(broken).rejects.toThrow('not so');
    expect(await names(driver)).toEqual(['a', 'b']);
  });

  it('keeps nothing of a transaction in which a statement failed, though its work went on', async () => {
    const driver = await table();
    const deaf = driver.transaction('write', async (queries) => {
      await queries.query(add, ['a']);
      await queries.query(add, ['a']).catch(() => undefined);
      return 'all is well';
    });
    await expect(deaf).rejects.toMatchObject({ code: '23505' });
    expect(await names(driver)).toEqual([]);
  });

  it('writes nothing in a transaction that reads', async () => {
    const driver = await table();
    const writing = driver.transaction('read', (queries) => queries.query(add, ['a']));
    await expect(writing).rejects.toMatchObject({ code: '25006' });
  });

  it('runs a transaction again when another was in its way, and gives up after a few times', async () => {
    const driver = await table();
    let times = 0;
    const result = await driver.transaction('write', async (queries) => {
      times += 1;
      await queries.query(add, [`time ${times}`]);
      if (times < 3) await queries.script(CONTENTION);
      return times;
    });
    expect([result, await names(driver)]).toEqual([3, ['time 3']]);
    times = 0;
    const hopeless = driver.transaction('write', async (queries) => {
      times += 1;
      await queries.script(CONTENTION);
    });
    await expect(hopeless).rejects.toMatchObject({ name: 'StoreError', code: 'contended' });
    expect(times).toBe(5);
  });

  it('tells who listens to a channel, and no one after that', async () => {
    const driver = await make();
    const heard: (string | null)[] = [];
    const all = new Promise<void>((resolve) => {
      void driver.listen('other', () => resolve());
    });
    const stop = await driver.listen('news', (message) => heard.push(message));
    await driver.notify('news', "it's 1");
    await driver.notify('news', '2');
    await driver.notify('other', '');
    await all;
    await stop();
    await driver.notify('news', '3');
    await driver.notify('other', '');
    expect(heard).toEqual(["it's 1", '2']);
  });
}

describe('the driver of PGlite', () => driverSuite(emptyDatabases(embedded)));

const postgres = findPostgres();
describe.skipIf(postgres === null)('the driver of PostgreSQL', () => {
  const cluster = clusterOf(postgres ?? '');
  const open: Driver[] = [];
  const make = async () => {
    const driver = createPgDriver({ url: await cluster().database() });
    open.push(driver);
    return driver;
  };
  const endOthers = `select pg_terminate_backend(pid) from pg_stat_activity
    where pid <> pg_backend_pid() and datname = current_database() and query ilike $1`;
  driverSuite(make);

  it('listens on another connection when its own breaks, and says that something may have been missed', async () => {
    const driver = await make();
    const heard: (string | null)[] = [];
    let next: () => void = () => undefined;
    const nextMessage = () =>
      new Promise<void>((resolve) => {
        next = resolve;
      });
    await driver.listen('news', (message) => {
      heard.push(message);
      next();
    });
    const reopened = nextMessage();
    expect(await driver.query(endOthers, ['listen%'])).toHaveLength(1);
    await reopened;
    const told = nextMessage();
    await driver.notify('news', 'back');
    await told;
    expect(heard).toEqual([null, 'back']);
  });

  it('calls a connection that is lost in the midst unreachable, and is well again with the next', async () => {
    const driver = await make();
    await driver.script('create table things (name text)');
    const lost = driver.transaction('write', async (queries) => {
      await queries.query(`insert into things values ('a')`);
      await driver.query(endOthers, ['insert into things%']);
      await queries.query(`insert into things values ('b')`);
    });
    await expect(lost).rejects.toMatchObject({ name: 'StoreError', code: 'unreachable' });
    expect(await driver.query('select * from things')).toEqual([]);
  });

  it('does not claim to know what became of a commit whose connection was lost', async () => {
    const driver = await make();
    await driver.script('create table things (name text)');
    const lost = driver.transaction('write', async (queries) => {
      await queries.query(`insert into things values ('a')`);
      await driver.query(endOthers, ['insert into things%']);
    });
    await expect(lost).rejects.toMatchObject({ name: 'StoreError', code: 'outcomeUnknown' });
  });

  it('closes when told, listeners and all', async () => {
    await Promise.all(open.map((driver) => driver.close()));
    const closed = open[0]?.transaction('read', async () => undefined);
    await expect(closed).rejects.toBeInstanceOf(StoreError);
  });
});
