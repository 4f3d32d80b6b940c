import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fallback } from './electron-runtime/fallback.ts';
import { resolveRuntime } from './electron-runtime/resolve.ts';
import { type Ingredient, ingredientFrom } from './packaging/electron-dist.ts';
import { fusesOf, readFuses, wrongFuses } from './packaging/fuses.ts';
import { packagedExecutable, packages } from './packaging/places.ts';
import { buildNow } from './system/outputs.ts';
import { ensurePackages, needs } from './system/packages.ts';
import { root } from './system/places.ts';
import { foreground, script, tool } from './system/run.ts';

/**
 * `npm run dist` packages for this system: a folder and a tar.gz on Linux, for trying out. With `-- --release` it
 * makes every target the configuration names, and only of the pinned Electron. `-- --dir` makes the folder alone.
 */

const sevenZip = '/usr/bin/7za';

const targets = (args: readonly string[]): string[] => {
  if (args.includes('--release')) return [];
  if (args.includes('--dir') || process.platform !== 'linux') return ['--dir'];
  return ['--linux', 'dir', 'tar.gz'];
};

const settings = async (electron: Ingredient): Promise<string[]> => {
  const executable = join(electron.folder, process.platform === 'win32' ? 'electron.exe' : 'electron');
  const burnt =
    process.platform === 'darwin' ? await fusesOf(join(electron.folder, 'Electron.app')) : await fusesOf(executable);
  const entries = Object.entries(burnt).map(([name, on]) => `-c.electronFuses.${name}=${on}`);
  return [`-c.electronDist=${electron.folder}`, `-c.electronVersion=${electron.version}`, ...entries];
};

const builder = async (electron: Ingredient, args: readonly string[]): Promise<number> => {
  const seven = existsSync(sevenZip) ? { ELECTRON_BUILDER_7ZIP_PATH: sevenZip } : {};
  const config = ['--config', 'build/electron-builder.yml', '--publish', 'never', ...(await settings(electron))];
  return foreground(tool('electron-builder'), [...targets(args), ...config], { env: { ...process.env, ...seven } });
};

/** Reads back what was made: a package whose fuses are not burnt as configured is no package. */
const faults = async (electron: Ingredient): Promise<string[]> => {
  const executable = packagedExecutable();
  const wrong = wrongFuses(await readFuses(executable), !electron.isPinned);
  const loose = existsSync(join(executable, '../resources/app')) ? ['resources/app is not an archive'] : [];
  return [...wrong.map((name) => `the fuse ${name} is not as configured`), ...loose];
};

const report = async (electron: Ingredient): Promise<void> => {
  const made = (await readdir(packages)).filter((name) => /unpacked$|\.(tar\.gz|deb|AppImage|exe|dmg)$/.test(name));
  console.log(`Packaged with Electron ${electron.version}: ${made.map((name) => join('dist', name)).join(', ')}`);
};

const dist = async (args: readonly string[]): Promise<number> => {
  const runtime = await resolveRuntime();
  const electron = await ingredientFrom(runtime);
  try {
    if (args.includes('--release') && !electron.isPinned) {
      console.error(
        `A release needs the pinned Electron; ${electron.version} (as ${fallback.package}) is for tests only.`,
      );
      return 1;
    }
    if (process.platform === 'linux' && !(await ensurePackages(needs.packaging))) return 1;
    await rm(packages, { recursive: true, force: true });
    if ((await buildNow()) !== 0 || (await builder(electron, args)) !== 0) return 1;
    const found = await faults(electron);
    for (const fault of found) console.error(`The package is wrong: ${fault}`);
    if (found.length === 0) await report(electron);
    return found.length === 0 ? 0 : 1;
  } finally {
    await electron.discard();
  }
};

process.chdir(root);
await script(() => dist(process.argv.slice(2)));
