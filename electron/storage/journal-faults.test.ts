import { expect, test } from 'vitest';
import {
  frames,
  must,
  readAll,
  recordingFrame,
  testDraft,
  testFrame,
  testId,
} from '#contracts/host/host-samples.suite.ts';
import type { StorageOptions } from './storage.ts';
import { TestDisk } from './test-disk.suite.ts';
import { asHost, openQuietly } from './test-host.suite.ts';

const open = async (disk: TestDisk, options: StorageOptions = {}) => {
  const storage = await openQuietly('/data', { fs: disk, ...options });
  const host = asHost(storage);
  const opening = must(await host.journal.open());
  const append = (first: number, last: number) =>
    host.journal.append({ fence: opening.fence, expectedLsn: first, frames: frames(first, last) });
  return { storage, host, opening, append };
};
const isSegment = (path: string) => path.endsWith('.segment');
const segments = (disk: TestDisk) => disk.paths().filter(isSegment);

test('on a full disk nothing of a batch is kept, and the same batch goes in when there is room', async () => {
  const disk = new TestDisk();
  const { host, append } = await open(disk);
  must(await append(1, 2));
  for (const room of [0, 1, 40, 200, 350]) {
    disk.capacity = disk.used() + room;
    expect(await append(3, 4)).toMatchObject({ ok: false, error: { code: 'diskFull' } });
    expect(await readAll(host, 1)).toEqual(frames(1, 2));
    const after = await open(disk.afterKill());
    expect(after.opening).toMatchObject({ lastLsn: 2, quarantined: [], tornTail: false });
  }
  disk.capacity = Number.MAX_SAFE_INTEGER;
  must(await append(3, 4));
  expect(await readAll((await open(disk.afterKill())).host, 1)).toEqual(frames(1, 4));
});

test('the reserve takes what is saved on a full disk, and is written again when there is room', async () => {
  const disk = new TestDisk();
  const reserveBytes = 64 * 1024;
  const { storage, host, append } = await open(disk, { reserveBytes, spareBytes: 1000 });
  await storage.maintain();
  expect(storage.reserveState()).toEqual({ held: reserveBytes, full: reserveBytes });
  disk.capacity = disk.used() + 100;
  for (let lsn = 1; lsn <= 50; lsn += 1) must(await append(lsn, lsn));
  expect(storage.reserveState().held).toBeLessThan(reserveBytes);
  expect(await readAll(host, 1)).toEqual(frames(1, 50));
  await storage.maintain();
  expect(storage.reserveState().held).toBeLessThan(reserveBytes);
  disk.capacity += 100_000;
  await storage.maintain();
  expect(storage.reserveState()).toEqual({ held: reserveBytes, full: reserveBytes });
});

test('with the reserve used up the answer is diskFull, and everything confirmed stays', async () => {
  const disk = new TestDisk();
  const { storage, append } = await open(disk, { reserveBytes: 8000, spareBytes: 0 });
  await storage.maintain();
  disk.capacity = disk.used();
  let confirmed = 0;
  while ((await append(confirmed + 1, confirmed + 1)).ok) confirmed += 1;
  expect(confirmed).toBeGreaterThan(10);
  expect(await append(confirmed + 1, confirmed + 1)).toMatchObject({ ok: false, error: { code: 'diskFull' } });
  const after = await open(disk.afterKill());
  expect(await readAll(after.host, 1)).toEqual(frames(1, confirmed));
});

test('a desk on a full disk still opens, reads, and compacts to make room', async () => {
  const disk = new TestDisk();
  const first = await open(disk, { segmentBytes: 500 });
  for (let lsn = 1; lsn <= 10; lsn += 1) must(await first.append(lsn, lsn));
  const later = disk.afterKill();
  later.capacity = later.used();
  const { host, opening } = await open(later, { segmentBytes: 500 });
  expect(opening.lastLsn).toBe(10);
  expect(await readAll(host, 1)).toEqual(frames(1, 10));
});

test('after a failed sync the segment is abandoned and the frames are written again in a new one', async () => {
  const disk = new TestDisk();
  const { host, append } = await open(disk);
  must(await append(1, 2));
  let failures = 1;
  disk.fault = (operation, path) => (operation === 'sync' && isSegment(path) && failures-- > 0 ? 'EIO' : null);
  must(await append(3, 4));
  disk.fault = () => null;
  expect(segments(disk)).toHaveLength(2);
  must(await append(5, 5));
  expect(await readAll(host, 1)).toEqual(frames(1, 5));
  const after = await open(disk.afterKill());
  expect(after.opening).toMatchObject({ lastLsn: 5, quarantined: [], tornTail: false });
  expect(await readAll(after.host, 1)).toEqual(frames(1, 5));
});

