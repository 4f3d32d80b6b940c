import type { JournalError } from '#contracts/host/engine-host.ts';
import { type Result, refuse } from '#contracts/host/host-rules.ts';

/** Thrown inside storage for what the caller has to hear as a coded result; never leaves it. */
export class StorageFault extends Error {
  readonly fault: JournalError;
  constructor(fault: JournalError) {
    super(`${fault.code}: ${fault.detail ?? ''}`);
    this.fault = fault;
  }
}

/** The errno code of a failed system call, or null for any other error. */
export const errnoOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;

/** No room left: on the device, in the person's quota, or for one file. */
export const isDiskFull = (error: unknown): boolean => ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(errnoOf(error) ?? '');
export const isMissing = (error: unknown): boolean => errnoOf(error) === 'ENOENT';

/** A failure of the disk as a code with the errno as detail; anything else is a bug and goes on being thrown. */
export function asFault(error: unknown): JournalError {
  if (error instanceof StorageFault) return error.fault;
  const errno = errnoOf(error);
  if (errno === null) throw error;
  return { code: isDiskFull(error) ? 'diskFull' : 'ioError', detail: errno };
}

/** Runs what may fail on the disk and answers with its coded result. */
export async function coded<T>(work: () => Promise<Result<T, JournalError>>): Promise<Result<T, JournalError>> {
  try {
    return await work();
  } catch (error) {
    const { code, detail } = asFault(error);
    return refuse(code, detail);
  }
}
