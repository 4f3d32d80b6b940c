import { createHash } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { isMissing } from './faults.ts';
import { type FileSystem, withFile, writeAll } from './file-system.ts';

/** What a small file holds: its value, nothing, or something that can't be believed. */
export type Found = { readonly is: 'value'; readonly text: string } | { readonly is: 'missing' | 'damaged' };

const sumOf = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

/**
 * Replaces a file in one step: a temporary file is written and synced, renamed over the old one, and the rename is
 * synced. A kill at any moment leaves either the old content or the new, whole.
 * @param previous where the old content is kept as a spare, if wanted
 */
export async function replaceFile(fs: FileSystem, path: string, data: Uint8Array, previous?: string): Promise<void> {
  const temporary = `${path}.tmp`;
  try {
    await withFile(fs, temporary, 'w', async (file) => {
      await writeAll(file, data, 0);
      await file.sync();
    });
    if (previous !== undefined && (await fs.size(path)) !== null) await fs.rename(path, previous);
    await fs.rename(temporary, path);
  } catch (error) {
    await fs.remove(temporary).catch(() => undefined);
    throw error;
  }
  await fs.syncFolder(dirname(path));
}

/** Text with its checksum on the first line, so that a flipped bit is noticed and a person can still read it. */
export const withChecksum = (text: string): Buffer => Buffer.from(`${sumOf(text)}\n${text}`, 'utf8');

export async function readChecked(fs: FileSystem, path: string): Promise<Found> {
  let content: string;
  try {
    content = (await fs.readFile(path)).toString('utf8');
  } catch (error) {
    if (isMissing(error)) return { is: 'missing' };
    throw error;
  }
  const end = content.indexOf('\n');
  const text = content.slice(end + 1);
  return end > 0 && content.slice(0, end) === sumOf(text) ? { is: 'value', text } : { is: 'damaged' };
}

/** Reads a file that keeps a spare: the file itself, or, when it is missing or damaged, its predecessor. */
export async function readWithSpare(fs: FileSystem, path: string, previous: string): Promise<Found> {
  const found = await readChecked(fs, path);
  if (found.is === 'value') return found;
  const spare = await readChecked(fs, previous);
  if (spare.is === 'value') return spare;
  return found.is === 'damaged' || spare.is === 'damaged' ? { is: 'damaged' } : found;
}

/** Puts a file nobody can read aside, under a name that tells where it came from. Never deletes it, nor another. */
export async function setAside(fs: FileSystem, path: string, folder: string): Promise<void> {
  await fs.makeFolder(folder);
  const taken = new Set(await fs.list(folder));
  const name = basename(path);
  let free = name;
  for (let more = 2; taken.has(free); more += 1) free = `${name}.${more}`;
  await fs.rename(path, join(folder, free));
}
