import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { nodeFileSystem } from '#electron/storage/file-system.ts';
import { add, madeUp, openedIn, sha256 } from './attachments-under-test.suite.ts';

/** Mounting needs root and a kernel that allows it; elsewhere the same is tested on the disk in memory. */
const smallDisk = (): string | null => {
  const folder = mkdtempSync(join(tmpdir(), 'deskbell-small-'));
  try {
    execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', folder], { stdio: 'ignore' });
    return folder;
  } catch {
    rmSync(folder, { recursive: true });
    return null;
  }
};
const disk = process.platform === 'linux' ? smallDisk() : null;
if (disk === null) process.stderr.write('full-disk.test.ts: no tmpfs can be mounted here (not root), not run\n');

test.runIf(disk !== null)(
  'a disk that is full in the middle of a file takes nothing of it, and the next one',
  async () => {
    const root = disk ?? '';
    onTestFinished(() => {
      execFileSync('/bin/umount', ['-l', root]);
      rmSync(root, { recursive: true });
    });
    // A system that does not say how much room there is: the disk itself refuses.
    const fs = { ...nodeFileSystem, freeBytes: async () => null };
    const { attachments } = await openedIn(join(root, 'attachments'), { fs });
    const { bavail, bsize } = await statfs(root);
    await writeFile(join(root, 'ballast'), Buffer.alloc(bavail * bsize - 2 * 1024 * 1024));
    const large = madeUp(3 * 1024 * 1024);
    expect(await add(attachments, large, { piece: 256 * 1024 })).toEqual({ ok: false, error: { code: 'diskFull' } });
    expect(readdirSync(join(root, 'attachments', 'incoming'))).toEqual([]);
    expect(await attachments.state({ sha256s: [sha256(large)] })).toMatchObject([{ here: false }]);
    rmSync(join(root, 'ballast'));
    expect(await add(attachments, large.subarray(0, 2 * 1024 * 1024), { piece: 256 * 1024 })).toMatchObject({
      ok: true,
    });
  },
);

test.runIf(disk !== null)('a disk without the room that the journal needs takes no file at all', async () => {
  const folder = smallDisk() ?? '';
  onTestFinished(() => {
    execFileSync('/bin/umount', ['-l', folder]);
    rmSync(folder, { recursive: true });
  });
  const { attachments } = await openedIn(join(folder, 'attachments'));
  expect(await add(attachments, madeUp(10))).toEqual({ ok: false, error: { code: 'diskFull' } });
});
