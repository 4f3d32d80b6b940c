import type { IpcError, IpcErrorCode } from '#contracts/errors.ts';

/** The two ways a call is answered. */
export const ok = <T>(value: T) => ({ ok: true, value }) as const;
export const fail = (code: IpcErrorCode, detail?: string): { readonly ok: false; readonly error: IpcError } => ({
  ok: false,
  error: detail === undefined ? { code } : { code, detail },
});
