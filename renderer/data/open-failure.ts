/**
 * Why the browser database can't be used, as codes; decided on names of errors, never on their text.
 * `newer`: a later build wrote it · `blocked`: another page holds an older version open · `quota`: no space ·
 * `damaged`: it can't be read and has to be rebuilt · `unavailable`: this browser offers no database at all.
 */
export type DatabaseFault = 'newer' | 'blocked' | 'quota' | 'damaged' | 'unavailable';

export interface DatabaseError {
  readonly code: DatabaseFault;
  /** Names of the errors, outermost first: for the log. */
  readonly names: readonly string[];
}

const FAULT_BY_NAME: Readonly<Record<string, DatabaseFault>> = {
  QuotaExceededError: 'quota',
  VersionError: 'newer',
  MissingAPIError: 'unavailable',
  SecurityError: 'unavailable',
  InvalidAccessError: 'unavailable',
};

/**
 * A transaction that the browser gave up. Its requests hear only "aborted"; that there is no space, or that the files
 * are damaged, stands on the transaction.
 */
export class AbortedWrite extends Error {
  override readonly name = 'AbortedWrite';
  readonly inner: DOMException;
  constructor(reason: DOMException) {
    super('the browser gave up a transaction');
    this.inner = reason;
  }
}

function namesOf(cause: unknown): string[] {
  const names: string[] = [];
  let current: unknown = cause;
  while (current instanceof Object && names.length < 8) {
    if ('name' in current && typeof current.name === 'string') names.push(current.name);
    current = innerOf(current);
  }
  return names;
}

/** What is behind an error: its cause, or the first of many rows that could not be written. */
function innerOf(error: object): unknown {
  if ('inner' in error && error.inner instanceof Object) return error.inner;
  return 'failures' in error && Array.isArray(error.failures) ? error.failures[0] : undefined;
}

/** Every failure has a code; one we have no name for means the database can't be trusted and is rebuilt. */
export function diagnose(cause: unknown): DatabaseError {
  const names = namesOf(cause);
  const known = names.map((name) => FAULT_BY_NAME[name]).find((fault) => fault !== undefined);
  return { code: known ?? 'damaged', names };
}
