import { readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './places.ts';
import { foreground, tool } from './run.ts';

/** What out/ is made of, and whether it is older than that. */

const sources = [
  'domain',
  'contracts',
  'sync',
  'electron',
  'renderer',
  'package.json',
  'build/electron.vite.config.ts',
];
const stamp = join(root, 'out/built');

const newest = (path: string): number => {
  const own = statSync(path, { throwIfNoEntry: false });
  if (!own) return 0;
  if (!own.isDirectory()) return own.mtimeMs;
  const inside = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const times = inside.map((entry) => statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.mtimeMs);
  return Math.max(0, ...times.map((time) => time ?? 0));
};

export const isStale = (): boolean => {
  const built = statSync(stamp, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return sources.some((source) => newest(join(root, source)) > built);
};

/** A development server writes into out/ as well; after it, the next start builds again. */
export const forgetBuild = (): void => rmSync(stamp, { force: true });

/** Builds main, preload and renderer; the stamp is as old as the moment the build began. */
export const buildNow = async (): Promise<number> => {
  const began = Date.now();
  forgetBuild();
  const code = await foreground(
    tool('electron-vite'),
    ['build', '--config', 'build/electron.vite.config.ts', '--logLevel', 'warn'],
    { stdio: ['ignore', process.stderr, process.stderr] },
  );
  if (code === 0) {
    writeFileSync(stamp, '');
    utimesSync(stamp, began / 1000, began / 1000);
  }
  return code;
};

/** Builds if a source is newer than what was built; answers false when the build fails. */
export const ensureBuilt = async (): Promise<boolean> => !isStale() || (await buildNow()) === 0;
