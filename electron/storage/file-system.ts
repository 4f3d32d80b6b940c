import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errnoOf, isMissing } from './faults.ts';

/** An open file, as thin as possible, so that tests can put a failing disk in its place. */
export interface OpenFile {
  /** Writes at `position` and answers how many bytes went in, which may be fewer than given. */
  write(data: Uint8Array, position: number): Promise<number>;
  /** Fills `target` from `position` and answers how many bytes there were. */
  read(target: Uint8Array, position: number): Promise<number>;
  /** Returns when the content (and the length) is on the disk itself. */
  sync(): Promise<void>;
  truncate(length: number): Promise<void>;
  size(): Promise<number>;
  close(): Promise<void>;
}

/** `r` read, `r+` read and change what exists, `wx` make anew and refuse what exists, `w` make or empty. */
export type OpenFlags = 'r' | 'r+' | 'wx' | 'w';

/** What storage needs of a disk. Failures are thrown as Node's errno exceptions. */
export interface FileSystem {
  open(path: string, flags: OpenFlags): Promise<OpenFile>;
  readFile(path: string): Promise<Buffer>;
  /** Names in a folder, sorted; empty if the folder is missing. */
  list(folder: string): Promise<string[]>;
  makeFolder(path: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** Removing what is missing is no failure. */
  remove(path: string): Promise<void>;
  /** Makes renames and new names in a folder durable. */
  syncFolder(path: string): Promise<void>;
  /** Length in bytes, or null if missing. */
  size(path: string): Promise<number | null>;
  /** Bytes this process may still write in this folder, or null where the system does not tell. */
  freeBytes(folder: string): Promise<number | null>;
}

function opened(handle: FileHandle): OpenFile {
  return {
    write: async (data, position) => (await handle.write(data, 0, data.byteLength, position)).bytesWritten,
    read: async (target, position) => (await handle.read(target, 0, target.byteLength, position)).bytesRead,
    sync: () => handle.datasync(),
    truncate: (length) => handle.truncate(length),
    size: async () => (await handle.stat()).size,
    close: () => handle.close(),
  };
}

/** What systems answer that have no syncing of folders, or don't let us open this one: nothing more can be done. */
const UNSYNCABLE = ['EINVAL', 'ENOTSUP', 'EACCES', 'EPERM'];

async function syncFolder(path: string): Promise<void> {
  // Windows has no way to open a folder for this, and keeps renames in order by itself.
  if (process.platform === 'win32') return;
  try {
    const handle = await open(path, constants.O_RDONLY);
    await handle.sync().finally(() => handle.close());
  } catch (error) {
    if (!UNSYNCABLE.includes(errnoOf(error) ?? '')) throw error;
  }
}

/** Makes a folder and what is missing above it, and makes each of those names durable. */
async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  for (let made = path; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made));
}

/** The disk of this machine. */
export const nodeFileSystem: FileSystem = {
  open: async (path, flags) => opened(await open(path, flags, 0o600)),
  readFile: (path) => readFile(path),
  list: (folder) =>
    readdir(folder).then(
      (names) => names.sort(),
      (error: unknown) => (isMissing(error) ? [] : Promise.reject(error)),
    ),
  makeFolder,
  rename,
  remove: (path) => rm(path, { force: true }),
  syncFolder,
  size: (path) =>
    stat(path).then(
      (found) => found.size,
      (error: unknown) => (isMissing(error) ? null : Promise.reject(error)),
    ),
  freeBytes: async (folder) => {
    const found = await statfs(folder).catch(() => null);
    return found === null ? null : found.bavail * found.bsize;
  },
};

/** Writes all of `data`, in as many pieces as the disk takes. */
export async function writeAll(file: OpenFile, data: Uint8Array, position: number): Promise<void> {
  let done = 0;
  while (done < data.byteLength) {
    const written = await file.write(done === 0 ? data : data.subarray(done), position + done);
    if (written <= 0) throw Object.assign(new Error('the disk took no bytes'), { code: 'EIO' });
    done += written;
  }
}

/** Runs `work` on an open file and closes it whatever happens. */
export async function withFile<T>(
  fs: FileSystem,
  path: string,
  flags: OpenFlags,
  work: (file: OpenFile) => Promise<T>,
): Promise<T> {
  const file = await fs.open(path, flags);
  try {
    return await work(file);
  } finally {
    await file.close();
  }
}
