import type { PGlite, Transaction } from '@electric-sql/pglite';
import type { Driver, Queries, TransactionKind } from './driver.ts';
import { guarded } from './guarded.ts';
import { maintenanceOf } from './pglite-maintenance.ts';
import { commitError, storeError, withRetries } from './sql-state.ts';

const BEGIN = {
  write: 'set transaction isolation level read committed read write',
  read: 'set transaction isolation level repeatable read read only',
} as const;

/** PGlite: PostgreSQL in this process, with one connection that everyone takes turns on. */
export function createPgliteDriver(database: PGlite): Driver {
  const ears = new Map<string, Set<(message: string | null) => void>>();
  const maintain = maintenanceOf(database);

  const once = async <T>(kind: TransactionKind, work: (queries: Queries) => Promise<T>): Promise<T> => {
    let worked = false;
    try {
      return await database.transaction(async (transaction) => {
        const queries = guarded(queriesOf(transaction));
        await queries.script(BEGIN[kind]);
        const result = await work(queries);
        queries.throwIfFailed();
        worked = true;
        return result;
      });
    } catch (error) {
      throw worked ? commitError(error) : error;
    }
  };

  return {
    ...queriesOf(database),
    transaction: async (kind, work) => {
      const result = await withRetries(
        () => once(kind, work),
        async () => undefined,
      );
      // What was committed stays so, whatever becomes of this.
      if (kind === 'write') maintain();
      return result;
    },
    notify: async (channel, message) => {
      for (const heard of ears.get(channel) ?? []) heard(message);
    },
    listen: async (channel, heard) => {
      const listening = ears.get(channel) ?? new Set();
      ears.set(channel, listening.add(heard));
      return async () => {
        listening.delete(heard);
      };
    },
    close: () => database.close(),
  };
}

const queriesOf = (source: PGlite | Transaction): Queries => ({
  query: async <Row>(statement: string, parameters: readonly unknown[] = []) => {
    try {
      return (await source.query<Row>(statement, [...parameters])).rows;
    } catch (error) {
      throw storeError(error);
    }
  },
  script: async (statements) => {
    try {
      await source.exec(statements);
    } catch (error) {
      throw storeError(error);
    }
  },
});
