// Before Dexie, which looks for the browser's database once, when it is loaded.
import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DeskStore } from '#renderer/data/desk-store.ts';
import { AbortedWrite, diagnose } from '#renderer/data/open-failure.ts';
import { everything, introduced, recordArgs, testDesk } from './engine-harness.suite.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a full disk on which Chromium closes its database without a reason', { timeout: 30_000 }, () => {
  it('is called by its name, takes nothing away, and is over as soon as there is space', async () => {
    const looks: (() => void)[] = [];
    let full = false;
    const desk = testDesk({
      environment: {
        after: (milliseconds, callback) => {
          if (milliseconds >= 2_000) looks.push(callback);
          else setTimeout(callback, milliseconds);
          return () => undefined;
        },
      },
      // The journal has its reserve; small files have none.
      alter: ({ settings }) => ({
        settings: {
          ...settings,
          write: async (values) => (full ? { ok: false, error: { code: 'diskFull' } } : settings.write(values)),
        },
      }),
    });
    const window = desk.window();
    const personId = await introduced(window);
    await window.submit(personId, 'incident.record', recordArgs('Before'));
    await window.watch('status', {}, (status) => status.appliedLsn === status.lastLsn);

    full = true;
    const gone = new AbortedWrite(new DOMException('Internal error committing transaction', 'UnknownError'));
    const write = vi.spyOn(DeskStore.prototype, 'apply').mockRejectedValue(gone);
    const saved = await window.submit(personId, 'incident.record', recordArgs('From the reserve'));
    expect(saved).toMatchObject({ ok: true });
    await window.watch('status', {}, (status) => status.phase === 'ready' && status.trouble === 'diskFull');
    const read = vi.spyOn(DeskStore.prototype, 'commands').mockRejectedValue(new Error('closed'));
    const refused = await window.submit(personId, 'incident.record', recordArgs('Not kept'));
    expect(refused).toEqual({ ok: false, error: { code: 'diskFull' } });

    // Somebody frees space and sends again before anybody looked: the database is opened for that.
    full = false;
    write.mockRestore();
    read.mockRestore();
    vi.spyOn(DeskStore.prototype, 'commands').mockRejectedValueOnce(new Error('closed'));
    const again = await window.submit(personId, 'incident.record', recordArgs('With space again'));
    expect(again).toMatchObject({ ok: true });
    await window.watch('status', {}, (status) => status.trouble === null && status.appliedLsn === status.lastLsn);
    const list = await window.watch('list', { personId, spec: everything, from: 0, to: 10 }, ({ total }) => total > 2);
    const texts = list.rows.map((row) => row.shortDescription);
    expect(texts).toEqual(['Before', 'From the reserve', 'With space again']);
  });

  it('is not met by the database at all while the machine can tell how much room there is', async () => {
    let free = 0;
    const desk = testDesk({
      alter: ({ database }) => ({ database: { ...database, room: async () => free } }),
      environment: {
        after: (milliseconds, callback) => {
          const timer = setTimeout(callback, Math.min(milliseconds, 20));
          return () => clearTimeout(timer);
        },
      },
    });
    const write = vi.spyOn(DeskStore.prototype, 'apply');
    await desk.ready();
    write.mockClear();
    const window = desk.window();
    const personId = await introduced(window);
    await window.submit(personId, 'incident.record', recordArgs('From the reserve'));
    await window.watch('status', {}, (status) => status.trouble === 'diskFull');
    expect(write).not.toHaveBeenCalled();
    free = 2 ** 30;
    await window.watch('status', {}, (status) => status.trouble === null && status.appliedLsn === status.lastLsn);
    expect(write).toHaveBeenCalled();
  });

  it('finds the reason of an aborted transaction where the browser keeps it', () => {
    const aborted = new AbortedWrite(new DOMException('no space', 'QuotaExceededError'));
    expect(diagnose(aborted)).toEqual({ code: 'quota', names: ['AbortedWrite', 'QuotaExceededError'] });
    const bulk = Object.assign(new Error('1 of 2'), {
      name: 'BulkError',
      failures: [new DOMException('', 'AbortError')],
    });
    expect(diagnose(bulk).names).toEqual(['BulkError', 'AbortError']);
  });
});
