import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { HEAD_BYTES } from '#contracts/files/content-type.ts';

/**
 * The bytes: `unfinished/<upload>` while they arrive, then `ab/cd/<sha256>`. Made when the first file comes. Names are
 * ids of uploads and hashes, made or checked here, never what somebody sent.
 */
export class FileFolder {
  readonly root: string;
  private readonly unfinished: string;

  constructor(root: string) {
    this.root = root;
    this.unfinished = join(root, 'unfinished');
  }

  /** Where a file is, seen from the root. */
  placeOf(sha256: string): string {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('no hash');
    return join(sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  }

  /** The bytes that arrived of an upload, for writing on. Null when fewer are left than there should be. */
  async openPart(id: string, received: number): Promise<FileHandle | null> {
    if (received > 0 && ((await sizeOf(this.part(id))) ?? 0) < received) return null;
    await mkdir(this.unfinished, { recursive: true });
    const handle = await open(this.part(id), received > 0 ? 'r+' : 'w');
    try {
      // What came after the last word to the disk may be anything.
      await handle.truncate(received);
      return handle;
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  readPart(id: string, received: number): AsyncIterable<Buffer> {
    return createReadStream(this.part(id), { end: received - 1, highWaterMark: 1024 * 1024 });
  }

  async removePart(id: string): Promise<void> {
    await rm(this.part(id), { force: true });
  }

  async parts(): Promise<readonly string[]> {
    return await orAbsent(readdir(this.unfinished), []);
  }

  async has(sha256: string, bytes: number): Promise<boolean> {
    return (await sizeOf(this.whole(sha256))) === bytes;
  }

  /** Moves a whole and checked upload to its place, for good. Again does nothing. False: the bytes are nowhere. */
  async keep(id: string, sha256: string, bytes: number): Promise<boolean> {
    const place = this.whole(sha256);
    await mkdir(dirname(place), { recursive: true });
    if (await this.has(sha256, bytes)) await this.removePart(id);
    // Somebody else may have moved it a moment ago.
    else await orAbsent(rename(this.part(id), place), undefined);
    for (const folder of [dirname(place), dirname(dirname(place)), this.root]) await reachDisk(folder);
    return this.has(sha256, bytes);
  }

  /** The first bytes of a kept file. */
  async head(sha256: string): Promise<Uint8Array> {
    const handle = await open(this.whole(sha256), 'r');
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  }

  /** Bytes that the disk still takes. */
  async room(): Promise<number> {
    await mkdir(this.unfinished, { recursive: true });
    const { bavail, bsize } = await statfs(this.root);
    return bavail * bsize;
  }

  private whole(sha256: string): string {
    return join(this.root, this.placeOf(sha256));
  }

  private part(id: string): string {
    if (!/^[0-9a-f-]{36}$/.test(id)) throw new Error('no id of an upload');
    return join(this.unfinished, id);
  }
}

async function orAbsent<T>(looking: Promise<T>, absent: T): Promise<T> {
  try {
    return await looking;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return absent;
    throw error;
  }
}

const sizeOf = (path: string): Promise<number | null> =>
  orAbsent(
    stat(path).then(({ size }) => size),
    null,
  );

async function reachDisk(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
