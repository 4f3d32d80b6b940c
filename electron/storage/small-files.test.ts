import { expect, test } from 'vitest';
import type { SnapshotManifest } from '#contracts/host/engine-host.ts';
import { HOST_LIMITS } from '#contracts/host/host-limits.ts';
import { must, testDraft, testFrame, testId } from '#contracts/host/host-samples.suite.ts';
import { TestDisk } from './test-disk.suite.ts';
import { openQuietly } from './test-host.suite.ts';

const start = async (disk: TestDisk) => {
  const storage = await openQuietly('/data', { fs: disk });
  return { storage, opening: must(await storage.journal.open()) };
};

test('a draft nobody can read is put aside, and the others are listed', async () => {
  const disk = new TestDisk();
  const { storage } = await start(disk);
  must(await storage.drafts.put(testDraft(1)));
  must(await storage.drafts.put(testDraft(2)));
  const path = `/data/drafts/${testId(1)}.draft`;
  disk.replace(path, disk.bytes(path).subarray(0, 80));
  expect(must(await storage.drafts.list())).toEqual([testDraft(2)]);
  expect(disk.paths()).toContain(`/data/quarantine/${testId(1)}.draft`);
  must(await storage.drafts.put(testDraft(1)));
  expect(must(await storage.drafts.list())).toHaveLength(2);
});

test('a draft is on disk when its put answers, and a kill while writing the next leaves the last one whole', async () => {
  const disk = new TestDisk();
  const { storage } = await start(disk);
  must(await storage.drafts.put(testDraft(1, { content: 'first' })));
  expect(must(await (await start(disk.afterPowerCut(() => 0))).storage.drafts.list())).toHaveLength(1);
  disk.fault = (operation, path) => (operation === 'rename' && path.endsWith('.tmp') ? 'EIO' : null);
  const failed = await storage.drafts.put(testDraft(1, { content: 'second' }));
  expect(failed).toMatchObject({ ok: false, error: { code: 'ioError' } });
  disk.fault = () => null;
  const after = await start(disk.afterKill());
  expect(must(await after.storage.drafts.list())).toEqual([testDraft(1, { content: 'first' })]);
});

test('what a kill left half written is cleared away when drafts are listed', async () => {
  const disk = new TestDisk();
  const { storage } = await start(disk);
  must(await storage.drafts.put(testDraft(1)));
  disk.replace(`/data/drafts/${testId(2)}.draft.tmp`, Buffer.from('half'));
  expect(must(await storage.drafts.list())).toEqual([testDraft(1)]);
  expect(disk.paths().filter((path) => path.endsWith('.tmp'))).toEqual([]);
});

test('files in the drafts folder that are no drafts are left alone', async () => {
  const disk = new TestDisk();
  const { storage } = await start(disk);
  disk.replace('/data/drafts/notes.txt', Buffer.from('mine'));
  disk.replace('/data/drafts/..draft', Buffer.from('?'));
  expect(must(await storage.drafts.list())).toEqual([]);
  expect(disk.paths()).toContain('/data/drafts/notes.txt');
});

test('settings damaged on disk come back as they were one write earlier', async () => {
  const disk = new TestDisk();
  const { storage } = await start(disk);
  must(await storage.settings.write({ a: 1 }));
  must(await storage.settings.write({ a: 2 }));
  const path = '/data/settings';
  disk.replace(path, Buffer.concat([disk.bytes(path).subarray(0, 70), Buffer.from('x')]));
  const after = await start(disk.afterKill());
  expect(must(await after.storage.settings.read())).toEqual({ a: 1 });
  must(await after.storage.settings.write({ b: 3 }));
  expect(must(await (await start(disk.afterKill())).storage.settings.read())).toEqual({ a: 1, b: 3 });
});

test('settings of which no copy can be read are put aside, and the desk starts without', async () => {
  const disk = new TestDisk();
  disk.replace('/data/settings', Buffer.from('{"a":1}'));
  const { storage } = await start(disk);
  expect(must(await storage.settings.read())).toEqual({});
  expect(disk.paths()).toContain('/data/quarantine/settings');
});

