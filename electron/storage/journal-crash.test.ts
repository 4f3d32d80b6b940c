import { expect, test } from 'vitest';
import type { Frame } from '#contracts/host/engine-host.ts';
import { frames, must, readAll, testFrame } from '#contracts/host/host-samples.suite.ts';
import { TestDisk } from './test-disk.suite.ts';
import { asHost, openQuietly } from './test-host.suite.ts';

const FOLDER = '/data';
const FIRST_SEGMENT = '/data/segments/00000001.segment';

const onDisk = async (disk: TestDisk, segmentBytes = 1_000_000) => {
  const host = asHost(await openQuietly(FOLDER, { fs: disk, segmentBytes }));
  return { host, opening: must(await host.journal.open()) };
};

/** A disk with the given batches confirmed. */
async function diskWith(batches: readonly (readonly Frame[])[], segmentBytes = 1_000_000): Promise<TestDisk> {
  const disk = new TestDisk();
  const { host, opening } = await onDisk(disk, segmentBytes);
  for (const batch of batches) {
    must(await host.journal.append({ fence: opening.fence, expectedLsn: batch[0]?.lsn ?? 0, frames: batch }));
  }
  return disk;
}

const damagedCopy = (disk: TestDisk, path: string, damage: (bytes: Buffer) => Buffer) => {
  const copy = disk.copy();
  copy.replace(path, damage(Buffer.from(copy.bytes(path))));
  return copy;
};

test('cut at any byte of the last record, everything before is there and the torn record is gone', async () => {
  const short = await diskWith([frames(1, 3)]);
  const whole = await diskWith([frames(1, 3), frames(4, 4)]);
  const from = short.bytes(FIRST_SEGMENT).length;
  const to = whole.bytes(FIRST_SEGMENT).length;
  for (let length = from; length < to; length += 1) {
    const { host, opening } = await onDisk(damagedCopy(whole, FIRST_SEGMENT, (bytes) => bytes.subarray(0, length)));
    expect(opening).toMatchObject({ lastLsn: 3, quarantined: [], tornTail: length > from });
    expect(await readAll(host, 1)).toEqual(frames(1, 3));
    must(await host.journal.append({ fence: opening.fence, expectedLsn: 4, frames: frames(4, 4) }));
    expect(await readAll(host, 1)).toEqual(frames(1, 4));
  }
});

test('with any byte of the last record changed, everything before is there and no wrong frame appears', async () => {
  const from = (await diskWith([frames(1, 3)])).bytes(FIRST_SEGMENT).length;
  const whole = await diskWith([frames(1, 3), frames(4, 4)]);
  for (let at = from; at < whole.bytes(FIRST_SEGMENT).length; at += 1) {
    const copy = damagedCopy(whole, FIRST_SEGMENT, (bytes) => {
      bytes[at] = (bytes[at] ?? 0) ^ 0x41;
      return bytes;
    });
    const { host, opening } = await onDisk(copy);
    expect(opening).toMatchObject({ lastLsn: 3, quarantined: [], tornTail: true });
    expect(await readAll(host, 1)).toEqual(frames(1, 3));
    // The next start finds a clean end.
    expect((await onDisk(copy.afterKill())).opening).toMatchObject({ lastLsn: 3, tornTail: false });
  }
});

test('a bad frame before the end is quarantined by name and good frames after it are found', async () => {
  const disk = await diskWith([frames(1, 2), frames(3, 3), frames(4, 6)]);
  const from = (await diskWith([frames(1, 2)])).bytes(FIRST_SEGMENT).length;
  const to = (await diskWith([frames(1, 2), frames(3, 3)])).bytes(FIRST_SEGMENT).length;
  for (let at = from; at < to; at += 7) {
    const copy = damagedCopy(disk, FIRST_SEGMENT, (bytes) => bytes.fill(0xa5, at, at + 3));
    const { host, opening } = await onDisk(copy);
    expect(opening.lastLsn).toBe(6);
    expect(opening.tornTail).toBe(false);
    expect(opening.quarantined).toMatchObject([{ segment: '00000001.segment', offset: from }]);
    expect(opening.quarantined[0]?.reason).toMatch(/^lsn 3: /);
    expect(await readAll(host, 1)).toEqual([...frames(1, 2), ...frames(4, 6)]);
    expect(copy.bytes(`/data/quarantine/00000001.segment-${from}.bin`)).toHaveLength(to - from);
    must(await host.journal.append({ fence: opening.fence, expectedLsn: 7, frames: frames(7, 7) }));
    const again = await onDisk(copy.afterKill());
    expect(again.opening.quarantined).toHaveLength(1);
    expect((await readAll(again.host, 4)).map((frame) => frame.lsn)).toEqual([4, 5, 6, 7]);
  }
});

