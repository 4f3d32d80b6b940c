import type { FileBytes } from '#contracts/platform.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { detectEncoding, HEAD_BYTES, isGzip, type TextEncodingName } from './detect.ts';

export type UnreadableCode = 'importEmpty' | 'importBinary' | 'importTruncated' | 'importUnreadable';

/** A file opened for reading as text, as often as one likes. */
export interface TextSource {
  readonly gzip: boolean;
  readonly encoding: TextEncodingName;
  /** The beginning of the unpacked text, without byte order mark. */
  readonly head: string;
  /** The whole text in pieces. `onBytes` hears how many bytes of the file itself were taken so far. */
  open(onBytes?: (taken: number) => void): ReadableStream<string>;
}

const SLICE_BYTES = 256 * 1024;

/** The file itself could not be read: gone, changed or unplugged since it was chosen. */
export class FileUnreadable extends Error {
  override readonly name = 'FileUnreadable';
}

const bytesOf = async (file: FileBytes, from: number, to: number): Promise<Uint8Array> => {
  try {
    return new Uint8Array(await file.slice(from, to).arrayBuffer());
  } catch (cause) {
    throw new FileUnreadable('a piece of the file cannot be read', { cause });
  }
};

/** Reads a file slice by slice, only as fast as the reader asks: the file is never in memory as a whole. */
function streamOf(file: FileBytes, onBytes: (taken: number) => void): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (at >= file.size) return controller.close();
        const slice = await bytesOf(file, at, Math.min(at + SLICE_BYTES, file.size));
        at += slice.byteLength;
        onBytes(at);
        controller.enqueue(slice);
      },
    },
    { highWaterMark: 1 },
  );
}

function unpacked(file: FileBytes, gzip: boolean, onBytes: (taken: number) => void): ReadableStream<Uint8Array> {
  const raw = streamOf(file, onBytes);
  return gzip ? raw.pipeThrough(new DecompressionStream('gzip') as ReadableWritablePair<Uint8Array, Uint8Array>) : raw;
}

/** The first `HEAD_BYTES` of a stream; a gzip cut off within them still gives what came before the cut. */
async function headOf(stream: ReadableStream<Uint8Array>): Promise<{ bytes: Uint8Array; broken: boolean }> {
  const reader = stream.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  let broken = false;
  try {
    while (length < HEAD_BYTES) {
      const { done, value } = await reader.read();
      if (done) break;
      parts.push(value);
      length += value.length;
    }
  } catch {
    broken = true;
  }
  await reader.cancel().catch(() => undefined);
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return { bytes: bytes.subarray(0, HEAD_BYTES), broken };
}

function decoded(stream: ReadableStream<Uint8Array>, encoding: TextEncodingName): ReadableStream<string> {
  return stream.pipeThrough(new TextDecoderStream(encoding) as ReadableWritablePair<string, Uint8Array>);
}

/** Finds out what a file is. Refuses what cannot be a table of text, with the reason. */
export async function openTextSource(file: FileBytes): Promise<Result<TextSource, UnreadableCode>> {
  if (file.size === 0) return err('importEmpty');
  const first = await bytesOf(file, 0, 2).catch(() => null);
  if (!first) return err('importUnreadable');
  const gzip = isGzip(first);
  const head = await headOf(unpacked(file, gzip, () => undefined));
  if (head.bytes.length === 0) return err(head.broken ? 'importTruncated' : 'importEmpty');
  const encoding = detectEncoding(head.bytes);
  if (!encoding) return err('importBinary');
  const text = new TextDecoder(encoding).decode(head.bytes);
  if (text.trim() === '') return err('importEmpty');
  return ok({
    gzip,
    encoding,
    head: text,
    open: (onBytes = () => undefined) => decoded(unpacked(file, gzip, onBytes), encoding),
  });
}
