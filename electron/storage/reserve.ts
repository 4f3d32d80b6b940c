import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import { type FileSystem, withFile, writeAll } from './file-system.ts';
import { createSerial } from './serial.ts';

const PIECE = 1024 * 1024;

export interface Reserve {
  /** Gives disk space back, at least `bytes` if it has as much; false when nothing (beyond `keep`) is left. */
  release(bytes: number, keep?: number): Promise<boolean>;
  /** Writes what is missing, as long as `spare` bytes of the disk stay free. Call it now and then. */
  fill(): Promise<void>;
  /** Bytes now held, and how many it should hold. */
  state(): { readonly held: number; readonly full: number };
}

/**
 * A file of random bytes that really occupies disk blocks, kept so that a full disk still takes what a person just
 * saved. When the journal finds no room, a part of it is given back and the journal tries again.
 * @param full size in bytes @param spare bytes of the disk left to others while it is (re)built
 */
export async function openReserve(fs: FileSystem, path: string, full: number, spare: number): Promise<Reserve> {
  const serial = createSerial();
  let held = (await fs.size(path)) ?? 0;

  const shrink = async (length: number) => {
    // Some file systems need room to shorten a file; removing it whole is what then still works.
    try {
      await withFile(fs, path, 'r+', (file) => file.truncate(length));
      held = Math.min(held, length);
    } catch {
      await fs.remove(path).catch(() => undefined);
      held = 0;
    }
  };

  const grow = async (length: number) => {
    const from = held;
    try {
      await withFile(fs, path, from === 0 ? 'w' : 'r+', async (file) => {
        for (let at = from; at < length; at += PIECE) {
          await writeAll(file, randomBytes(Math.min(PIECE, length - at)), at);
        }
        await file.sync();
      });
      held = length;
    } catch {
      // The disk filled up meanwhile: what was taken is given back, others need it more.
      await shrink(from);
    }
  };

  return {
    release: (bytes, keep = 0) =>
      serial(async () => {
        if (held <= keep) return false;
        await shrink(Math.max(keep, held - Math.max(2 * bytes, full / 4)));
        return true;
      }),
    fill: () =>
      serial(async () => {
        if (held >= full) return;
        const free = await fs.freeBytes(dirname(path));
        if (free !== null && free < full - held + spare) return;
        await grow(full);
      }),
    state: () => ({ held, full }),
  };
}
