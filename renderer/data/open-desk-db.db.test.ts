import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import { deleteDeskDb, openDeskDb, storedVersion } from './open-desk-db.ts';
import { diagnose } from './open-failure.ts';
import { KNOWN_VERSION } from './versions/registry.ts';

const opened = async (name: string) => {
  const result = await openDeskDb(name, () => undefined);
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};

const raw = (name: string, version: number) =>
  new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(name, version);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

describe('the desk database', () => {
  it('says in which version it lies on the device, without being opened', async () => {
    expect(await storedVersion('nowhere')).toBeNull();
    (await opened('here')).close();
    expect(await storedVersion('here')).toBe(KNOWN_VERSION);
  });

  it('is refused by its version when a newer build wrote it, and stays as it is', async () => {
    (await raw('future', 70)).close();
    const refused = await openDeskDb('future', () => undefined);
    expect(refused).toEqual({ ok: false, error: { code: 'newer', names: ['version 7'] } });
    expect(await storedVersion('future')).toBe(7);
  });

  it('opens also when the browser never says what databases there are, as after a full disk', async () => {
    (await opened('mute')).close();
    const asked = vi.spyOn(indexedDB, 'databases').mockReturnValue(new Promise(() => undefined));
    (await opened('mute')).close();
    (await raw('mute future', 70)).close();
    const refused = await openDeskDb('mute future', () => undefined);
    expect(refused).toMatchObject({ ok: false, error: { code: 'newer' } });
    asked.mockRestore();
  });

  it('steps aside when a newer build wants to upgrade it', async () => {
    const db = await opened('shared');
    const newer = await raw('shared', 70);
    expect(db.isOpen()).toBe(false);
    newer.close();
  });

  it('can be deleted while a page still has it open', async () => {
    const db = await opened('held');
    await db.meta.put({ key: 'stages', value: [] });
    expect(await deleteDeskDb('held')).toEqual({ ok: true, value: null });
    const fresh = await opened('held');
    expect(await fresh.meta.count()).toBe(0);
    fresh.close();
  });
});

describe('a failure of the database', () => {
  const named = (name: string, inner?: unknown) =>
    Object.assign(new Error('text that must not matter'), { name, inner });

  it('is told apart by the names of its errors', () => {
    expect(diagnose(named('QuotaExceededError')).code).toBe('quota');
    expect(diagnose(named('AbortError', named('QuotaExceededError'))).code).toBe('quota');
    expect(diagnose(named('VersionError')).code).toBe('newer');
    expect(diagnose(named('OpenFailedError', named('SecurityError'))).code).toBe('unavailable');
    expect(diagnose(named('UnknownError')).code).toBe('damaged');
    expect(diagnose('no error at all').code).toBe('damaged');
    expect(diagnose(named('AbortError', named('QuotaExceededError'))).names).toEqual([
      'AbortError',
      'QuotaExceededError',
    ]);
  });
});