test('damage inside the last batch is a torn tail: no later frame of an unconfirmed batch is believed', async () => {
  const from = (await diskWith([frames(1, 2)])).bytes(FIRST_SEGMENT).length;
  const disk = await diskWith([frames(1, 2), frames(3, 6)]);
  const { host, opening } = await onDisk(damagedCopy(disk, FIRST_SEGMENT, (bytes) => bytes.fill(0, from, from + 64)));
  expect(opening).toMatchObject({ lastLsn: 2, quarantined: [], tornTail: true });
  expect(await readAll(host, 1)).toEqual(frames(1, 2));
});

test('what a clean end confirmed is named as lost, not taken for a torn tail', async () => {
  const disk = new TestDisk();
  const storage = await openQuietly(FOLDER, { fs: disk });
  const { fence } = must(await storage.journal.open());
  must(await storage.journal.append({ fence, expectedLsn: 1, frames: frames(1, 3) }));
  await storage.close();
  const length = disk.bytes(FIRST_SEGMENT).length;
  const { host, opening } = await onDisk(damagedCopy(disk, FIRST_SEGMENT, (bytes) => bytes.subarray(0, length - 300)));
  expect(opening.tornTail).toBe(false);
  expect(opening.lastLsn).toBe(3);
  expect(opening.quarantined.length).toBeGreaterThan(0);
  must(await host.journal.append({ fence: opening.fence, expectedLsn: 4, frames: frames(4, 4) }));
});

test('a missing segment is reported as missing lsns', async () => {
  const disk = await diskWith([frames(1, 2), frames(3, 4), frames(5, 6)], 10);
  expect(disk.paths().filter((path) => path.endsWith('.segment'))).toHaveLength(3);
  await disk.remove('/data/segments/00000002.segment');
  const { host, opening } = await onDisk(disk.afterKill(), 10);
  expect(opening.quarantined).toMatchObject([{ reason: 'lsn 3 to 4: missing' }]);
  expect(await readAll(host, 1)).toEqual([...frames(1, 2), ...frames(5, 6)]);
});

test('with all segments gone, confirmed lsns are never given out again', async () => {
  const disk = await diskWith([frames(1, 3)]);
  const later = disk.afterKill();
  await onDisk(later);
  await later.remove(FIRST_SEGMENT);
  const { opening } = await onDisk(later.afterKill());
  expect(opening.lastLsn).toBe(3);
  expect(opening.firstLsn).toBe(4);
});

test('a segment of which nothing is readable is put aside, never deleted', async () => {
  const disk = damagedCopy(
    await diskWith([frames(1, 2), frames(3, 4)], 10),
    '/data/segments/00000002.segment',
    (bytes) => bytes.fill(7),
  );
  const { host, opening } = await onDisk(disk, 10);
  expect(opening.lastLsn).toBe(2);
  expect(disk.paths()).toContain('/data/quarantine/00000002.segment');
  expect(await readAll(host, 1)).toEqual(frames(1, 2));
});

test('a damaged beginning of a segment costs no frame', async () => {
  const disk = await diskWith([frames(1, 5)]);
  const { host, opening } = await onDisk(damagedCopy(disk, FIRST_SEGMENT, (bytes) => bytes.fill(0, 0, 40)));
  expect(opening).toMatchObject({ lastLsn: 5, quarantined: [], tornTail: false });
  expect(await readAll(host, 1)).toEqual(frames(1, 5));
});

test('a segment of a newer layout or frame format is refused by name and left as it is', async () => {
  const disk = await diskWith([frames(1, 2)]);
  const newer = damagedCopy(disk, FIRST_SEGMENT, (bytes) => {
    bytes.writeUInt16LE(2, 8);
    return bytes;
  });
  const before = Buffer.from(newer.bytes(FIRST_SEGMENT));
  const host = asHost(await openQuietly(FOLDER, { fs: newer }));
  expect(await host.journal.open()).toMatchObject({ ok: false, error: { code: 'newerFormat' } });
  expect(await host.journal.append({ fence: 1, expectedLsn: 3, frames: frames(3, 3) })).toMatchObject({ ok: false });
  expect(newer.bytes(FIRST_SEGMENT).equals(before)).toBe(true);
});

test('reading is refused, not guessed, when a frame was damaged after the start', async () => {
  const disk = (await diskWith([frames(1, 3)])).afterKill();
  const { host } = await onDisk(disk);
  disk.bytes(FIRST_SEGMENT).fill(0, disk.bytes(FIRST_SEGMENT).length - 5);
  expect(await host.journal.read({ fromLsn: 1, maxBytes: 1_000_000 })).toMatchObject({
    ok: false,
    error: { code: 'ioError', detail: 'frame 3 is damaged' },
  });
});

test('frames with text of every kind survive many small segments', async () => {
  const all = frames(1, 40).map((frame) => testFrame(frame.lsn, { body: `${'🙂\u0000\uFFFF'.repeat(frame.lsn)}` }));
  const disk = await diskWith(
    all.map((frame) => [frame]),
    500,
  );
  const { host } = await onDisk(disk.afterKill(), 500);
  expect(await readAll(host, 1, 200)).toEqual(all);
});
