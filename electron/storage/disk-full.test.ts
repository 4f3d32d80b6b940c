import { execFileSync } from 'node:child_process';
import { mkdir, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { frames, must, readAll, testDraft, testFrame } from '#contracts/host/host-samples.suite.ts';
import { asHost, openQuietly, temporaryFolder } from './test-host.suite.ts';

const MEGABYTE = 1024 * 1024;

/** Mounting needs root and a kernel that allows it; elsewhere the same is tested on the disk in memory. */
async function mountSmallDisk(): Promise<string | null> {
  const folder = await temporaryFolder();
  try {
    execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', folder], { stdio: 'ignore' });
    return folder;
  } catch {
    await rm(folder, { recursive: true });
    return null;
  }
}

const probe = process.platform === 'linux' ? await mountSmallDisk() : null;
if (probe === null) process.stderr.write('disk-full.test.ts: no tmpfs can be mounted here (not root), not run\n');
else {
  execFileSync('/bin/umount', [probe]);
  await rm(probe, { recursive: true });
}

describe.runIf(probe !== null)('on a real disk of 12 MB that is full', () => {
  let disk = '';
  beforeEach(async () => {
    disk = (await mountSmallDisk()) ?? '';
  });
  afterEach(async () => {
    execFileSync('/bin/umount', ['-l', disk]);
    await rm(disk, { recursive: true });
  });

  const fillDisk = async () => {
    const { bavail, bsize } = await statfs(disk);
    await writeFile(join(disk, 'ballast'), Buffer.alloc(bavail * bsize)).catch(() => undefined);
    await writeFile(join(disk, 'crumbs'), Buffer.alloc(bsize)).catch(() => undefined);
  };
  const options = { reserveBytes: 4 * MEGABYTE, spareBytes: MEGABYTE };

  test('saving goes on from the reserve, ends with diskFull, loses nothing, and goes on when there is room', async () => {
    const folder = join(disk, 'data');
    await mkdir(folder);
    const storage = await openQuietly(folder, options);
    const host = asHost(storage);
    const { fence } = must(await host.journal.open());
    await storage.maintain();
    expect(storage.reserveState().held).toBe(4 * MEGABYTE);
    await fillDisk();
    const big = (lsn: number) => testFrame(lsn, { body: 'x'.repeat(100_000) });
    let confirmed = 0;
    const append = (lsn: number) => host.journal.append({ fence, expectedLsn: lsn, frames: [big(lsn)] });
    while ((await append(confirmed + 1)).ok) confirmed += 1;
    expect(confirmed).toBeGreaterThan(20);
    expect(await append(confirmed + 1)).toMatchObject({ ok: false, error: { code: 'diskFull' } });
    expect((await readAll(host, 1)).map((frame) => frame.lsn)).toEqual(frames(1, confirmed).map((frame) => frame.lsn));

    await rm(join(disk, 'ballast'));
    must(await append(confirmed + 1));
    await storage.maintain();
    await storage.close();
    const again = asHost(await openQuietly(folder, options));
    const opening = must(await again.journal.open());
    expect(opening).toMatchObject({ lastLsn: confirmed + 1, quarantined: [], tornTail: false });
    const all = await readAll(again, 1);
    expect(all).toEqual(Array.from({ length: confirmed + 1 }, (_, index) => big(index + 1)));
  });

  test('what is being typed is kept from the reserve too', async () => {
    const folder = join(disk, 'data');
    const storage = await openQuietly(folder, options);
    must(await storage.journal.open());
    await storage.maintain();
    await fillDisk();
    must(await storage.drafts.put(testDraft(1, { content: 'y'.repeat(200_000) })));
    expect(must(await storage.drafts.list())).toHaveLength(1);
    await storage.close();
  });

  test('a desk whose disk is full without any reserve still opens and reads', async () => {
    const folder = join(disk, 'data');
    const storage = await openQuietly(folder);
    const { fence } = must(await storage.journal.open());
    must(await storage.journal.append({ fence, expectedLsn: 1, frames: frames(1, 5) }));
    await fillDisk();
    await storage.close();
    const again = asHost(await openQuietly(folder));
    expect(must(await again.journal.open()).lastLsn).toBe(5);
    expect(await readAll(again, 1)).toEqual(frames(1, 5));
  });
});
