import { basename, dirname } from 'node:path';
import { FRAME_FORMAT_VERSION } from '#contracts/host/engine-host.ts';
import { StorageFault } from './faults.ts';
import { type FileSystem, type OpenFile, withFile, writeAll } from './file-system.ts';
import { encodePreamble, encodeRecord, PREAMBLE, RECORD, RECORD_HEAD, recordAt, recordLength } from './frame-codec.ts';

/** Lines go to disk in chunks of about this many characters, each with a checksum of its own. */
const CHUNK = 1024 * 1024;

interface Chunk {
  readonly firstLine: number;
  readonly offset: number;
  readonly length: number;
}

/** One import stage on disk. */
export interface StageFile {
  readonly lines: number;
  /** UTF-8 bytes of the lines, a newline after each. */
  readonly bytes: number;
  readonly sealed: boolean;
  readonly chunks: readonly Chunk[];
  /** The first line that can't be believed, if the file is damaged. */
  readonly damagedFrom: number | null;
  /** Adds lines, or throws with none of them kept. */
  append(lines: readonly string[]): Promise<void>;
  seal(): Promise<void>;
  close(): Promise<void>;
}

interface Content {
  lines: number;
  bytes: number;
  sealed: boolean;
  chunks: Chunk[];
  /** End of the last good record. */
  length: number;
  damaged: boolean;
}

const countLines = (payload: Buffer): number => {
  let count = 1;
  for (let at = payload.indexOf(10); at >= 0; at = payload.indexOf(10, at + 1)) count += 1;
  return count;
};

async function readRecord(file: OpenFile, offset: number, size: number) {
  const head = Buffer.alloc(RECORD_HEAD);
  await file.read(head, offset);
  const length = recordLength(head, 0);
  if (length === null || offset + length > size) return null;
  const bytes = Buffer.allocUnsafe(length);
  await file.read(bytes, offset);
  const found = recordAt(bytes, 0);
  return typeof found === 'object' ? { ...found, length } : null;
}

/** Reads a stage once through, chunk by chunk, up to its end or the first damage. */
async function scanStage(file: OpenFile): Promise<Content> {
  const content: Content = { lines: 0, bytes: 0, sealed: false, chunks: [], length: PREAMBLE, damaged: false };
  const size = await file.size();
  while (content.length < size) {
    const record = await readRecord(file, content.length, size);
    if (record === null) return { ...content, damaged: true };
    if (record.version > FRAME_FORMAT_VERSION) throw new StorageFault({ code: 'newerFormat', detail: 'stage' });
    content.sealed = record.type === RECORD.seal;
    if (record.type === RECORD.chunk) {
      content.chunks.push({ firstLine: content.lines, offset: content.length, length: record.length });
      content.lines += countLines(record.payload);
      content.bytes += record.payload.length + 1;
    }
    content.length += record.length;
  }
  return content;
}

function toChunks(lines: readonly string[]): string[] {
  const chunks: string[] = [];
  let from = 0;
  let size = 0;
  for (const [index, line] of lines.entries()) {
    if (index > from && size + line.length > CHUNK) {
      chunks.push(lines.slice(from, index).join('\n'));
      from = index;
      size = 0;
    }
    size += line.length + 1;
  }
  if (from < lines.length) chunks.push(lines.slice(from).join('\n'));
  return chunks;
}

/** Opens the stage at `path`, which is made by the first append if it is missing. */
export async function loadStage(fs: FileSystem, path: string): Promise<StageFile> {
  const exists = (await fs.size(path)) !== null;
  const content: Content = exists
    ? await withFile(fs, path, 'r', scanStage)
    : { lines: 0, bytes: 0, sealed: false, chunks: [], length: 0, damaged: false };
  let file: OpenFile | null = null;

  const close = async () => {
    await file?.close();
    file = null;
  };
  const opened = async (): Promise<OpenFile> => {
    if (file) return file;
    file = await fs.open(path, content.length === 0 ? 'w' : 'r+');
    await file.truncate(content.length);
    return file;
  };

  /** Writes records behind the good ones; when that fails the file is as long as before. */
  const add = async (records: readonly Buffer[], sync: boolean) => {
    const target = await opened();
    try {
      await writeAll(target, Buffer.concat(records), content.length);
      if (sync) await target.sync();
    } catch (error) {
      // The next append opens the file anew and cuts it, should cutting fail now.
      await target.truncate(content.length).catch(() => undefined);
      await close().catch(() => undefined);
      throw error;
    }
    content.length += records.reduce((sum, record) => sum + record.length, 0);
  };

  const append = async (lines: readonly string[]) => {
    const texts = toChunks(lines);
    const preamble = content.length === 0 ? [encodePreamble('DBELLSTG')] : [];
    let next = content.lines;
    let offset = content.length + (preamble[0]?.length ?? 0);
    const chunks: Chunk[] = [];
    const records = texts.map((text) => {
      const record = encodeRecord(RECORD.chunk, FRAME_FORMAT_VERSION, next, text);
      chunks.push({ firstLine: next, offset, length: record.length });
      next += countLines(record.subarray(RECORD_HEAD));
      offset += record.length;
      return record;
    });
    await add([...preamble, ...records], false);
    content.sealed = false;
    content.damaged = false;
    content.lines = next;
    content.bytes += chunks.reduce((sum, chunk) => sum + chunk.length - RECORD_HEAD + 1, 0);
    content.chunks.push(...chunks);
  };

  return {
    get lines() {
      return content.lines;
    },
    get bytes() {
      return content.bytes;
    },
    get sealed() {
      return content.sealed;
    },
    get chunks() {
      return content.chunks;
    },
    get damagedFrom() {
      return content.damaged ? content.lines : null;
    },
    append,
    async seal() {
      const text = JSON.stringify({ lines: content.lines, bytes: content.bytes });
      await add([encodeRecord(RECORD.seal, FRAME_FORMAT_VERSION, content.lines, text)], true);
      await fs.syncFolder(dirname(path));
      content.sealed = true;
      await close();
    },
    close,
  };
}

/** Refuses with the line from which on the stage is lost, rather than handing over a file with a hole. */
const damaged = (path: string, line: number) =>
  new StorageFault({ code: 'ioError', detail: `${basename(path)} is damaged from line ${line}` });

interface Part {
  readonly lines: readonly string[];
  readonly nextLine: number | null;
}

/** Lines from `fromLine` on, about `maxBytes` of them and at least one. */
export async function readStageLines(
  fs: FileSystem,
  path: string,
  stage: StageFile,
  fromLine: number,
  maxBytes: number,
): Promise<Part> {
  const lines: string[] = [];
  let size = 0;
  const part = await withFile<Part | null>(fs, path, 'r', async (file) => {
    for (const chunk of stage.chunks.slice(
      Math.max(
        0,
        stage.chunks.findLastIndex((one) => one.firstLine <= fromLine),
      ),
    )) {
      const record = await readRecord(file, chunk.offset, Number.MAX_SAFE_INTEGER);
      if (record === null) throw damaged(path, chunk.firstLine);
      const texts = record.payload.toString('utf8').split('\n');
      for (const [index, line] of texts.entries()) {
        const number = chunk.firstLine + index;
        if (number < fromLine) continue;
        if (lines.length > 0 && size + line.length > maxBytes) return { lines, nextLine: number };
        size += line.length;
        lines.push(line);
      }
    }
    return null;
  });
  if (part !== null) return part;
  if (stage.damagedFrom !== null && lines.length === 0) throw damaged(path, stage.damagedFrom);
  return { lines, nextLine: stage.damagedFrom };
}
