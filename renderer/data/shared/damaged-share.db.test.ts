// Before Dexie, which looks for the browser's database once, when it is loaded.
import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it } from 'vitest';
import { entry, held, incident, localChange, positionAt, timeline } from '#sync/client/local-changes.suite.ts';
import { NOWHERE } from '#sync/client/ports.ts';
import { openSharedStore, withSharedStore } from './open-shared-store.ts';
import { DamagedDatabase, SharedDb, sharedDatabaseName } from './shared-db.ts';
import type { SharedStore } from './shared-store.ts';

const LOADED = localChange(positionAt('loaded', 1, { throughSeq: 2 }), {
  incidents: held(1, incident('i', 1), incident('j', 2)),
  timelines: new Map([['i', timeline(1, true, entry('a', 'i', 1))]]),
  dropBefore: 1,
});

let shares = 0;
let share = '';
const open: SharedStore[] = [];
const told: string[] = [];
const trusted = async (use: (store: SharedStore) => Promise<unknown> = async () => null): Promise<SharedStore> => {
  for (const store of open.splice(0)) store.close();
  const store = await withSharedStore(
    'desk',
    share,
    () => told.push('lost'),
    async (found) => {
      await use(found);
      return found;
    },
  );
  open.push(store);
  return store;
};
const loaded = async () => {
  shares += 1;
  share = `damaged ${shares}`;
  told.splice(0);
  const store = await trusted();
  await store.apply(LOADED);
  return store;
};
/** Something happens to what the blocks say. */
const damage = async (how: (db: SharedDb) => Promise<unknown>) => {
  const db = new SharedDb(sharedDatabaseName('desk', share));
  await db.open();
  await how(db);
  db.close();
};
const unparsable = (db: SharedDb) =>
  db.blockLines.toCollection().modify((row) => Object.assign(row, { lines: row.lines.map(() => '{') }));
const missing = (db: SharedDb) => db.blockLines.clear();
const later = () => new Promise((resolve) => setTimeout(resolve, 20));
afterEach(() => {
  for (const store of open.splice(0)) store.close();
});

describe.each([
  ['is missing', missing],
  ['is no JSON', unparsable],
])('what a block says %s', (_, how) => {
  it('and that shows while it is opened: it is made anew at once', async () => {
    await loaded();
    await damage(how);
    const store = await trusted((found) => found.incidents(['i']));
    expect(await store.position()).toEqual(NOWHERE);
    expect(told).toEqual([]);
  });

  it('and that shows later: it is lost, told once, and made anew when it is opened next', async () => {
    await loaded();
    const store = await trusted();
    await damage(how);
    await expect(store.incidents(['i'])).rejects.toThrow(DamagedDatabase);
    await expect(store.timelines(['i'])).rejects.toThrow(DamagedDatabase);
    await later();
    expect(told).toEqual(['lost']);
    expect(await (await trusted()).position()).toEqual(NOWHERE);
  });

  it('and that shows while it is written over: the same, and nothing of the write is kept', async () => {
    await loaded();
    const store = await trusted();
    await damage(how);
    const removing = localChange(positionAt('next', 1, { throughSeq: 3 }), { removed: ['i'] });
    await expect(store.apply(removing)).rejects.toThrow(DamagedDatabase);
    await later();
    expect(told).toEqual(['lost']);
    expect(await store.position()).toEqual(LOADED.position);
  });

  it('and it was loaded since it was opened: it is not loaded over and over', async () => {
    const store = await loaded();
    await damage(how);
    await expect(store.incidents(['i'])).rejects.toThrow(DamagedDatabase);
    await later();
    expect(told).toEqual([]);
    expect(await (await trusted()).position()).toEqual(LOADED.position);
  });

  it('and somebody only takes along what is there: it is as if it were not here', async () => {
    await loaded();
    await damage(how);
    const store = await openSharedStore('desk', share, () => undefined);
    open.push(store);
    expect((await store.incidents(['i', 'j'])).size).toBe(0);
    expect((await store.timelines(['i'])).size).toBe(0);
  });
});
