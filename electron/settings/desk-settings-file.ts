import type { DeskSettings } from '#contracts/host/desk-host.ts';
import type { CallAnswer } from '#contracts/ipc/contract.ts';
import { changeDeskSettings, readDeskSettings } from '#contracts/ipc/desk-settings.ts';
import type { JsonFile } from '#electron/files/json-file.ts';
import { fail, ok } from '#electron/ipc/answers.ts';
import { errorFields } from '#electron/logs/error-fields.ts';
import type { Log } from '#electron/logs/log.ts';

const isFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');

/** The person's settings of this device, in one file. Whoever changes them, everyone is told. */
export const deskSettingsFile = (file: JsonFile, log: Log) => {
  const listeners = new Set<(settings: DeskSettings) => void>();
  let current = readDeskSettings(file.read());
  return {
    get: (): DeskSettings => current,
    onChange: (listener: (settings: DeskSettings) => void): void => void listeners.add(listener),
    /** Answers once they are on disk. A change that could not be written still holds until the end of this run. */
    change: async (changes: Partial<DeskSettings>): Promise<CallAnswer<'desk.writeSettings'>> => {
      const stored = changeDeskSettings(file.read(), changes);
      current = readDeskSettings(stored);
      for (const listener of listeners) listener(current);
      try {
        await file.write(stored);
        return ok(current);
      } catch (error) {
        log('error', 'settings.notWritten', errorFields(error));
        return fail(isFull(error) ? 'diskFull' : 'ioError');
      }
    },
  };
};
export type DeskSettingsFile = ReturnType<typeof deskSettingsFile>;
