import type { ListSpec, OrderKey } from '#contracts/engine/protocol.ts';
import type { Viewer } from '#domain/queue/queue-facts.ts';
import type { ChangeLog } from './change-log.ts';
import { type Belongs, mergeChanged } from './sorted-slots.ts';
import type { SlotOrders } from './slot-orders.ts';

/** Lists kept ready: every watched one of a few windows, with room for going back and forth. */
const KEPT_LISTS = 16;

interface CachedList {
  slots: Uint32Array;
  /** Place in the change log up to which `slots` is right. */
  seen: number;
  readonly order: OrderKey;
  /** Null for a whole order, which has all that is live. */
  readonly belongs: Belongs | null;
}

export interface ListSource {
  readonly log: ChangeLog;
  readonly orders: SlotOrders;
  liveSlots(): Uint32Array;
  isLive(slot: number): boolean;
  /** Scratch of one zero byte a slot. */
  marks(): Uint8Array;
  /** Called before names are compared: everybody who is a caller or an owner gets a rank. */
  rankNames(): void;
  /** The test of a list; null when everything live is in it. */
  testOf(spec: ListSpec, viewer: Viewer): ListTest | null;
}

/** Two forms of one test: `belongs` stays right for ever, `bulk` is quicker and right until the next change. */
export interface ListTest {
  readonly belongs: Belongs;
  bulk(): Belongs;
}

/**
 * Sorted lists that catch up instead of being sorted again. A whole order is sorted once, every filtered list is a
 * walk through its order, and after a change both only move the slots that changed.
 */
export class ListCache {
  readonly #source: ListSource;
  readonly #orders = new Map<OrderKey, CachedList>();
  readonly #lists = new Map<string, CachedList>();

  constructor(source: ListSource) {
    this.#source = source;
  }

  slotsOf(spec: ListSpec, viewer: Viewer): Uint32Array {
    const key = JSON.stringify([spec.queue, spec.order.key, spec.filters, spec.text, viewer]);
    const known = this.#lists.get(key);
    this.#lists.delete(key);
    const list = known ?? this.#listFor(spec, viewer);
    this.#lists.set(key, list);
    this.#forgetOldest();
    return this.#caughtUp(list, () => this.#listFor(spec, viewer).slots);
  }

  /** Forgets everything: names or memberships changed in a way no slot tells. */
  clear(): void {
    this.#orders.clear();
    this.#lists.clear();
  }

  #listFor(spec: ListSpec, viewer: Viewer): CachedList {
    const order = spec.order.key;
    const test = this.#source.testOf(spec, viewer);
    const all = this.#orderOf(order);
    if (test === null) return { slots: all, seen: this.#source.log.now, order, belongs: null };
    return { slots: passing(all, test.bulk()), seen: this.#source.log.now, order, belongs: test.belongs };
  }

  #orderOf(order: OrderKey): Uint32Array {
    const known = this.#orders.get(order);
    if (known !== undefined) return this.#caughtUp(known, () => this.#sortAll(order));
    const fresh: CachedList = { slots: this.#sortAll(order), seen: this.#source.log.now, order, belongs: null };
    this.#orders.set(order, fresh);
    return fresh.slots;
  }

  #sortAll(order: OrderKey): Uint32Array {
    const { orders } = this.#source;
    if (order === 'queue') return orders.sortInQueueOrder(this.#source.liveSlots());
    if (order === 'caller' || order === 'owner') this.#source.rankNames();
    return orders.sortFromQueueOrder(this.#orderOf('queue'), order);
  }

  #caughtUp(list: CachedList, again: () => Uint32Array): Uint32Array {
    const changed = this.#source.log.since(list.seen);
    if (changed === null || changed.length > list.slots.length / 4 + 64) {
      list.slots = again();
    } else if (changed.length > 0) {
      const belongs = this.#membership(list);
      list.slots = mergeChanged(list.slots, changed, this.#source.marks(), belongs, this.#source.orders.compare(list.order));
    }
    list.seen = this.#source.log.now;
    return list.slots;
  }

  #membership(list: CachedList): Belongs {
    const { belongs } = list;
    if (belongs === null) return (slot) => this.#source.isLive(slot);
    return (slot) => this.#source.isLive(slot) && belongs(slot);
  }

  #forgetOldest(): void {
    for (const key of this.#lists.keys()) {
      if (this.#lists.size <= KEPT_LISTS) return;
      this.#lists.delete(key);
    }
  }
}

function passing(slots: Uint32Array, belongs: Belongs): Uint32Array {
  const found = new Uint32Array(slots.length);
  let count = 0;
  for (let at = 0; at < slots.length; at += 1) {
    const slot = slots[at] ?? 0;
    if (!belongs(slot)) continue;
    found[count] = slot;
    count += 1;
  }
  return found.slice(0, count);
}
