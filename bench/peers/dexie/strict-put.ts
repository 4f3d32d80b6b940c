import { liveQuery } from 'dexie';
import { nextPaint, showRows } from './paint.ts';
import { DeskPeer, type PeerRow } from './peer-rows.ts';

export interface PutTimes {
  /** Milliseconds until the strict transaction completed. */
  readonly durable: readonly number[];
  /** Milliseconds until the live query had answered and its rows were painted. */
  readonly painted: readonly number[];
  /** Every edit was read back. */
  readonly same: boolean;
}

const FIRST = 50;

/**
 * Edits rows of a live list one after the other, each in a transaction that asks for strict durability, and waits for
 * the live query to bring the change to the screen.
 */
export const strictPuts = async (many: number): Promise<PutTimes> => {
  const db = new DeskPeer('strict');
  const rows = () => db.incidents.where('open').equals(1).limit(FIRST).toArray();
  let heard: (shown: readonly PeerRow[]) => void = () => undefined;
  const first = new Promise<readonly PeerRow[]>((resolve) => {
    heard = resolve;
  });
  const running = liveQuery(rows).subscribe((shown) => {
    showRows(shown);
    heard(shown);
  });
  let shown = await first;
  const durable: number[] = [];
  const painted: number[] = [];
  let same = true;
  for (let turn = 0; turn < many; turn += 1) {
    const before = shown[turn % shown.length];
    if (!before) throw new Error('The peer has no open incident to edit');
    const updatedAt = before.updatedAt + 1;
    const again = new Promise<readonly PeerRow[]>((resolve) => {
      heard = (fresh) => {
        if (fresh.some((row) => row.id === before.id && row.updatedAt === updatedAt)) resolve(fresh);
      };
    });
    const began = performance.now();
    const stored = db.incidents.put({ ...before, updatedAt }).then(() => durable.push(performance.now() - began));
    shown = await again;
    painted.push((await nextPaint()) - began);
    await stored;
    same &&= (await db.incidents.get(before.id))?.updatedAt === updatedAt;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  running.unsubscribe();
  db.close();
  return { durable, painted, same };
};
