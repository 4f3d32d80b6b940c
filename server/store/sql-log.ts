import type { SharedLog } from '#sync/authority/shared-log.ts';
import { DirectoryCache } from './directory-cache.ts';
import type { Driver } from './driver.ts';
import { readHead, takeHead } from './head.ts';
import { createReader } from './log-reader.ts';
import { createTransaction } from './log-transaction.ts';

/**
 * The shared log in a SQL database that `migrate` has prepared. A push takes the head first and holds it to its
 * commit, so seqs become visible in their order and writers never deadlock (docs/decisions, 17). Errors of the
 * database are `StoreError`s.
 */
export function createSqlLog(driver: Driver): SharedLog {
  const cache = new DirectoryCache();
  let turn: Promise<unknown> = Promise.resolve();
  // One at a time from this node: those that wait for the head would only hold connections that pulls need.
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work, work);
    turn = mine.catch(() => undefined);
    return mine;
  };
  return {
    push: (work) =>
      inTurn(() =>
        driver.transaction('write', async (queries) =>
          work(createTransaction(queries, await takeHead(queries), cache)),
        ),
      ),
    read: (work) =>
      driver.transaction('read', async (queries) => work(createReader(queries, await readHead(queries), cache))),
  };
}
