import type { Hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';

/** Bytes after which they are brought to the disk and counted. */
const STEP = 8 * 1024 * 1024;
/** Milliseconds after which the claim is renewed, and after which nothing is written without that. */
const RENEW = 5_000;
const FENCE = 20_000;

/** What of a file is used here. */
type Part = Pick<FileHandle, 'write' | 'datasync'>;

export interface Receiving {
  readonly body: Readable;
  readonly part: Part;
  readonly hash: Hash;
  /** Another one over the bytes of this request alone: none of them counts before it is known to hold. */
  readonly check: Hash | null;
  readonly from: number;
  /** Where the whole ends. */
  readonly length: number;
  /** Milliseconds without a byte. */
  readonly silence: number;
  /** Notes how far it came. False: somebody else has the upload now. */
  readonly advance: (received: number) => Promise<boolean>;
}

/** `over`: more came than the whole should have. `cut`: it ended too early. `lost`: somebody else has the upload. */
export type ReceivedEnd = 'ended' | 'over' | 'cut' | 'lost' | 'full';

/** Writes what arrives. After `ended` and `cut`, `at` bytes are on the disk, and `hash` is of them. */
export async function receive(receiving: Receiving): Promise<{ readonly at: number; readonly end: ReceivedEnd }> {
  const { body, part, hash, check, from, length, silence, advance } = receiving;
  const renewal = { at: from, on: performance.now() };
  let at = from;
  const renew = async (): Promise<boolean> => {
    await part.datasync();
    Object.assign(renewal, { at, on: performance.now() });
    return advance(check === null ? at : from);
  };
  const timer = setTimeout(() => body.destroy(new Cut()), silence);
  const write = async (): Promise<ReceivedEnd> => {
    // A body that is given up stays open, so that its sender can be told why.
    for await (const bytes of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      timer.refresh();
      if (at + bytes.length > length) return 'over';
      if (performance.now() - renewal.on > FENCE) return 'lost';
      await writeAll(part, bytes, at);
      hash.update(bytes);
      check?.update(bytes);
      at += bytes.length;
      const due = at - renewal.at >= STEP || performance.now() - renewal.on >= RENEW;
      if (due && at < length && !(await renew())) return 'lost';
    }
    return 'ended';
  };
  try {
    const end = await write().catch(endOf);
    if (end !== 'ended' && end !== 'cut') return { at, end };
    // Some disks say only now that they are full.
    const sure = part.datasync().then(() => end);
    return { at, end: await sure.catch(endOf) };
  } finally {
    clearTimeout(timer);
  }
}

/** What a body is ended with when this side gives it up. */
export class Cut extends Error {
  readonly code = 'ECONNRESET';
}

async function writeAll(part: Part, bytes: Buffer, at: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await part.write(bytes, done, bytes.length - done, at + done);
    done += bytesWritten;
  }
}

const CUTS = ['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_DESTROYED', 'ABORT_ERR', 'EPIPE'];

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

function endOf(error: unknown): 'cut' | 'full' {
  if (CUTS.includes(codeOf(error))) return 'cut';
  if (isFull(error)) return 'full';
  throw error;
}

/** The disk has no more room, or none for us. */
export const isFull = (error: unknown): boolean => ['ENOSPC', 'EDQUOT'].includes(codeOf(error));
