import { existsSync, readFileSync } from 'node:fs';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { cacheFolder } from '../system/places.ts';
import { capture } from '../system/run.ts';
import type { Runtime } from './runtime.ts';

/** The pinned Electron, as its own package downloads it. */

const require = createRequire(import.meta.url);
const packageFolder = dirname(require.resolve('electron/package.json'));
const releases = process.env.ELECTRON_MIRROR || 'https://github.com/electron/electron/releases/download/';

export const pinnedVersion: string = require('electron/package.json').version;

/** The binary if it is already unpacked in node_modules. */
export const installedOfficial = (): Runtime | undefined => {
  const pathFile = join(packageFolder, 'path.txt');
  if (!existsSync(pathFile)) return undefined;
  const dist = join(packageFolder, 'dist');
  const executable = join(dist, readFileSync(pathFile, 'utf8').trim());
  return existsSync(executable) ? { kind: 'official', dist, executable } : undefined;
};

const silence = () => join(cacheFolder(), 'release-host-silent');
const anHour = 3_600_000;

const wasSilentLately = async (): Promise<boolean> => {
  const known = await stat(silence()).catch(() => undefined);
  return known !== undefined && Date.now() - known.mtimeMs < anHour;
};

/**
 * Asks the release host for a sign of life, for three seconds at most, and remembers silence for an hour.
 * Behind a proxy only a download can tell.
 */
export const releaseHostAnswers = async (): Promise<boolean> => {
  if (process.env.HTTPS_PROXY || process.env.https_proxy) return true;
  if (await wasSilentLately()) return false;
  try {
    await fetch(new URL(releases).origin, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(3000) });
    return true;
  } catch {
    await mkdir(cacheFolder(), { recursive: true });
    await writeFile(silence(), '');
    return false;
  }
};

/** Downloads and unpacks the pinned release. A host that answers but fails is an error, never a reason to fall back. */
export const installOfficial = async (): Promise<Runtime> => {
  const result = await capture(process.execPath, [join(packageFolder, 'install.js')], {
    env: { ...process.env, NODE_USE_ENV_PROXY: '1' },
  });
  const runtime = result.code === 0 ? installedOfficial() : undefined;
  if (!runtime) throw new Error(`Electron ${pinnedVersion} could not be downloaded: ${result.stderr.trim()}`);
  return runtime;
};
