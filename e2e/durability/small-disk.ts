import { execFileSync } from 'node:child_process';
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk of its own, so small that a test can fill it. */
export interface SmallDisk {
  readonly folder: string;
  /** Takes every byte that is left. */
  fill(): Promise<void>;
  /** Gives back what was taken. */
  free(): Promise<void>;
  remove(): Promise<void>;
}

/** A small disk in memory, or why there can be none: only root may mount one. */
export async function smallDisk(megabytes: number): Promise<SmallDisk | { readonly reason: string }> {
  if (process.platform !== 'linux') return { reason: 'no tmpfs on this system' };
  const folder = await mkdtemp(join(tmpdir(), 'deskbell-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    await rm(folder, { recursive: true });
    return { reason: 'a small disk can be mounted by root alone' };
  }
  const filler = join(folder, 'filler');
  return {
    folder,
    fill: async () => {
      const file = await open(filler, 'a');
      for (const block of [1024 * 1024, 64 * 1024, 4096]) await writeUntilFull(file, Buffer.alloc(block, 1));
      await file.close();
    },
    free: () => rm(filler, { force: true }),
    remove: async () => {
      execFileSync('umount', ['--lazy', folder], { stdio: 'ignore' });
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function writeUntilFull(file: FileHandle, block: Buffer): Promise<void> {
  try {
    for (;;) await file.writeFile(block);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  }
}
