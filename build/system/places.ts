import { homedir } from 'node:os';
import { join } from 'node:path';

/** The checkout this code lives in. */
export const root = join(import.meta.dirname, '../..');

/** Downloads worth keeping between checkouts live here, never in the tree. */
export const cacheFolder = (): string => {
  const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(base, 'deskbell');
};

/** Root needs `--no-sandbox` to start Chromium at all; that is the launcher's and the tests' affair alone. */
export const runsAsRoot = (): boolean => process.getuid?.() === 0;