test('what is read of settings can be changed without changing the settings', async () => {
  const { storage } = await start(new TestDisk());
  must(await storage.settings.write({ list: [1] }));
  const read = must(await storage.settings.read()) as { list: number[] };
  read.list.push(2);
  expect(must(await storage.settings.read())).toEqual({ list: [1] });
});

const snapshotOf = async (storage: Awaited<ReturnType<typeof start>>['storage'], fence: number, n: number) => {
  const { hash } = must(await storage.snapshots.writePage({ fence, text: `page ${n}`.repeat(100) }));
  const manifest: SnapshotManifest = {
    formatVersion: 1,
    snapshotId: testId(700 + n),
    journalId: testId(7),
    startLsn: n,
    takenAt: n,
    pages: [{ name: 'p', hash, throughLsn: n }],
  };
  must(await storage.snapshots.commit({ fence, manifest }));
  return `/data/snapshots/pages/${hash}.gz`;
};

test('with a damaged page, or a damaged manifest, the older snapshot counts', async () => {
  const disk = new TestDisk();
  const { storage, opening } = await start(disk);
  await snapshotOf(storage, opening.fence, 1);
  const newest = await snapshotOf(storage, opening.fence, 2);
  const damaged = disk.copy();
  damaged.bytes(newest).fill(0, 20, 30);
  expect(must(await (await start(damaged)).storage.snapshots.latest())).toMatchObject({ startLsn: 1 });
  const gone = disk.copy();
  gone.replace('/data/snapshots/0000000002.manifest', Buffer.from('{}'));
  expect(must(await (await start(gone)).storage.snapshots.latest())).toMatchObject({ startLsn: 1 });
  expect(must(await storage.snapshots.latest())).toMatchObject({ startLsn: 2 });
});

test('a damaged page is refused when read, and written anew when its text comes again', async () => {
  const disk = new TestDisk();
  const { storage, opening } = await start(disk);
  const path = await snapshotOf(storage, opening.fence, 1);
  const hash = path.slice(-67, -3);
  const later = disk.copy();
  later.bytes(path).fill(0, 20, 30);
  const after = await start(later);
  expect(await after.storage.snapshots.readPage({ hash })).toMatchObject({ ok: false, error: { code: 'ioError' } });
  await snapshotOf(after.storage, after.opening.fence, 1);
  expect(must(await after.storage.snapshots.readPage({ hash })).text).toBe('page 1'.repeat(100));
});

test('a snapshot with a damaged page does not push out the last whole one', async () => {
  const disk = new TestDisk();
  const { storage, opening } = await start(disk);
  await snapshotOf(storage, opening.fence, 1);
  const second = await snapshotOf(storage, opening.fence, 2);
  const later = disk.copy();
  later.bytes(second).fill(0, 20, 30);
  const after = await start(later);
  const third = await snapshotOf(after.storage, after.opening.fence, 3);
  later.bytes(third).fill(0, 20, 30);
  expect(must(await (await start(later.copy())).storage.snapshots.latest())).toMatchObject({ startLsn: 1 });
});

test('a kill before the manifest is in place leaves the former snapshot as the newest', async () => {
  for (let steps = 0; steps < 14; steps += 1) {
    const disk = new TestDisk();
    const { storage, opening } = await start(disk);
    await snapshotOf(storage, opening.fence, 1);
    let left = steps;
    disk.fault = () => (left-- > 0 ? null : 'EIO');
    const whole = await snapshotOf(storage, opening.fence, 2).then(
      () => true,
      () => false,
    );
    disk.fault = () => null;
    const latest = must(await (await start(disk.afterPowerCut(() => 0))).storage.snapshots.latest());
    if (whole) expect(latest).toMatchObject({ startLsn: 2 });
    else expect([1, 2]).toContain(latest?.startLsn);
  }
});

