import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureFallback, fallback, fallbackFits } from './fallback.ts';
import { installedOfficial, installOfficial, pinnedVersion, releaseHostAnswers } from './official.ts';
import type { Runtime } from './runtime.ts';

/** What the resolver asks of the world; tests put a world of their own in its place. */
export interface Sources {
  readonly override: string | undefined;
  installed(): Runtime | undefined;
  hostAnswers(): Promise<boolean>;
  install(): Promise<Runtime>;
  fallbackFits(): boolean;
  fallback(): Promise<Runtime>;
  announce(line: string): void;
}

const executableNames: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};

const overridden = (dist: string): Runtime => {
  const executable = join(dist, executableNames[process.platform] ?? 'electron');
  if (!existsSync(executable)) throw new Error(`ELECTRON_OVERRIDE_DIST_PATH holds no Electron: ${executable}`);
  return { kind: 'override', dist, executable };
};

export const fallbackLine = `Electron ${pinnedVersion} cannot be downloaded here (its release host does not answer); using Electron ${fallback.electron} from ${fallback.package}, for development and tests only.`;

/** The order is the point: what the person says, then what we pinned, and a stand-in only when that is out of reach. */
export const resolveFrom = async (sources: Sources): Promise<Runtime> => {
  if (sources.override) return overridden(sources.override);
  const installed = sources.installed();
  if (installed) return installed;
  if (await sources.hostAnswers()) return sources.install();
  if (!sources.fallbackFits()) {
    throw new Error(`Electron ${pinnedVersion} cannot be downloaded: its release host does not answer.`);
  }
  sources.announce(fallbackLine);
  return sources.fallback();
};

/** The Electron to use on this machine. Says one line on stderr when it is not the pinned one. */
export const resolveRuntime = (): Promise<Runtime> =>
  resolveFrom({
    override: process.env.ELECTRON_OVERRIDE_DIST_PATH,
    installed: installedOfficial,
    hostAnswers: releaseHostAnswers,
    install: installOfficial,
    fallbackFits,
    fallback: ensureFallback,
    announce: (line) => console.error(line),
  });
