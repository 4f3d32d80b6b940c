import type { IpcError } from '#contracts/errors.ts';
import { fail, ok } from '#electron/ipc/answers.ts';
import { errorFields } from '#electron/logs/error-fields.ts';
import type { Log } from '#electron/logs/log.ts';
import type { Storage } from '#electron/storage/storage.ts';

export type Opened = { readonly ok: true; readonly value: Storage } | { readonly ok: false; readonly error: IpcError };

/** The data folder, opened in the background; a failed opening is tried again with the next call that needs it. */
export const storageIn = (folder: string, log: Log) => {
  let opening: Promise<Opened> | null = null;

  const open = async (): Promise<Opened> => {
    const { openStorage } = await import('#electron/storage/storage.ts');
    const opened = await openStorage(folder, { warn: (event, fields) => log('warn', `storage.${event}`, fields) });
    if (opened.ok) return ok(opened.value);
    const { code } = opened.error;
    log('error', 'storage.notOpened', { code });
    return fail(code === 'locked' ? 'unavailable' : code);
  };
  const openOnce = (): Promise<Opened> => {
    opening ??= open()
      .catch((error: unknown) => {
        log('error', 'storage.failed', errorFields(error));
        return fail('ioError');
      })
      .then((opened) => {
        if (!opened.ok) opening = null;
        return opened;
      });
    return opening;
  };
  return {
    begin: (): void => void openOnce(),
    opened: openOnce,
    close: async (): Promise<void> => {
      const opened = await opening;
      if (opened?.ok) await opened.value.close();
    },
  };
};
