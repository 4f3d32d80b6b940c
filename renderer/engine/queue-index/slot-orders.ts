import type { OrderKey } from '#contracts/engine/protocol.ts';
import { compareInQueue, isPaused } from '#domain/queue/order.ts';
import { type IncidentColumns, SlotFacts } from './incident-columns.ts';
import { NameRanks } from './name-ranks.ts';
import { NumberOrder } from './number-order.ts';
import { stableByKey } from './radix-sort.ts';
import type { Compare } from './sorted-slots.ts';
import type { StringPool } from './string-pool.ts';

type Key = (slot: number) => number;

/** Up to here comparing is quicker than counting digits. */
const SHORT = 1_000;

/**
 * Every order a list can have: one or two numbers a slot, then the queue's own order, then the id. All of them are
 * total, so a page is the same however its list came about.
 */
export class SlotOrders {
  readonly ranks = new NameRanks();
  readonly #columns: IncidentColumns;
  readonly #ids: StringPool;
  readonly #a: SlotFacts;
  readonly #b: SlotFacts;
  readonly #keys: Readonly<Record<OrderKey, readonly Key[]>>;

  constructor(columns: IncidentColumns, ids: StringPool, numbers: StringPool) {
    this.#columns = columns;
    this.#ids = ids;
    this.#a = new SlotFacts(columns);
    this.#b = new SlotFacts(columns);
    const number = new NumberOrder(numbers);
    const all = columns.all;
    this.#keys = {
      queue: [],
      /** Without deadlines the queue's own order (domain/queue/order.ts `compareByDeadline`). */
      deadline: [],
      number: [(slot) => number.prefixRank(all.number[slot] ?? 0), (slot) => number.value(all.number[slot] ?? 0)],
      priority: [(slot) => all.priority[slot] ?? 0],
      state: [(slot) => all.state[slot] ?? 0],
      caller: [(slot) => this.ranks.of(all.caller[slot] ?? 0)],
      owner: [(slot) => this.ranks.of(all.owner[slot] ?? 0)],
      updated: [(slot) => all.updatedAt[slot] ?? 0],
      opened: [(slot) => all.openedAt[slot] ?? 0],
    };
  }

  compare(order: OrderKey): Compare {
    const keys = this.#keys[order];
    return (a, b) => {
      for (const key of keys) {
        const [keyA, keyB] = [key(a), key(b)];
        if (keyA !== keyB) return keyA < keyB ? -1 : 1;
      }
      return this.#compareInQueue(a, b);
    };
  }

  /** These slots in an order, from nothing. */
  sort(slots: Uint32Array, order: OrderKey): Uint32Array {
    if (slots.length <= SHORT) return slots.slice().sort(this.compare(order));
    return this.#keys[order].reduceRight((sorted, key) => stableByKey(sorted, key), this.#sortInQueueOrder(slots));
  }

  #sortInQueueOrder(slots: Uint32Array): Uint32Array {
    const byAge = stableByKey(slots, (slot) => this.#columns.all.openedAt[slot] ?? 0);
    const sorted = stableByKey(byAge, (slot) => {
      const facts = this.#a.at(slot);
      return facts.priority * 2 + Number(isPaused(facts));
    });
    this.#settleEquals(sorted);
    return sorted;
  }

  #compareInQueue(a: number, b: number): number {
    return compareInQueue(this.#a.at(a), this.#b.at(b)) || this.#ids.compare(a, b);
  }

  /** Slots equal in all but the id follow the id. */
  #settleEquals(sorted: Uint32Array): void {
    let start = 0;
    for (let at = 1; at <= sorted.length; at += 1) {
      if (at < sorted.length && this.#isTie(sorted[start] ?? 0, sorted[at] ?? 0)) continue;
      if (at - start > 1) sorted.subarray(start, at).sort((a, b) => this.#ids.compare(a, b));
      start = at;
    }
  }

  #isTie(a: number, b: number): boolean {
    return compareInQueue(this.#a.at(a), this.#b.at(b)) === 0;
  }
}
