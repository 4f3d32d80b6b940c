import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { FILE_LIMITS } from '#contracts/host/files-host.ts';
import { setAside } from '#electron/storage/checked-file.ts';
import { type FileSystem, withFile } from '#electron/storage/file-system.ts';

const SHA256 = /^[0-9a-f]{64}$/;
/** Parts of files that were being added: nobody can go on with them in another run. */
const ADDED = /^add-.*\.part$/;

/**
 * The bytes of attachments, each once, as `<two digits>/<hash>`. What is under a hash is whole and on the disk: it was
 * written elsewhere, synced and renamed.
 */
export class AttachmentFolder {
  private readonly fs: FileSystem;
  private readonly root: string;
  private bytes = 0;

  constructor(fs: FileSystem, root: string) {
    this.fs = fs;
    this.root = root;
  }

  /** Bytes of all files that are kept. */
  get total(): number {
    return this.bytes;
  }

  /** Makes what is missing, throws away what a crash left, and counts what is there. */
  async open(): Promise<void> {
    const { fs } = this;
    await fs.makeFolder(this.incoming);
    for (const name of await fs.list(this.incoming)) if (ADDED.test(name)) await fs.remove(join(this.incoming, name));
    this.bytes = 0;
    for (let prefix = 0; prefix < 256; prefix += 1) {
      const folder = join(this.root, prefix.toString(16).padStart(2, '0'));
      for (const name of await fs.list(folder)) this.bytes += (await fs.size(join(folder, name))) ?? 0;
    }
  }

  /** Where the bytes under a hash are. Throws at what is no hash: it would be a path. */
  placeOf(sha256: string): string {
    if (!SHA256.test(sha256)) throw new Error('no hash');
    return join(this.root, sha256.slice(0, 2), sha256);
  }

  /** Bytes of the file, or null when it is not here. */
  size(sha256: string): Promise<number | null> {
    return this.fs.size(this.placeOf(sha256));
  }

  /** A file that is written for somebody who waits, and never found again after a crash. */
  addedPart(addition: string): string {
    return join(this.incoming, `add-${addition}.part`);
  }

  /** A file that comes from the server, and goes on coming in the next run. */
  fetchedPart(sha256: string): string {
    if (!SHA256.test(sha256)) throw new Error('no hash');
    return join(this.incoming, `get-${sha256}.part`);
  }

  /** What may still be written here, in bytes, so that the journal keeps its room; null where nobody can tell. */
  async room(): Promise<number | null> {
    const free = await this.fs.freeBytes(this.root);
    return free === null ? null : Math.max(0, free - FILE_LIMITS.kept);
  }

  /** Puts a part whose content was synced and has this hash in its place. */
  async keep(part: string, sha256: string): Promise<void> {
    const { fs } = this;
    const place = this.placeOf(sha256);
    if ((await fs.size(place)) !== null) return fs.remove(part);
    const bytes = (await fs.size(part)) ?? 0;
    const folder = join(this.root, sha256.slice(0, 2));
    await fs.makeFolder(folder);
    await fs.rename(part, place);
    await fs.syncFolder(folder);
    this.bytes += bytes;
  }

  async remove(sha256: string): Promise<void> {
    const bytes = await this.size(sha256);
    if (bytes === null) return;
    await this.fs.remove(this.placeOf(sha256));
    this.bytes = Math.max(0, this.bytes - bytes);
  }

  /** Whether the bytes are still those of their hash. What is not is put aside, for whoever can still read it. */
  async isWhole(sha256: string): Promise<boolean> {
    const place = this.placeOf(sha256);
    if ((await this.hashOf(place)) === sha256) return true;
    this.bytes = Math.max(0, this.bytes - ((await this.size(sha256)) ?? 0));
    await setAside(this.fs, place, join(this.root, 'damaged'));
    return false;
  }

  /** Bytes of a kept file from a place on: fewer at its end. */
  read(sha256: string, from: number, most: number): Promise<Uint8Array> {
    return withFile(this.fs, this.placeOf(sha256), 'r', async (file) => {
      const target = new Uint8Array(most);
      return target.subarray(0, await file.read(target, from));
    });
  }

  /** The content of any file here, piece by piece. */
  async *pieces(path: string): AsyncGenerator<Uint8Array> {
    const file = await this.fs.open(path, 'r');
    try {
      const target = new Uint8Array(FILE_LIMITS.piece);
      for (let at = 0; ; ) {
        const length = await file.read(target, at);
        if (length === 0) return;
        yield target.subarray(0, length);
        at += length;
      }
    } finally {
      await file.close();
    }
  }

  /** SHA-256 of any file here. */
  async hashOf(path: string): Promise<string> {
    const hash = createHash('sha256');
    for await (const piece of this.pieces(path)) hash.update(piece);
    return hash.digest('hex');
  }

  private get incoming(): string {
    return join(this.root, 'incoming');
  }
}
