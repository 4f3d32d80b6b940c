import { describe, expect, it, onTestFinished } from 'vitest';
import type { PullAnswer } from '#contracts/sync/wire.ts';
import { World } from '#sync/authority/log-world.suite.ts';
import { pullPage } from '#sync/authority/pull.ts';
import type { Driver } from './driver.ts';
import { createSqlLog } from './sql-log.ts';
import { opened } from './testing/stores.suite.ts';

async function staffed() {
  const store = await opened({ kind: 'memory' });
  onTestFinished(() => store.close());
  return { store, world: await World.staffed(store.log) };
}

/** Counts what reaches the database. */
function counting(driver: Driver) {
  const asked = { statements: 0, transactions: 0 };
  const counted: Driver = {
    ...driver,
    query: (statement, parameters) => {
      asked.statements += 1;
      return driver.query(statement, parameters);
    },
    transaction: (kind, work) => {
      asked.transactions += 1;
      return driver.transaction(kind, work);
    },
  };
  return { asked, log: createSqlLog(counted) };
}

describe('the newest part of a log', () => {
  it('is read once for all who pull after a change', async () => {
    const { store, world } = await staffed();
    const { asked, log } = counting(store.driver);
    const pull = (device: string, cursor: string): Promise<PullAnswer> =>
      pullPage(log, { device, person: 'ann' }, { cursor, limit: 100 }, { now: world.now });
    const { cursor } = await pull('one', '');
    await world.opened('a');
    await world.note('ann', 'a', 'n1');
    Object.assign(asked, { statements: 0, transactions: 0 });
    const devices = Array.from({ length: 50 }, (_, at) => `desk ${at}`);
    const pages = await Promise.all(devices.map((device) => pull(device, cursor)));
    for (const page of pages) {
      expect(page).toEqual({ ...(await world.page('ann', cursor)), expected: 1 });
    }
    expect(pages[0]).toMatchObject({
      whole: ['a'],
      activities: [{ type: 'incident.recorded' }, { type: 'incident.note' }],
    });
    expect(asked).toEqual({ statements: 1, transactions: 1 });
    expect((await pull('desk', cursor)).expected).toBeGreaterThan(2);
    expect(asked).toEqual({ statements: 2, transactions: 1 });
  });

  it('SPEC 5.3: is forgotten when the database was restored under a node that goes on', async () => {
    const { store, world } = await staffed();
    await world.opened('kept');
    const [state] = await store.driver.query<{ readonly seq: number }>('select seq from log_head');
    const before = state?.seq ?? 0;
    await world.opened('lost');
    const { cursor } = await world.page('ann');
    await world.page('ann', cursor);
    for (const restored of [
      `delete from activities where seq > ${before}`,
      `delete from incidents where first_seq > ${before}`,
      `update log_head set seq = ${before}`,
    ]) {
      await store.driver.script(restored);
    }
    const ids = (page: PullAnswer) => page.incidents.map(({ id }) => id);
    await world.opened('other');
    const page = await world.page('ann', cursor);
    expect([page.begins, ids(page).includes('other'), ids(page).includes('lost')]).toEqual([true, true, false]);
    await world.note('ann', 'other', 'n1');
    expect((await world.page('ann', page.cursor)).activities).toMatchObject([{ type: 'incident.note' }]);
  });

  it('is thrown away when somebody rewrote what was confirmed and drew another version of the directory', async () => {
    const { store, world } = await staffed();
    await world.opened('a');
    const { cursor } = await world.page('ann');
    await world.note('ann', 'a', 'n1');
    const bodies = async () =>
      (await world.page('ann', cursor)).activities.map(({ payload }) => JSON.stringify(payload)).join();
    expect(await bodies()).toContain('n1');
    await store.driver.script(`
      update activities set body = (body::jsonb || '{"payload": {"taken": "away"}}')::text
        where seq = (select seq from log_head);
      update log_head set directory_version = 'another'`);
    expect(await bodies()).toBe('{"taken":"away"}');
  });

  it('says nothing of an incident whose row is damaged, though it knew the row before', async () => {
    const { store, world } = await staffed();
    await world.opened('a');
    const { cursor } = await world.page('ann');
    await world.note('ann', 'a', 'n1');
    expect((await world.page('ann', cursor)).incidents).toMatchObject([{ id: 'a' }]);
    await world.note('ann', 'a', 'n2');
    await store.driver.query(`update incidents set body = 'torn'`);
    await expect(world.page('ann', cursor)).rejects.toThrow();
  });
});
