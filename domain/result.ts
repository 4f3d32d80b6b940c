/**
 * An expected outcome as a value. Bugs throw; everything a person or a machine may run into is a `Result`
 * with an enumerated code, and decisions are made on the code, never on a message.
 */
export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value });
export const err = <E>(error: E): Result<never, E> => ({ ok: false, error });

/** Closes a tagged union: reaching it at run time is a bug. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value ${JSON.stringify(value)}`);
}
