import type { Session } from 'electron';
import { APP_ORIGIN } from '#contracts/ipc/bridges.ts';
import { errorFields } from '#electron/logs/error-fields.ts';
import type { Log } from '#electron/logs/log.ts';

/**
 * Throws away Chromium's files of our pages' database. A page can't do it itself when they are damaged: Chromium then
 * neither opens nor deletes the database, in this run and in every later one.
 */
export const resetDatabase = (session: Pick<Session, 'clearStorageData'>, log: Log) => async (): Promise<boolean> => {
  try {
    await session.clearStorageData({ origin: APP_ORIGIN, storages: ['indexdb'] });
    log('warn', 'database.reset');
    return true;
  } catch (error) {
    log('error', 'database.notReset', errorFields(error));
    return false;
  }
};
