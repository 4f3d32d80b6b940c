import type { FileCode, FileFault, FileResult } from '#contracts/host/files-host.ts';
import { errnoOf, isDiskFull } from '#electron/storage/faults.ts';

export const fileFault = (code: FileCode): { readonly ok: false; readonly error: FileFault } => ({
  ok: false,
  error: { code },
});

/** What a failure of the disk means; anything else is a bug and goes on being thrown. */
export function fileCodeOf(error: unknown): FileCode {
  const errno = errnoOf(error);
  if (errno === null) throw error;
  return isDiskFull(error) ? 'diskFull' : 'ioError';
}

/** Runs what may fail on the disk and answers with its coded result. */
export async function onDisk<T>(work: () => FileResult<T>): FileResult<T> {
  try {
    return await work();
  } catch (error) {
    return fileFault(fileCodeOf(error));
  }
}
