import { setTimeout as pause } from 'node:timers/promises';
import { Client, type ClientConfig, Pool, type PoolClient, types } from 'pg';
import { type Driver, type Queries, StoreError, type TransactionKind } from './driver.ts';
import { guarded } from './guarded.ts';
import { listenOn } from './pg-listener.ts';
import { commitError, sqlStateOf, storeError, withRetries } from './sql-state.ts';

const BIGINT = 20;

export interface PgOptions {
  readonly url: string;
  /** Connections for statements; listeners have their own. */
  readonly connections?: number;
}

/** PostgreSQL through a pool of connections. */
export function createPgDriver({ url, connections = 10 }: PgOptions): Driver {
  const config: ClientConfig = {
    connectionString: url,
    application_name: 'deskbell',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    // Statements that wait for nothing of each other go out together.
    pipeline: true,
    // A node that stands still while it holds the head would stop all others.
    idle_in_transaction_session_timeout: 15_000,
    statement_timeout: 60_000,
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === BIGINT ? Number : types.getTypeParser(oid, format as 'text'),
    },
  };
  const pool = new Pool({ ...config, max: connections });
  // A connection that breaks while idle is replaced; whoever needs one next learns whether that works.
  pool.on('error', () => undefined);
  const stops = new Set<() => Promise<void>>();

  const once = async <T>(kind: TransactionKind, work: (queries: Queries) => Promise<T>): Promise<T> => {
    const client = await connected(pool);
    let broken: unknown = null;
    const onError = (error: unknown) => {
      broken = error;
    };
    client.on('error', onError);
    try {
      return await inTransaction(client, kind, work);
    } catch (error) {
      if (error instanceof StoreError) broken ??= error.code === 'contended' ? null : error;
      throw error;
    } finally {
      client.off('error', onError);
      client.release(broken !== null);
    }
  };

  return {
    ...queriesOf(pool),
    transaction: (kind, work) =>
      withRetries(
        () => once(kind, work),
        (attempt) => pause(Math.random() * 20 * 2 ** attempt),
      ),
    notify: async (channel, message) => {
      await queriesOf(pool).query('select pg_notify($1, $2)', [channel, message]);
    },
    listen: async (channel, heard) => {
      const stop = await listenOn(() => new Client(config), channel, heard);
      stops.add(stop);
      return async () => {
        stops.delete(stop);
        await stop();
      };
    },
    close: async () => {
      await Promise.all([...stops].map((stop) => stop()));
      await pool.end();
    },
  };
}

const connected = async (pool: Pool): Promise<PoolClient> => {
  try {
    return await pool.connect();
  } catch (error) {
    throw storeError(error);
  }
};

const queriesOf = (source: Pool | PoolClient): Queries => ({
  query: async <Row>(statement: string, parameters: readonly unknown[] = []) => {
    try {
      return (await source.query(statement, [...parameters])).rows as Row[];
    } catch (error) {
      throw storeError(error);
    }
  },
  script: async (statements) => {
    try {
      await source.query(statements);
    } catch (error) {
      throw storeError(error);
    }
  },
});

const BEGIN = {
  write: 'begin isolation level read committed read write',
  read: 'begin isolation level repeatable read read only',
} as const;

/** What a standby says that nobody promoted yet, or not any more. */
const ONLY_READS = '0A000';

async function inTransaction<T>(
  client: PoolClient,
  kind: TransactionKind,
  work: (queries: Queries) => Promise<T>,
): Promise<T> {
  const queries = guarded(queriesOf(client));
  try {
    await queries.script(BEGIN[kind]);
  } catch (error) {
    throw sqlStateOf(error) === ONLY_READS ? new StoreError('unreachable', error) : error;
  }
  let result: T;
  try {
    result = await work(queries);
    queries.throwIfFailed();
  } catch (error) {
    // A connection that can't even do this is broken, and its transaction has ended.
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
  try {
    await client.query('commit');
  } catch (error) {
    throw commitError(error);
  }
  return result;
}
