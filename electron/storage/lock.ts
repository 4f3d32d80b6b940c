import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { errnoOf, isMissing } from './faults.ts';
import { type FileSystem, withFile, writeAll } from './file-system.ts';

/** Who holds a folder. `born` tells a process from a later one that got the same number (Linux only). */
interface Holder {
  readonly pid: number;
  readonly born: string;
  readonly token: string;
}

const readOr = (path: string) => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

/** Boot and start time of a process, as Linux tells them; empty elsewhere. */
function bornOf(pid: number): string {
  const stat = readOr(`/proc/${pid}/stat`);
  if (stat === '') return '';
  const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  return `${readOr('/proc/sys/kernel/random/boot_id').trim()} ${started}`;
}

function isAlive(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if (errnoOf(error) !== 'EPERM') return false;
  }
  return holder.born === '' || bornOf(holder.pid) === holder.born;
}

async function readHolder(fs: FileSystem, path: string): Promise<Holder | null> {
  try {
    const found: unknown = JSON.parse((await fs.readFile(path)).toString('utf8'));
    if (typeof found !== 'object' || found === null) return null;
    const { pid, born, token } = found as Partial<Holder>;
    return typeof pid === 'number' && typeof born === 'string' && typeof token === 'string'
      ? { pid, born, token }
      : null;
  } catch {
    return null;
  }
}

const takeNew = async (fs: FileSystem, path: string, holder: Holder): Promise<boolean> => {
  try {
    await withFile(fs, path, 'wx', (file) => writeAll(file, Buffer.from(JSON.stringify(holder)), 0));
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    // A full disk must not keep anybody out: the empty lock file is there, and that is what counts.
    if (await fs.size(path)) throw error;
    return true;
  }
};

export interface FolderLock {
  release(): Promise<void>;
}

/**
 * Takes a folder for this process, or answers null while another living process holds it. A lock left by a killed
 * process is taken over: of several that try, only one can move it out of the way.
 */
export async function lockFolder(
  fs: FileSystem,
  path: string,
  openHere: Set<string>,
  pause: (milliseconds: number) => Promise<unknown>,
): Promise<FolderLock | null> {
  if (openHere.has(path)) return null;
  const token = randomBytes(8).toString('hex');
  const mine: Holder = { pid: process.pid, born: bornOf(process.pid), token };
  for (let attempt = 0; attempt < 8; attempt += 1) {
    if (await takeNew(fs, path, mine)) {
      openHere.add(path);
      return {
        release: async () => {
          openHere.delete(path);
          await fs.remove(path);
        },
      };
    }
    const holder = await readHolder(fs, path);
    if (holder !== null && holder.pid !== process.pid && isAlive(holder)) return null;
    // An empty lock may just be being written by another process; only one that stays empty was left behind.
    if (holder === null && attempt < 3) await pause(40);
    else await moveAway(fs, path, `${path}.${token}`, holder);
  }
  return null;
}

/** Moves a lock of the dead out of the way. One that another process took meanwhile is put back: it is theirs. */
async function moveAway(fs: FileSystem, path: string, away: string, judged: Holder | null): Promise<void> {
  try {
    await fs.rename(path, away);
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  const moved = await readHolder(fs, away);
  const isTheirs = moved !== null && moved.token !== judged?.token;
  if (isTheirs && (await fs.size(path)) === null) await fs.rename(away, path);
  else await fs.remove(away);
}
