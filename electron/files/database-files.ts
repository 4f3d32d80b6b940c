import { statfs } from 'node:fs/promises';
import type { Session } from 'electron';
import type { EngineHost } from '#contracts/host/engine-host.ts';
import { APP_ORIGIN } from '#contracts/ipc/bridges.ts';
import { errorFields } from '#electron/logs/error-fields.ts';
import type { Log } from '#electron/logs/log.ts';

/**
 * What a page can't do with its own database. When Chromium's files of it are damaged, Chromium neither opens nor
 * deletes it, in this run and in every later one; and no page is told how much room the disk has.
 * @param folder where the profile lies
 */
export const databaseFiles = (
  session: Pick<Session, 'clearStorageData'>,
  folder: string,
  log: Log,
): EngineHost['database'] => ({
  reset: async () => {
    try {
      await session.clearStorageData({ origin: APP_ORIGIN, storages: ['indexdb'] });
      log('warn', 'database.reset');
      return true;
    } catch (error) {
      log('error', 'database.notReset', errorFields(error));
      return false;
    }
  },
  room: async () => {
    const found = await statfs(folder).catch(() => null);
    return found === null ? null : found.bavail * found.bsize;
  },
});
