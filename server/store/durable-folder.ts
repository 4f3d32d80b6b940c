import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

/** What of PGlite's insides is used here: where its file system looks up what fsync does. */
interface Emscripten {
  readonly NODEFS: { readonly stream_ops: { fsync?: (stream: { readonly nfd: number }) => number } };
  readonly FS: { readonly ErrnoError: new (code: number) => Error };
}

const EIO = 29;

/** PGlite's folder does nothing when PostgreSQL asks it to reach the disk; this one does. */
class DurableFolder extends NodeFS {
  private readonly sync: (descriptor: number) => void;

  constructor(folder: string, sync: (descriptor: number) => void) {
    super(folder);
    this.sync = sync;
  }

  override async init(...args: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(...args);
    const durable = (module: unknown): void => {
      const { NODEFS, FS } = module as Emscripten;
      NODEFS.stream_ops.fsync = ({ nfd }) => {
        try {
          this.sync(nfd);
          return 0;
        } catch {
          throw new FS.ErrnoError(EIO);
        }
      };
    };
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), durable] } };
  }
}

/** As PGlite starts by itself, but with fsync, in the one form that reaches the file system above. */
const startParams = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  '-c',
  'fsync=on',
  '-c',
  'wal_sync_method=fsync',
];

/** Major version of the PostgreSQL that is embedded: a folder of another one can't be opened by it. */
export const EMBEDDED_VERSION = '18';

/** Of the PostgreSQL that made this folder; null when there is no database in it. */
export function versionOf(folder: string): string | null {
  const file = join(folder, 'PG_VERSION');
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : null;
}

/** A database in a folder. What is committed is on the disk, as far as `sync` sees to it. */
export async function openFolder(folder: string, sync: (descriptor: number) => void = fsyncSync): Promise<PGlite> {
  if (!existsSync(folder)) await makeDatabase(folder);
  return PGlite.create({ fs: new DurableFolder(folder, sync), startParams });
}

/** Under another name until it is whole: a start that is interrupted leaves nothing that looks like a database. */
async function makeDatabase(folder: string): Promise<void> {
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  await (await PGlite.create({ fs: new DurableFolder(unfinished, fsyncSync), startParams })).close();
  renameSync(unfinished, folder);
  if (process.platform === 'win32') return;
  const parent = openSync(dirname(folder), 'r');
  fsyncSync(parent);
  closeSync(parent);
}
