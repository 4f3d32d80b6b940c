/**
 * The one port to a SQL database. The same statements run on PostgreSQL and on embedded PGlite: bigint arrives as a
 * number, json parsed, arrays are passed as arrays, json as its text.
 */

export interface Queries {
  /** Run in the order in which they are asked; one may be asked before the one before it is answered. */
  query<Row>(statement: string, parameters?: readonly unknown[]): Promise<readonly Row[]>;
  /** Several statements at once, without parameters. */
  script(statements: string): Promise<void>;
}

/** `write`: each statement sees what was committed before it. `read`: one state throughout, and nothing is written. */
export type TransactionKind = 'write' | 'read';

export interface Driver extends Queries {
  /**
   * All of what `work` wrote is kept and durable when this resolves; nothing of it is when `work` throws. Run again
   * from its beginning when the database asks for it, so `work` has no effects of its own. `StoreError` says what is
   * known when the database fails. Inside, only the handed queries may be used.
   */
  transaction<T>(kind: TransactionKind, work: (queries: Queries) => Promise<T>): Promise<T>;
  /** Tells everyone who listens, on every node. */
  notify(channel: string, message: string): Promise<void>;
  /**
   * `heard` gets each message from now on, and null whenever some may have been missed. Resolves with the function
   * that ends it.
   */
  listen(channel: string, heard: (message: string | null) => void): Promise<() => Promise<void>>;
  /** Waits for what is under way. */
  close(): Promise<void>;
}

/**
 * `unreachable`: nothing was kept. `outcomeUnknown`: the connection was lost during the commit; all was kept or
 * nothing, and whoever sent it sends it again. `contended`: others were in the way for too long, nothing was kept.
 * `full`: no room, nothing was kept.
 */
export const STORE_ERROR_CODES = ['unreachable', 'outcomeUnknown', 'contended', 'full'] as const;
export type StoreErrorCode = (typeof STORE_ERROR_CODES)[number];

/** Thrown by a driver when the database, and not the statement, is at fault: worth another try later. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, cause: unknown) {
    super(`the database failed: ${code}`, { cause });
    this.name = 'StoreError';
    this.code = code;
  }
}
