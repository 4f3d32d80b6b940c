import { afterEach, describe, expect, it, vi } from 'vitest';
import { everything, introduced, recordArgs, testDesk } from './engine-harness.suite.ts';

/** What Chromium answers when its own files are damaged: neither opening nor deleting works, now and ever after. */
function refused(): IDBOpenDBRequest {
  const error = new DOMException('Internal error opening backing store', 'UnknownError');
  const request = { error, onerror: null as ((event: unknown) => void) | null };
  const event = { target: request, preventDefault: () => undefined, stopPropagation: () => undefined };
  setTimeout(() => request.onerror?.(event), 0);
  return request as unknown as IDBOpenDBRequest;
}

afterEach(() => vi.restoreAllMocks());

describe('a database whose files are damaged', () => {
  it('is thrown away by the machine and made anew from the journal', async () => {
    const first = testDesk();
    const window = first.window();
    const person = await introduced(window);
    await window.submit(person, 'incident.record', recordArgs('Printer on fire'));
    first.kill();
    const opening = vi.spyOn(indexedDB, 'open').mockImplementation(refused);
    const deleting = vi.spyOn(indexedDB, 'deleteDatabase').mockImplementation(refused);
    const reset = async () => {
      opening.mockRestore();
      deleting.mockRestore();
      return true;
    };
    const second = first.restart({ alter: ({ database }) => ({ database: { ...database, reset } }) });
    await second.ready();
    expect(second.engine.status()).toMatchObject({ phase: 'ready', rebuilt: { reason: 'damaged', incidents: 1 } });
    const list = await second.window().watch('list', { personId: person, spec: everything, from: 0, to: 10 });
    expect(list.rows.map((row) => row.shortDescription)).toEqual(['Printer on fire']);
  });

  it('that nobody can throw away stops the desk, which keeps the journal as it is', async () => {
    const first = testDesk();
    const window = first.window();
    const person = await introduced(window);
    await window.submit(person, 'incident.record', recordArgs('Printer on fire'));
    const lsn = first.disk.lastLsn;
    first.kill();
    vi.spyOn(indexedDB, 'open').mockImplementation(refused);
    vi.spyOn(indexedDB, 'deleteDatabase').mockImplementation(refused);
    const second = first.restart();
    await second.ready();
    expect(second.engine.status().phase).toBe('blocked');
    expect(second.disk.lastLsn).toBe(lsn);
  });
});
