import type { Lane, SharedLog } from '#sync/authority/shared-log.ts';
import { DirectoryCache } from './directory-cache.ts';
import type { Driver } from './driver.ts';
import { readHead, takeHead } from './head.ts';
import { lookAt } from './log-look.ts';
import { createReader } from './log-reader.ts';
import { grown, isAt, type Tail } from './log-tail.ts';
import { createTransaction } from './log-transaction.ts';
import { createTailReader, type HeldState, NotHeld } from './tail-reader.ts';
import { together } from './together.ts';

/**
 * The shared log in a SQL database that `migrate` has prepared. A push takes the head first and holds it to its
 * commit, so seqs become visible in their order and writers never deadlock (docs/decisions, 17). Errors of the
 * database are `StoreError`s. What is read most, the newest part of the log, is read once for all who ask for it.
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
  let tail: Tail | null = null;
  // Each who reads gets the log as it is after they asked: the end is looked at, and memory answers only for that end.
  const held = together<Lane | null, HeldState>(async (lanes) => {
    const asked = lanes.filter((lane) => lane !== null);
    let look = await lookAt(driver, asked);
    if (!isAt(tail, look) || cache.heldAt(look.head) === null) {
      const fresh = await driver.transaction('read', async (queries) => {
        const at = await lookAt(queries, asked);
        await cache.at(at.head, queries);
        return { look: at, tail: await grown(queries, tail, at) };
      });
      look = fresh.look;
      tail = fresh.tail;
    }
    const { head, expected } = look;
    const places = expected.values();
    const directory = cache.heldAt(head);
    return lanes.map((lane) => ({
      head,
      tail,
      directory,
      lane,
      expected: lane === null ? 0 : (places.next().value ?? 1),
    }));
  });
  return {
    push: (work) =>
      inTurn(() =>
        driver.transaction('write', async (queries) =>
          work(createTransaction(queries, await takeHead(queries), cache)),
        ),
      ),
    read: async (work, lane) => {
      try {
        return await work(createTailReader(await held(lane ?? null)));
      } catch (error) {
        if (!(error instanceof NotHeld)) throw error;
      }
      return driver.transaction('read', async (queries) => work(createReader(queries, await readHead(queries), cache)));
    },
  };
}
