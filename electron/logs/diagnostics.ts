import { readdir, readFile, stat } from 'node:fs/promises';
import { arch, cpus, freemem, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { app, screen } from 'electron';
import { strToU8, type Zippable, zipSync } from 'fflate';
import type { DeskSettings } from '#contracts/host/desk-host.ts';
import type { JournalFacts } from '#electron/logs/journal-facts.ts';
import { sinceStart } from '#electron/logs/marks.ts';
import type { Folders } from '#electron/main/paths.ts';
import type { Storage } from '#electron/storage/storage.ts';

/**
 * The diagnostics bundle: versions, settings, logs, sizes and counts. Never a journal, a draft or a database: no
 * incident text and nobody's name leaves the machine with it.
 */

const json = (value: unknown): Uint8Array => strToU8(`${JSON.stringify(value, null, 2)}\n`);

const versions = () => ({
  deskbell: app.getVersion(),
  electron: process.versions.electron,
  chrome: process.versions.chrome,
  node: process.versions.node,
  packaged: app.isPackaged,
  platform: process.platform,
  release: release(),
  arch: arch(),
  processors: cpus().length,
  memory: { total: totalmem(), free: freemem() },
  screens: screen.getAllDisplays().map(({ bounds, workArea, scaleFactor }) => ({ bounds, workArea, scaleFactor })),
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  locale: app.getLocale(),
  upForMs: sinceStart(),
});

const processes = () =>
  app
    .getAppMetrics()
    .map(({ type, cpu, memory }) => ({ type, cpu: cpu.percentCPUUsage, memory: memory.workingSetSize }));

/** Every file below a folder with its size. Names of files are ids and hashes. */
const sizes = async (folder: string, below = ''): Promise<{ file: string; bytes: number }[]> => {
  const entries = await readdir(join(folder, below), { withFileTypes: true }).catch(() => []);
  const found = await Promise.all(
    entries.map(async (entry) => {
      const file = join(below, entry.name);
      if (entry.isDirectory()) return sizes(folder, file);
      const facts = await stat(join(folder, file)).catch(() => null);
      return facts?.isFile() ? [{ file, bytes: facts.size }] : [];
    }),
  );
  return found.flat();
};

const sum = (files: readonly { readonly bytes: number }[]): number =>
  files.reduce((total, file) => total + file.bytes, 0);

const storageFacts = async (folders: Folders, storage: Storage | null) => {
  const data = await sizes(folders.data);
  const database = await sizes(join(folders.userData, 'IndexedDB'));
  return {
    opened: storage !== null,
    reserve: storage?.reserveState() ?? null,
    data: { bytes: sum(data), files: data },
    database: { bytes: sum(database), files: database.length },
  };
};

const logs = async (folder: string): Promise<Zippable> => {
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((name) => name.endsWith('.log'));
  const entries = await Promise.all(
    files.map(async (name) => [`logs/${name}`, new Uint8Array(await readFile(join(folder, name)))] as const),
  );
  return Object.fromEntries(entries);
};

/** Makes the bundle, as a zip archive in memory: at most the few bounded log files and some lists. */
export const diagnostics = async (facts: {
  readonly folders: Folders;
  readonly settings: DeskSettings;
  readonly storage: Storage | null;
  readonly journal: JournalFacts;
}): Promise<Uint8Array> =>
  zipSync({
    'versions.json': json(versions()),
    'settings.json': json(facts.settings),
    'processes.json': json(processes()),
    'storage.json': json(await storageFacts(facts.folders, facts.storage)),
    'journal.json': json(facts.journal),
    ...(await logs(facts.folders.logs)),
  });
