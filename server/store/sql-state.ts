import { StoreError } from './driver.ts';

const SQL_STATE = /^[0-9A-Z]{5}$/;
/** Two transactions in each other's way; the one that was stopped may simply be run again. */
const AGAIN = new Set(['40001', '40P01']);
const ATTEMPTS = 5;

/** The five characters with which a database names an error; null for an error that came from elsewhere. */
export function sqlStateOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' && SQL_STATE.test(error.code) && 'severity' in error ? error.code : null;
}

/** What the failure of a statement means. A wrong statement is a bug and stays as it is. */
export function storeError(error: unknown): unknown {
  if (error instanceof StoreError) return error;
  const state = sqlStateOf(error);
  if (state === null) return new StoreError('unreachable', error);
  if (AGAIN.has(state) || state === '55P03' || state === '57014') return new StoreError('contended', error);
  // Connection exceptions, shutdowns, too many connections.
  if (/^(08|57P|53300|25P03)/.test(state)) return new StoreError('unreachable', error);
  if (/^(53100|53200|53000)$/.test(state)) return new StoreError('full', error);
  return error;
}

/** What the failure of a commit means: only an error that the database itself names, and survives, kept nothing. */
export function commitError(error: unknown): unknown {
  const state = sqlStateOf(error);
  const fatal = error instanceof Error && 'severity' in error && error.severity !== 'ERROR';
  return state === null || fatal ? new StoreError('outcomeUnknown', error) : storeError(error);
}

/** Runs `attempt` again while the database says that others were in the way, a few times, after a short random wait. */
export async function withRetries<T>(attempt: () => Promise<T>, wait: (attempt: number) => Promise<void>): Promise<T> {
  for (let made = 1; ; made += 1) {
    try {
      return await attempt();
    } catch (error) {
      const again = error instanceof StoreError && AGAIN.has(sqlStateOf(error.cause) ?? '');
      if (!again || made === ATTEMPTS) throw error;
      await wait(made);
    }
  }
}