test('frames left in an abandoned segment that could not even be cut are taken over by the new one', async () => {
  const disk = new TestDisk();
  const { host, opening, append } = await open(disk);
  must(await append(1, 2));
  const broken = segments(disk)[0];
  disk.fault = (operation, path) => (path === broken && ['sync', 'truncate'].includes(operation) ? 'EIO' : null);
  must(await append(3, 5));
  disk.fault = () => null;
  const later = disk.afterKill();
  const after = await open(later);
  expect(after.opening).toMatchObject({ lastLsn: 5, quarantined: [], tornTail: false });
  expect(await readAll(after.host, 1)).toEqual(frames(1, 5));
  expect(opening.fence).toBeLessThan(after.opening.fence);
  expect(await readAll(host, 1)).toEqual(frames(1, 5));
});

test('a frame that was answered with an error never comes back in place of what was confirmed later', async () => {
  const disk = new TestDisk();
  const { host, opening, append } = await open(disk);
  must(await append(1, 1));
  disk.fault = (operation, path) =>
    ['sync', 'truncate', 'remove'].includes(operation) && isSegment(path) ? 'EIO' : null;
  expect(await append(2, 4)).toMatchObject({ ok: false, error: { code: 'ioError' } });
  disk.fault = () => null;
  const other = testFrame(2, { body: 'what was saved in the end' });
  must(await host.journal.append({ fence: opening.fence, expectedLsn: 2, frames: [other] }));
  const after = await open(disk.afterKill());
  expect(after.opening.lastLsn).toBe(2);
  expect(await readAll(after.host, 1)).toEqual([...frames(1, 1), other]);
});

test('a draft of a frame that never became durable is kept', async () => {
  const disk = new TestDisk();
  const { host, opening, append } = await open(disk);
  must(await append(1, 1));
  must(await host.drafts.put(testDraft(9)));
  disk.fault = (operation, path) =>
    ['sync', 'truncate', 'remove'].includes(operation) && isSegment(path) ? 'EIO' : null;
  const consuming = [recordingFrame(2, 5000, { draftId: testId(9) })];
  const failed = await host.journal.append({ fence: opening.fence, expectedLsn: 2, frames: consuming });
  expect(failed.ok).toBe(false);
  disk.fault = () => null;
  must(await append(2, 2));
  expect(must(await (await open(disk.afterKill())).host.drafts.list())).toEqual([testDraft(9)]);
});

test('a sync that finds the disk full abandons its segment too, and the reserve pays for the next', async () => {
  const disk = new TestDisk();
  const { storage, append } = await open(disk, { reserveBytes: 8000, spareBytes: 0 });
  await storage.maintain();
  must(await append(1, 1));
  let failures = 1;
  disk.fault = (operation, path) => (operation === 'sync' && isSegment(path) && failures-- > 0 ? 'ENOSPC' : null);
  must(await append(2, 2));
  disk.fault = () => null;
  expect(segments(disk)).toHaveLength(2);
  expect(await readAll((await open(disk.afterKill())).host, 1)).toEqual(frames(1, 2));
});

test('a disk that writes a few bytes at a time changes nothing', async () => {
  const disk = new TestDisk();
  disk.longestWrite = 7;
  const { append } = await open(disk);
  must(await append(1, 5));
  expect(await readAll((await open(disk.afterKill())).host, 1)).toEqual(frames(1, 5));
});

test('when every write fails the answer is ioError, and the journal goes on when the disk does', async () => {
  const disk = new TestDisk();
  const { host, append } = await open(disk);
  must(await append(1, 1));
  disk.fault = (operation) => (operation === 'write' ? 'EIO' : null);
  expect(await append(2, 2)).toMatchObject({ ok: false, error: { code: 'ioError', detail: 'EIO' } });
  disk.fault = () => null;
  must(await append(2, 3));
  expect(await readAll(host, 1)).toEqual(frames(1, 3));
});

test('a failed removal of a consumed draft does not undo the append, and the next start removes it', async () => {
  const disk = new TestDisk();
  const { host, opening } = await open(disk);
  must(await host.drafts.put(testDraft(1)));
  disk.fault = (operation, path) => (operation === 'remove' && path.endsWith('.draft') ? 'EIO' : null);
  const consuming = [recordingFrame(1, 5000, { draftId: testId(1) })];
  must(await host.journal.append({ fence: opening.fence, expectedLsn: 1, frames: consuming }));
  disk.fault = () => null;
  const after = await open(disk.afterKill());
  expect(must(await after.host.drafts.list())).toEqual([]);
});

test('a fresh log cut short by a kill at any step is either not begun or whole', async () => {
  for (let steps = 0; steps < 12; steps += 1) {
    const disk = new TestDisk();
    const { host, opening, append } = await open(disk);
    must(await append(1, 3));
    let left = steps;
    disk.fault = () => (left-- > 0 ? null : 'EIO');
    const restarted = await host.journal.restartAt({ fence: opening.fence, lsn: 50 });
    disk.fault = () => null;
    const after = (await open(disk.afterKill())).opening;
    expect(after.quarantined).toEqual([]);
    expect([3, 50]).toContain(after.lastLsn);
    if (restarted.ok) expect(after).toMatchObject({ lastLsn: 50, firstLsn: 51 });
  }
});
