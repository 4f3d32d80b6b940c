import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { v4 as newId } from 'uuid';
import type { Instant } from '#domain/activity/activity.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { SharedLog } from '#sync/authority/shared-log.ts';
import { contentType } from './content-type.ts';
import { Digests } from './digests.ts';
import type { FileFolder } from './folder.ts';
import type { FileLimits } from './limits.ts';
import { isFull, type ReceivedEnd, receive } from './receive.ts';
import type { FileRefusal } from './refusals.ts';
import type { Upload, UploadBook } from './upload-book.ts';

export interface IntakePorts {
  readonly log: SharedLog;
  readonly book: UploadBook;
  readonly folder: FileFolder;
  readonly limits: FileLimits;
  readonly now: () => Instant;
}

/** Of the bytes of one request. */
export interface Checksum {
  readonly algorithm: 'sha1' | 'sha256';
  readonly digest: Buffer;
}

/** Bytes that go on where others ended. */
export interface Patch {
  readonly offset: number;
  readonly body: Readable;
  readonly checksum: Checksum | null;
}

/** Milliseconds after which the upload of a node that fell silent may be gone on with on another. */
const CLAIMED = 40_000;
export const claimUntil = (now: Instant): Instant => now + CLAIMED;

/** Brings the bytes of uploads to the disk, and whole ones to their place. Whoever calls has claimed the upload. */
export class Intake {
  private readonly ports: IntakePorts;
  private readonly digests: Digests;

  constructor(ports: IntakePorts) {
    this.ports = ports;
    this.digests = new Digests(ports.folder);
  }

  async add(upload: Upload, patch: Patch, token: string): Promise<Result<Upload, FileRefusal>> {
    const { id, length } = upload;
    const { book, limits, now } = this.ports;
    const expiresAt = () => now() + limits.life;
    const advance = (received: number) => book.advance(id, { token, until: claimUntil(now()) }, received, expiresAt());
    const { checksum, offset: from, body } = patch;
    const check = checksum === null ? null : createHash(checksum.algorithm);
    const part = await this.openPart(upload);
    if (part === 'noRoom' || part === 'offsetWrong') return err(part);
    const write = async () => {
      const hash = await this.digests.take(id, from);
      const { silence } = limits;
      return { hash, ...(await receive({ body, part, hash, check, from, length, silence, advance })) };
    };
    const { hash, at, end } = await write().finally(() => part.close());
    if (end !== 'ended' && end !== 'cut') return err(REFUSED[end]);
    // Bytes under a checksum count when it holds: all of them or none.
    if (checksum !== null && check?.digest().equals(checksum.digest) !== true) return err('checksumWrong');
    const grown = { ...upload, received: at, expiresAt: expiresAt() };
    // Whoever hears that all has arrived takes it for kept: so it is not said before the content was found right.
    if (at === length) return this.finish(grown, token, hash.digest('hex'));
    if (!(await advance(at))) return err('uploadGone');
    this.digests.remember(id, at, hash);
    return end === 'ended' ? ok(grown) : err('requestTimeout');
  }

  /** A file without bytes is whole as soon as it begins. */
  async addNothing(upload: Upload): Promise<Result<Upload, FileRefusal>> {
    const { book, now } = this.ports;
    const token = newId();
    if (!(await book.claim(upload.id, 0, { token, until: claimUntil(now()) }, now()))) return err('uploadLocked');
    return this.add(upload, { offset: 0, body: Readable.from([]), checksum: null }, token);
  }

  /**
   * A whole upload to its place, and to its incident. A crash in between leaves it whole, and this is done again.
   * False: its bytes are gone.
   */
  async settle(upload: Upload): Promise<boolean> {
    const { book, folder, now } = this.ports;
    if (!(await folder.keep(upload.id, upload.sha256, upload.length))) {
      await book.lose(upload.id);
      return false;
    }
    await book.keep(upload, await contentType(await folder.head(upload.sha256)), now());
    return true;
  }

  private async openPart({ id, received }: Upload) {
    const { book, folder } = this.ports;
    try {
      const part = await folder.openPart(id, received);
      if (part !== null) return part;
    } catch (error) {
      if (isFull(error)) return 'noRoom';
      throw error;
    }
    await book.startOver(id, received);
    return 'offsetWrong';
  }

  /** All bytes are on the disk. */
  private async finish(upload: Upload, token: string, digest: string): Promise<Result<Upload, FileRefusal>> {
    const { book, folder } = this.ports;
    const { id } = upload;
    if (digest !== upload.sha256) {
      if (!(await book.refuse(id, token))) return err('uploadGone');
      await folder.removePart(id);
      return err('contentWrong');
    }
    if (!(await book.complete(id, token))) return err('uploadGone');
    return (await this.settle(upload)) ? ok({ ...upload, state: 'done' }) : err('uploadGone');
  }
}

const REFUSED = {
  over: 'tooLarge',
  lost: 'uploadLocked',
  full: 'noRoom',
} as const satisfies Record<Exclude<ReceivedEnd, 'ended' | 'cut'>, FileRefusal>;
