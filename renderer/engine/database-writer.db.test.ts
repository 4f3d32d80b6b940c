// Before Dexie, which looks for the browser's database once, when it is loaded.
import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DeskStore } from '#renderer/data/desk-store.ts';
import { tablesOf } from './desk-tables.suite.ts';
import { everything, introduced, nextId, recordArgs, testDesk } from './engine-harness.suite.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const failure = (name: string) => Object.assign(new Error('refused'), { name });

/** The database refuses until told otherwise. */
function refusing(name: string): { relent(): void } {
  const spy = vi.spyOn(DeskStore.prototype, 'apply').mockRejectedValue(failure(name));
  return { relent: () => spy.mockRestore() };
}

describe('a database that can not be written', { timeout: 30_000 }, () => {
  it('for want of space keeps nobody from working, and follows when there is space', async () => {
    const waiting: (() => void)[] = [];
    const desk = testDesk({
      environment: {
        after: (milliseconds, callback) => {
          if (milliseconds >= 2_000) waiting.push(callback);
          else setTimeout(callback, milliseconds);
          return () => undefined;
        },
      },
    });
    const window = desk.window();
    const personId = await introduced(window);
    const database = refusing('QuotaExceededError');
    const args = recordArgs('kept in the journal');
    expect(await window.submit(personId, 'incident.record', args)).toMatchObject({ ok: true });
    await window.watch('status', {}, (status) => status.trouble === 'diskFull');
    const list = await window.watch('list', { personId, spec: everything, from: 0, to: 10 });
    expect(list.rows).toHaveLength(1);
    const note = { incidentId: args.incidentId, entryId: nextId(), body: 'and worked on' };
    expect(await window.submit(personId, 'incident.note', note)).toMatchObject({ ok: true });
    const shown = await window.watch('incident', { idOrNumber: args.incidentId });
    expect(shown?.timeline.map((activity) => activity.type)).toEqual(['incident.recorded', 'incident.note']);
    database.relent();
    for (const callback of waiting.splice(0)) callback();
    await window.watch('status', {}, (status) => status.trouble === null && status.appliedLsn === status.lastLsn);
    expect((await tablesOf(desk.databaseName)).incidents).toHaveLength(1);
    expect((await tablesOf(desk.databaseName)).activities).toHaveLength(5);
  });

  it('because it went bad is made anew while windows wait', async () => {
    const desk = testDesk();
    const window = desk.window();
    const personId = await introduced(window);
    await window.submit(personId, 'incident.record', recordArgs('one'));
    const database = refusing('UnknownError');
    await window.submit(personId, 'incident.record', recordArgs('two'));
    database.relent();
    await window.watch('status', {}, (status) => status.phase === 'ready' && status.appliedLsn === status.lastLsn);
    const list = await window.watch('list', { personId, spec: everything, from: 0, to: 10 });
    expect(list.rows.map((row) => row.shortDescription)).toEqual(['one', 'two']);
    expect(await window.submit(personId, 'incident.record', recordArgs('three'))).toMatchObject({ ok: true });
  });

  it('and can not be made anew either is said to be blocked, not tried for ever, and nothing saved is lost', async () => {
    const desk = testDesk();
    const window = desk.window();
    const personId = await introduced(window);
    const database = refusing('UnknownError');
    expect(await window.submit(personId, 'incident.record', recordArgs('one'))).toMatchObject({ ok: true });
    await window.watch('status', {}, (status) => status.phase === 'blocked' && status.trouble === 'databaseBlocked');
    expect(desk.host.logged.filter((line) => line.event === 'bringingUp')).toHaveLength(2);
    const refused = await window.submit(personId, 'incident.record', recordArgs('two'));
    expect(refused).toEqual({ ok: false, error: { code: 'notReady' } });
    database.relent();
    await window.call('retry', {});
    expect(desk.engine.status()).toMatchObject({ phase: 'ready', trouble: null });
    const list = await window.watch('list', { personId, spec: everything, from: 0, to: 10 });
    expect(list.rows.map((row) => row.shortDescription)).toEqual(['one']);
  });
});
