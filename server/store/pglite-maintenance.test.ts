import { PGlite } from '@electric-sql/pglite';
import { expect, it } from 'vitest';
import { createPgliteDriver } from './pglite-driver.ts';

it('keeps the write-ahead log of an embedded database short, however much is written', async () => {
  const database = await PGlite.create();
  const driver = createPgliteDriver(database);
  await driver.script('create table things (body text); alter table things alter column body set storage external');
  const megabyte = 'x'.repeat(1024 * 1024);
  const sinceCheckpoint = async () => {
    const rows = await driver.query<{ readonly megabytes: number }>(
      `select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), redo_lsn)::float8 / 1048576 as megabytes
       from pg_control_checkpoint()`,
    );
    return rows[0]?.megabytes ?? 0;
  };
  let longest = 0;
  for (let at = 0; at < 75; at += 1) {
    await driver.transaction('write', (queries) => queries.query('insert into things values ($1)', [megabyte]));
    longest = Math.max(longest, await sinceCheckpoint());
  }
  expect(longest).toBeGreaterThan(32);
  expect(longest).toBeLessThan(60);
  await driver.close();
});
