// Before Dexie, which looks for the browser's database once, when it is loaded.
import 'fake-indexeddb/auto';

import { describe, expect, it } from 'vitest';
import { DeskDb } from '#renderer/data/desk-db.ts';
import { DeskStore } from '#renderer/data/desk-store.ts';
import { tablesOf } from './desk-tables.suite.ts';
import { everything, introduced, nextId, recordArgs, type TestDesk, testDesk } from './engine-harness.suite.ts';
import { SnapshotKeeper } from './snapshots.ts';

/** Takes a snapshot of a stopped desk, as the housekeeper would at idle. */
async function snapshot(desk: TestDesk): Promise<void> {
  const opened = await desk.host.journal.open();
  if (!opened.ok) throw new Error(opened.error.code);
  const db = new DeskDb(desk.databaseName);
  await db.open();
  const store = await DeskStore.on(db);
  const keeper = new SnapshotKeeper({
    host: desk.host,
    opening: opened.value,
    store,
    newId: nextId,
    now: () => Date.UTC(2026, 0, 6),
    breathe: async () => undefined,
    signal: new AbortController().signal,
  });
  await keeper.begin();
  await keeper.take();
  db.close();
}

async function deskWith(texts: readonly string[]): Promise<{ desk: TestDesk; personId: string; ids: string[] }> {
  const desk = testDesk();
  const window = desk.window();
  const personId = await introduced(window);
  const ids: string[] = [];
  for (const text of texts) {
    const args = recordArgs(text);
    ids.push(args.incidentId);
    await window.submit(personId, 'incident.record', args);
  }
  await desk.engine.stop();
  return { desk, personId, ids };
}

const shown = async (desk: TestDesk, personId: string) => {
  const list = await desk.window().watch('list', { personId, spec: everything, from: 0, to: 50 });
  return list.rows.map((row) => `${row.number} ${row.shortDescription} ${row.state}`);
};

describe('a snapshot', { timeout: 30_000 }, () => {
  it('gives everything back to an empty database, with what the journal has since', async () => {
    const { desk, personId, ids } = await deskWith(['one', 'two']);
    await snapshot(desk);
    const later = desk.restart();
    const window = later.window();
    await window.submit(personId, 'incident.start', { incidentId: ids[0] ?? '' });
    await window.submit(personId, 'incident.record', recordArgs('three'));
    await later.engine.stop();
    const before = await tablesOf(desk.databaseName);
    const anew = later.restart({ databaseName: `anew ${desk.databaseName}` });
    await anew.ready();
    expect(anew.engine.status()).toMatchObject({ rebuilt: { reason: 'empty', incidents: 3 } });
    expect(await tablesOf(anew.databaseName)).toEqual(before);
    expect(await shown(anew, personId)).toEqual([
      'INC0000001 one inProgress',
      'INC0000002 two new',
      'INC0000003 three new',
    ]);
  });

  it('rewrites only pages that changed, and the second lets go of what the first covers', async () => {
    const { desk, personId } = await deskWith(Array.from({ length: 40 }, (_, at) => `incident ${at}`));
    await snapshot(desk);
    const first = desk.disk.manifests.at(-1);
    expect(desk.disk.frames.size).toBe(desk.disk.lastLsn);
    const later = desk.restart();
    await later.window().submit(personId, 'incident.record', recordArgs('one more'));
    await later.engine.stop();
    await snapshot(later);
    const second = desk.disk.manifests.at(-1);
    const kept = new Map(first?.pages.map((page) => [page.name, page.hash]));
    const rewritten = second?.pages.filter((page) => kept.get(page.name) !== page.hash).map((page) => page.name) ?? [];
    expect(rewritten.filter((name) => name.startsWith('bucket/'))).toHaveLength(1);
    expect(second?.startLsn).toBe(desk.disk.lastLsn);
    expect(Math.min(...desk.disk.frames.keys())).toBe((first?.startLsn ?? 0) + 1);
  });

  it('is enough when the journal no longer holds what it covers', async () => {
    const { desk, personId } = await deskWith(['one', 'two']);
    await snapshot(desk);
    const later = desk.restart();
    await later.window().submit(personId, 'incident.record', recordArgs('three'));
    await later.engine.stop();
    await snapshot(later);
    const anew = later.restart({ databaseName: `anew ${desk.databaseName}` });
    expect(await shown(anew, personId)).toEqual(['INC0000001 one new', 'INC0000002 two new', 'INC0000003 three new']);
    const again = await anew.window().submit(personId, 'incident.record', recordArgs('four'));
    expect(again).toMatchObject({ ok: true, value: { number: 'INC0000004' } });
  });

  it('takes the place of a database that is older than the journal reaches back', async () => {
    const { desk, personId } = await deskWith(['one']);
    const old = `old ${desk.databaseName}`;
    const copy = desk.restart({ databaseName: old });
    await copy.ready();
    await copy.engine.stop();
    const later = copy.restart({ databaseName: desk.databaseName });
    for (const text of ['two', 'three']) await later.window().submit(personId, 'incident.record', recordArgs(text));
    await later.engine.stop();
    await snapshot(later);
    const more = later.restart();
    await more.window().submit(personId, 'incident.record', recordArgs('four'));
    await more.engine.stop();
    await snapshot(more);
    const put = more.restart({ databaseName: old });
    await put.ready();
    expect(put.engine.status()).toMatchObject({ phase: 'ready', rebuilt: { reason: 'older', incidents: 4 } });
    expect(await shown(put, personId)).toHaveLength(4);
  });

  it('is gone back to when a database is older than an import whose stage was let go', async () => {
    const { desk, personId } = await deskWith(['one']);
    const old = `old ${desk.databaseName}`;
    const copy = desk.restart({ databaseName: old });
    await copy.ready();
    await copy.engine.stop();
    const later = copy.restart({ databaseName: desk.databaseName });
    await later.window().call('loadSample', { seed: 3, incidents: 40 });
    await later.engine.stop();
    const frames = new Map(desk.disk.frames);
    await snapshot(later);
    const more = later.restart();
    await more.window().submit(personId, 'incident.record', recordArgs('two'));
    await more.engine.stop();
    await snapshot(more);
    expect(desk.disk.stages.size).toBe(0);
    // Segments go as a whole: frames of a segment that is still needed are there although their stage is not.
    for (const [lsn, text] of frames) desk.disk.frames.set(lsn, text);
    const put = more.restart({ databaseName: old });
    await put.ready();
    expect(put.engine.status()).toMatchObject({ phase: 'ready', rebuilt: { reason: 'older', incidents: 42 } });
  });
});
