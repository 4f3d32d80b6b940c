import type { Queries } from './driver.ts';

export interface GuardedQueries extends Queries {
  throwIfFailed(): void;
}

/**
 * A transaction in which a statement failed keeps nothing, and its commit says so only in passing. Whoever caught the
 * error of a statement must not hear that all went well.
 */
export function guarded(queries: Queries): GuardedQueries {
  let failure: { readonly error: unknown } | null = null;
  const watched = async <T>(running: Promise<T>): Promise<T> => {
    try {
      return await running;
    } catch (error) {
      failure ??= { error };
      throw error;
    }
  };
  return {
    query: (statement, parameters) => watched(queries.query(statement, parameters)),
    script: (statements) => watched(queries.script(statements)),
    throwIfFailed: () => {
      if (failure !== null) throw failure.error;
    },
  };
}
