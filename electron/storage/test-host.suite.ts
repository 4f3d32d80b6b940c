import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineHost } from '#contracts/host/engine-host.ts';
import type { HostFixture } from '#contracts/host/engine-host-contract.suite.ts';
import { noFiles } from '#contracts/host/files-host.suite.ts';
import { alone } from '#contracts/host/network-host.suite.ts';
import { openStorage, type Storage, type StorageOptions } from './storage.ts';

export const temporaryFolder = () => mkdtemp(join(tmpdir(), 'deskbell-storage-'));

/** Options for tests: no reserve, no timer, no waiting, the same machine every time. */
export const quiet: StorageOptions = {
  reserveBytes: 0,
  maintainEvery: 0,
  pause: async () => {},
  machineMark: async () => ({ installation: 'this machine' }),
};

export async function openQuietly(folder: string, options: StorageOptions = {}): Promise<Storage> {
  const opened = await openStorage(folder, { ...quiet, ...options });
  if (!opened.ok) throw new Error(`storage did not open: ${opened.error.code}`);
  return opened.value;
}

/** Storage as the engine sees it; what only a window system has is silent. */
export const asHost = (storage: Storage): EngineHost => ({
  ...storage,
  notifications: { show: async () => ({ shown: false, reason: 'notSupported' }), badge: async () => {} },
  database: { reset: async () => false, room: async () => null },
  network: alone,
  files: noFiles,
  onWindow: () => {},
  log: () => {},
});

/** A storage whose restart goes on from a copy of the folder as it is at that moment: what a kill leaves behind. */
export async function fileFixture(options: StorageOptions = {}): Promise<HostFixture> {
  const folders: string[] = [];
  const opened: Storage[] = [];
  const begin = async (from?: string) => {
    const folder = await temporaryFolder();
    folders.push(folder);
    if (from !== undefined) await cp(from, folder, { recursive: true });
    const storage = await openQuietly(folder, options);
    opened.push(storage);
    return asHost(storage);
  };
  return {
    host: await begin(),
    restart: () => begin(folders.at(-1)),
    dispose: async () => {
      for (const storage of opened) await storage.close();
      for (const folder of folders) await rm(folder, { recursive: true });
    },
  };
}
