import { expect, test } from 'vitest';
import { frames, must, PERSON } from '#contracts/host/host-samples.suite.ts';
import { isOtherMachine, type MachineMark, readMachineMark } from './machine-mark.ts';
import { TestDisk } from './test-disk.suite.ts';
import { openQuietly } from './test-host.suite.ts';

const start = async (disk: TestDisk, mark: MachineMark = { installation: 'a', host: 'b' }) => {
  const storage = await openQuietly('/data', { fs: disk, machineMark: async () => mark });
  const opening = must(await storage.journal.open());
  return { storage, opening };
};
const withFrames = async () => {
  const disk = new TestDisk();
  const { storage, opening } = await start(disk);
  must(await storage.journal.append({ fence: opening.fence, expectedLsn: 1, frames: frames(1, 4) }));
  return { disk, opening };
};

test('a profile copied to another machine gets a new device, the same journal, and counters that go on', async () => {
  const { disk, opening } = await withFrames();
  const copied = (await start(disk.afterKill(), { installation: 'other', host: 'b' })).opening;
  expect(copied).toMatchObject({
    deviceIsNew: true,
    journalId: opening.journalId,
    counters: { [PERSON]: 4 },
    lastLsn: 4,
  });
  expect(copied.device).not.toBe(opening.device);
  const again = (await start(disk.afterKill(), { installation: 'other', host: 'b' })).opening;
  expect(again).toMatchObject({ deviceIsNew: false, device: copied.device });
});

test('the first start of all is not a new device of anything', async () => {
  const { storage, opening } = await start(new TestDisk());
  expect(opening.deviceIsNew).toBe(false);
  expect(must(await storage.journal.open()).device).toBe(opening.device);
});

test('a new device is announced to one engine, not again to the next of the same process', async () => {
  const { disk } = await withFrames();
  const { storage, opening } = await start(disk.afterKill(), { installation: 'other' });
  expect(opening.deviceIsNew).toBe(true);
  expect(must(await storage.journal.open()).deviceIsNew).toBe(false);
});

test('a machine fact that can not be read for once makes no new device', async () => {
  const { disk, opening } = await withFrames();
  const later = (await start(disk.afterKill(), { host: 'b' })).opening;
  expect(later).toMatchObject({ deviceIsNew: false, device: opening.device });
  const other = (await start(disk.afterKill(), { installation: 'other', host: 'b' })).opening;
  expect(other.deviceIsNew).toBe(true);
});

test('with a damaged identity file its predecessor counts', async () => {
  const { disk, opening } = await withFrames();
  await start(disk.afterKill());
  disk.replace('/data/identity', Buffer.from('rubbish'));
  const later = (await start(disk.afterKill())).opening;
  expect(later).toMatchObject({ journalId: opening.journalId, device: opening.device, counters: { [PERSON]: 4 } });
});

test('without any identity file the journal says who it is; the device is new, to be safe', async () => {
  const { disk, opening } = await withFrames();
  await disk.remove('/data/identity');
  await disk.remove('/data/identity.previous');
  const later = (await start(disk.afterKill())).opening;
  expect(later).toMatchObject({
    journalId: opening.journalId,
    deviceIsNew: true,
    counters: { [PERSON]: 4 },
    lastLsn: 4,
  });
});

test('without identity and segments a snapshot still says whose journal it was', async () => {
  const { disk, opening } = await withFrames();
  const { storage, opening: now } = await start(disk.afterKill());
  const { hash } = must(await storage.snapshots.writePage({ fence: now.fence, text: 'page' }));
  const manifest = {
    formatVersion: 1 as const,
    snapshotId: '01890000-0000-7000-8000-000000000009',
    journalId: now.journalId,
    startLsn: 4,
    takenAt: 1,
    pages: [{ name: 'p', hash, throughLsn: 4 }],
  };
  must(await storage.snapshots.commit({ fence: now.fence, manifest }));
  for (const path of disk.paths()) if (/identity|segment/.test(path)) await disk.remove(path);
  expect((await start(disk.afterKill())).opening.journalId).toBe(opening.journalId);
});

test('an identity of a newer build is refused by name', async () => {
  const { disk } = await withFrames();
  const { withChecksum } = await import('./checked-file.ts');
  disk.replace('/data/identity', withChecksum(JSON.stringify({ formatVersion: 2 })));
  const storage = await openQuietly('/data', { fs: disk.afterKill() });
  expect(await storage.journal.open()).toMatchObject({ ok: false, error: { code: 'newerFormat' } });
});

test('this machine has a mark, the same every time, which does not tell the facts behind it', async () => {
  const mark = await readMachineMark();
  expect(Object.keys(mark).length).toBeGreaterThan(0);
  for (const fact of Object.values(mark)) expect(fact).toMatch(/^[0-9a-f]{32}$/);
  expect(isOtherMachine(mark, await readMachineMark())).toBe(false);
});
