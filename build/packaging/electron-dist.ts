import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fallback } from '../electron-runtime/fallback.ts';
import { pinnedVersion } from '../electron-runtime/official.ts';
import type { Runtime } from '../electron-runtime/runtime.ts';

/** The Electron that goes into a package. */
export interface Ingredient {
  readonly folder: string;
  readonly version: string;
  readonly isPinned: boolean;
  discard(): Promise<void>;
}

const versionOf = async (dist: string): Promise<string> => {
  const text = await readFile(join(dist, 'version'), 'utf8').catch(() => fallback.electron);
  return text.trim().replace(/^v/, '');
};

/** Copies the runtime without the development loader, which a package must not carry. */
export const ingredientFrom = async (runtime: Runtime): Promise<Ingredient> => {
  const version = await versionOf(runtime.dist);
  const folder = await mkdtemp(join(tmpdir(), 'deskbell-electron-'));
  const loader = join(runtime.dist, 'resources/app');
  await cp(runtime.dist, folder, { recursive: true, verbatimSymlinks: true, filter: (path) => path !== loader });
  return {
    folder,
    version,
    isPinned: version === pinnedVersion,
    discard: () => rm(folder, { recursive: true, force: true }),
  };
};