const stageId = testId(500);
const lines = Array.from({ length: 3000 }, (_, index) => `"line ${index} ${'ö'.repeat(500)}"`);
const stagePath = `/data/stages/${stageId}.stage`;

test('a committed stage with a damaged chunk gives the lines before it and then names the damage', async () => {
  const disk = new TestDisk();
  const { storage, opening } = await start(disk);
  const { fence } = opening;
  must(await storage.stages.append({ fence, stageId, lines }));
  must(await storage.stages.seal({ fence, stageId }));
  const commit = testFrame(1, { kind: 'adoptCommit', body: { stageId } });
  must(await storage.journal.append({ fence, expectedLsn: 1, frames: [commit] }));
  const path = `/data/stages/${stageId}.1.committed`;
  const later = disk.copy();
  later.bytes(path).fill(0, later.bytes(path).length - 900, later.bytes(path).length - 800);
  const { stages } = (await start(later)).storage;
  const first = must(await stages.read({ stageId, fromLine: 0, maxBytes: 1_000_000_000 }));
  expect(first.lines).toEqual(lines.slice(0, first.lines.length));
  expect(first.nextLine).toBe(first.lines.length);
  expect(await stages.read({ stageId, fromLine: first.nextLine ?? 0, maxBytes: 1000 })).toMatchObject({
    ok: false,
    error: { code: 'ioError', detail: expect.stringContaining(`damaged from line ${first.nextLine}`) },
  });
});

test('on a full disk a stage takes nothing of a batch, and goes on when there is room', async () => {
  const disk = new TestDisk();
  const { storage, opening } = await start(disk);
  const { fence } = opening;
  must(await storage.stages.append({ fence, stageId, lines: lines.slice(0, 10) }));
  disk.capacity = disk.used() + 2000;
  const full = await storage.stages.append({ fence, stageId, lines: lines.slice(10, 20) });
  expect(full).toMatchObject({ ok: false, error: { code: 'diskFull' } });
  disk.capacity = Number.MAX_SAFE_INTEGER;
  must(await storage.stages.append({ fence, stageId, lines: lines.slice(10, 20) }));
  must(await storage.stages.seal({ fence, stageId }));
  const all = must(await storage.stages.read({ stageId, fromLine: 0, maxBytes: 1_000_000 }));
  expect(all.lines).toEqual(lines.slice(0, 20));
});

test('a stage torn by a power cut is not sealed, so it can not be committed', async () => {
  const disk = new TestDisk();
  const { storage, opening } = await start(disk);
  must(await storage.stages.append({ fence: opening.fence, stageId, lines: lines.slice(0, 10) }));
  const later = disk.copy();
  later.replace(stagePath, later.bytes(stagePath).subarray(0, 900));
  const after = await start(later);
  expect(after.opening.openStages).toEqual([stageId]);
  const commit = testFrame(1, { kind: 'adoptCommit', body: { stageId } });
  const refused = await after.storage.journal.append({ fence: after.opening.fence, expectedLsn: 1, frames: [commit] });
  expect(refused).toMatchObject({ ok: false, error: { code: 'notFound' } });
});

test('a stage whose commit frame is in the journal counts as committed even if its renaming was lost', async () => {
  const disk = new TestDisk();
  const { storage, opening } = await start(disk);
  const { fence } = opening;
  must(await storage.stages.append({ fence, stageId, lines: ['1'] }));
  must(await storage.stages.seal({ fence, stageId }));
  disk.fault = (operation, path) => (operation === 'rename' && path === stagePath ? 'EIO' : null);
  const commit = testFrame(1, { kind: 'adoptCommit', body: { stageId } });
  must(await storage.journal.append({ fence, expectedLsn: 1, frames: [commit] }));
  disk.fault = () => null;
  const after = await start(disk.afterKill());
  expect(after.opening.openStages).toEqual([]);
  expect(must(await after.storage.stages.read({ stageId, fromLine: 0, maxBytes: 10 })).lines).toEqual(['1']);
});

