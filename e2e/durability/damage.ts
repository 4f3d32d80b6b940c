import { createHash } from 'node:crypto';
import { cp, open, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Random } from './random.ts';

/** What may happen to a profile while Deskbell is not running. */

export const dataFolder = (profile: string): string => join(profile, 'data');
const databases = (profile: string) => join(profile, 'IndexedDB');

/** Chromium's folder of the desk's own database. */
async function database(profile: string): Promise<string> {
  const name = (await readdir(databases(profile))).find((entry) => entry.endsWith('.indexeddb.leveldb'));
  if (!name) throw new Error('there is no IndexedDB folder');
  return join(databases(profile), name);
}

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(folder, entry.name));
}

export const deleteDatabase = (profile: string): Promise<void> =>
  rm(databases(profile), { recursive: true, force: true });

/** Every file of the database, the list of its files among them, ends in its middle. */
export async function truncateDatabase(profile: string): Promise<void> {
  for (const file of await filesOf(await database(profile)))
    await truncate(file, Math.floor((await stat(file)).size / 2));
}

/** Bytes of no meaning in the middle of every file of the database. */
export async function garbleDatabase(profile: string, random: Random): Promise<void> {
  for (const file of await filesOf(await database(profile))) {
    const { size } = await stat(file);
    await overwrite(file, Math.floor(size / 3), noise(Math.ceil(size / 3), random));
  }
}

const noise = (length: number, random: Random) => Buffer.from(Array.from({ length }, () => random.between(0, 256)));

async function overwrite(file: string, at: number, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.write(bytes, 0, bytes.length, at);
  await handle.close();
}

/** A backup of one folder of the profile, to be put back later: yesterday's. */
export async function backup(folder: string, as: string): Promise<{ putBack(): Promise<void> }> {
  await cp(folder, as, { recursive: true });
  return {
    putBack: async () => {
      await rm(folder, { recursive: true, force: true });
      await cp(as, folder, { recursive: true });
    },
  };
}
export const backupDatabase = (profile: string, as: string) => backup(databases(profile), as);

/** The journal's file that is written to. */
async function lastSegment(profile: string): Promise<string> {
  const folder = join(dataFolder(profile), 'segments');
  const name = (await readdir(folder))
    .filter((entry) => entry.endsWith('.segment'))
    .sort()
    .at(-1);
  if (!name) throw new Error('the journal has no segment');
  return join(folder, name);
}

/** Half of the last record is missing, as when the power fails in the middle of the write. */
export async function tearJournal(profile: string): Promise<void> {
  const file = await lastSegment(profile);
  const starts = recordStarts(await readFile(file));
  await truncate(file, (starts.at(-1) ?? 0) + 30);
}

/** One byte of the record that holds `text` is not what was written. */
export async function flipInRecord(profile: string, text: string): Promise<void> {
  const file = await lastSegment(profile);
  const bytes = await readFile(file);
  const at = bytes.indexOf(text);
  if (at < 0) throw new Error(`no record holds ${text}`);
  await overwrite(file, at, Buffer.from([(bytes[at] ?? 0) ^ 0x20]));
}

/** Every record begins with these four bytes, which occur in no text. */
const MARK = Buffer.from([0xf5, 0x44, 0x4b, 0xfe]);
function recordStarts(bytes: Buffer): number[] {
  const starts: number[] = [];
  for (let at = bytes.indexOf(MARK); at >= 0; at = bytes.indexOf(MARK, at + 1)) starts.push(at);
  return starts;
}

interface Identity {
  readonly device: string;
  readonly mark: Readonly<Record<string, string>>;
}

/** Who the journal says it is; its first line is the checksum of the rest. */
export async function readIdentity(profile: string): Promise<Identity> {
  const text = await readFile(join(dataFolder(profile), 'identity'), 'utf8');
  return JSON.parse(text.slice(text.indexOf('\n') + 1));
}

/** As if the profile had been copied from a machine with another mark. */
export async function markAsOtherMachine(profile: string): Promise<void> {
  const identity = await readIdentity(profile);
  const mark = Object.fromEntries(Object.keys(identity.mark).map((fact) => [fact, 'f'.repeat(32)]));
  const text = JSON.stringify({ ...identity, mark });
  const sum = createHash('sha256').update(text, 'utf8').digest('hex');
  await writeFile(join(dataFolder(profile), 'identity'), `${sum}\n${text}`);
}
