import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A folder made once: it bears its name only when `make` came to its end. */
export const preparedOnce = async (folder: string, make: (into: string) => Promise<void>): Promise<string> => {
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(dirname(folder), { recursive: true });
  await mkdir(unfinished);
  await make(unfinished);
  await rename(unfinished, folder);
  return folder;
};
