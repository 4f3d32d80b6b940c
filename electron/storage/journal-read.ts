import type { Frame } from '#contracts/host/engine-host.ts';
import { StorageFault } from './faults.ts';
import type { FileSystem, OpenFile } from './file-system.ts';
import { RECORD_HEAD, recordAt, recordLength } from './frame-codec.ts';
import type { Segment } from './segment.ts';

const WINDOW = 1024 * 1024;

/** Reads records of one segment through a window, so that a long run of frames costs few reads. */
function windowOn(file: OpenFile) {
  let from = 0;
  let bytes: Buffer = Buffer.alloc(0);
  const show = async (offset: number, length: number) => {
    if (offset >= from && offset + length <= from + bytes.length) return;
    const target = Buffer.allocUnsafe(Math.max(length, WINDOW));
    bytes = target.subarray(0, await file.read(target, offset));
    from = offset;
  };
  return async (offset: number, lsn: number): Promise<Buffer> => {
    await show(offset, RECORD_HEAD);
    await show(offset, recordLength(bytes, offset - from) ?? RECORD_HEAD);
    const found = recordAt(bytes, offset - from);
    if (typeof found === 'object' && found.lsn === lsn) return found.payload;
    throw new StorageFault({ code: 'ioError', detail: `frame ${lsn} is damaged` });
  };
}

interface Part {
  readonly frames: readonly Frame[];
  readonly nextLsn: number | null;
}

/** Frames from `fromLsn` on, about `maxBytes` of them and at least one; lsns nobody has are passed over. */
export async function readFrames(
  fs: FileSystem,
  segments: readonly Segment[],
  fromLsn: number,
  maxBytes: number,
): Promise<Part> {
  const frames: Frame[] = [];
  let size = 0;
  for (const segment of segments) {
    if ((segment.starts.at(-1)?.lsn ?? 0) < fromLsn) continue;
    const file = await fs.open(segment.path, 'r');
    try {
      const payloadAt = windowOn(file);
      for (const { lsn, offset } of segment.starts) {
        if (lsn < fromLsn) continue;
        const payload = await payloadAt(offset, lsn);
        if (frames.length > 0 && size + payload.length > maxBytes) return { frames, nextLsn: lsn };
        size += payload.length;
        frames.push(JSON.parse(payload.toString('utf8')));
      }
    } finally {
      await file.close();
    }
  }
  return { frames, nextLsn: null };
}
