import { createHash, type Hash } from 'node:crypto';
import type { FileFolder } from './folder.ts';

/** As many uploads go on at once without reading again what came before. */
const REMEMBERED = 64;

/** The hash of what came so far, for uploads that arrive in several requests. */
export class Digests {
  private readonly folder: FileFolder;
  private readonly known = new Map<string, { readonly at: number; readonly hash: Hash }>();

  constructor(folder: FileFolder) {
    this.folder = folder;
  }

  /** Of the first `at` bytes: from memory, or read from the disk when another process took them. */
  async take(id: string, at: number): Promise<Hash> {
    const known = this.known.get(id);
    this.known.delete(id);
    if (known?.at === at) return known.hash;
    const hash = createHash('sha256');
    if (at > 0) for await (const bytes of this.folder.readPart(id, at)) hash.update(bytes);
    return hash;
  }

  remember(id: string, at: number, hash: Hash): void {
    this.known.set(id, { at, hash });
    const [oldest] = this.known.keys();
    if (this.known.size > REMEMBERED && oldest !== undefined) this.known.delete(oldest);
  }
}