test('a stage that could not be renamed is no open one, also when the same storage is opened again', async () => {
  const disk = new TestDisk();
  const { storage, opening } = await start(disk);
  const { fence } = opening;
  must(await storage.stages.append({ fence, stageId, lines: ['1'] }));
  must(await storage.stages.seal({ fence, stageId }));
  disk.fault = (operation, path) => (operation === 'rename' && path === stagePath ? 'EIO' : null);
  const commit = testFrame(1, { kind: 'adoptCommit', body: { stageId } });
  must(await storage.journal.append({ fence, expectedLsn: 1, frames: [commit] }));
  // An engine that starts discards what is open: a saved import must not be among it.
  expect(must(await storage.journal.open()).openStages).toEqual([]);
  const later = disk.afterKill();
  later.fault = disk.fault;
  expect((await start(later)).opening.openStages).toEqual([]);
  disk.fault = () => null;
  must(await storage.journal.open());
  expect(disk.paths()).toContain(`/data/stages/${stageId}.1.committed`);
});

test('a damaged draft that can not be put aside keeps no other from being listed', async () => {
  const disk = new TestDisk();
  const { storage } = await start(disk);
  must(await storage.drafts.put(testDraft(1)));
  must(await storage.drafts.put(testDraft(2)));
  const path = `/data/drafts/${testId(1)}.draft`;
  disk.replace(path, disk.bytes(path).subarray(0, 80));
  disk.fault = (operation, at) => (operation === 'rename' && at === path ? 'ENOSPC' : null);
  expect(must(await storage.drafts.list())).toEqual([testDraft(2)]);
});

test('a segment nobody can read that can not be put aside keeps no desk from starting', async () => {
  const disk = new TestDisk();
  const { storage, opening } = await start(disk);
  must(await storage.journal.append({ fence: opening.fence, expectedLsn: 1, frames: [testFrame(1)] }));
  disk.replace('/data/segments/00000009.segment', Buffer.from('nothing of ours'));
  const later = disk.afterKill();
  later.fault = (operation, path) => (operation === 'rename' && path.endsWith('9.segment') ? 'ENOSPC' : null);
  const after = await start(later);
  expect(after.opening.lastLsn).toBe(1);
  must(await after.storage.journal.append({ fence: after.opening.fence, expectedLsn: 2, frames: [testFrame(2)] }));
  expect((await start(later.afterKill())).opening.lastLsn).toBe(2);
});

test('what is put aside never replaces what was put aside before', async () => {
  const disk = new TestDisk();
  for (const text of ['first', 'second', 'third']) {
    const { storage } = await start(disk.afterKill());
    disk.replace(`/data/drafts/${testId(1)}.draft`, Buffer.from(text));
    must(await storage.drafts.list());
  }
  const kept = disk.paths().filter((path) => path.startsWith('/data/quarantine/'));
  expect(kept.map((path) => disk.bytes(path).toString()).sort()).toEqual(['first', 'second', 'third']);
});

test('no path leaves the data folder, whatever ids and hashes come from outside', async () => {
  const disk = new TestDisk();
  const { storage, opening } = await start(disk);
  const { fence } = opening;
  for (const evil of ['../../x', '/etc/passwd', 'C:\\x', '', 'a'.repeat(5000), `${testId(1)}/../x`, '\u0000']) {
    await storage.drafts.put(testDraft(1, { id: evil }));
    await storage.drafts.remove(evil);
    await storage.stages.append({ fence, stageId: evil, lines: ['x'] });
    await storage.stages.discard({ fence, stageId: evil });
    await storage.snapshots.readPage({ hash: evil });
  }
  expect(disk.paths().every((path) => path.startsWith('/data/'))).toBe(true);
  expect(disk.paths().filter((path) => /drafts|stages/.test(path))).toEqual([]);
  const big = await storage.snapshots.writePage({ fence, text: 'x'.repeat(HOST_LIMITS.page + 1) });
  expect(big).toMatchObject({ ok: false, error: { code: 'tooLarge' } });
});
