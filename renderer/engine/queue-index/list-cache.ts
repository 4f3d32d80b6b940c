import type { ListSpec, OrderKey } from '#contracts/engine/protocol.ts';
import type { Viewer } from '#domain/queue/queue-facts.ts';
import type { ChangeLog } from './change-log.ts';
import type { ListMembership } from './list-membership.ts';
import type { SlotOrders } from './slot-orders.ts';
import { mergeChanged } from './sorted-slots.ts';

/** Lists kept ready: every watched one of a few windows, with room for going back and forth. */
const KEPT_LISTS = 16;
/** A list longer than this share of everything is picked from the whole order; a shorter one is sorted by itself. */
const LONG = 1 / 8;
const LONG_IF_ORDERED = 1 / 64;

interface CachedList {
  slots: Uint32Array;
  /** Place in the change log up to which `slots` is right. */
  seen: number;
  readonly order: OrderKey;
  /** Null for a whole order, which has all that is live. */
  readonly membership: ListMembership | null;
}

export interface ListSource {
  readonly log: ChangeLog;
  readonly orders: SlotOrders;
  liveSlots(): Uint32Array;
  isLive(slot: number): boolean;
  /** Scratch of a byte a slot. All zero when handed out, and when given back. */
  marks(): Uint8Array;
  /** Called before names are compared: everybody who is a caller or an owner gets a rank. */
  rankNames(): void;
  membershipOf(spec: ListSpec, viewer: Viewer): ListMembership;
}

/**
 * Sorted lists that catch up instead of being sorted again: after a change only the slots that changed are moved. A
 * new list is marked column by column, then sorted by itself if short, or picked from the whole order if long.
 */
export class ListCache {
  readonly #source: ListSource;
  readonly #orders = new Map<OrderKey, CachedList>();
  readonly #lists = new Map<string, CachedList>();
  #scratch = new Uint32Array(64);

  constructor(source: ListSource) {
    this.#source = source;
  }

  slotsOf(spec: ListSpec, viewer: Viewer): Uint32Array {
    const key = JSON.stringify([spec.queue, spec.order.key, spec.filters, spec.text, viewer]);
    const known = this.#lists.get(key);
    this.#lists.delete(key);
    const list = known ?? this.#newList(spec, viewer);
    this.#lists.set(key, list);
    this.#forgetOldest();
    return this.#caughtUp(list);
  }

  #newList(spec: ListSpec, viewer: Viewer): CachedList {
    const membership = this.#source.membershipOf(spec, viewer);
    const order = spec.order.key;
    if (membership.isWhole) return this.#orderOf(order);
    return { slots: this.#sorted(membership, order), seen: this.#source.log.now, order, membership };
  }

  /** The members of a list in order, from nothing. */
  #sorted(membership: ListMembership, order: OrderKey): Uint32Array {
    const marks = this.#source.marks();
    const members = membership.members(this.#scratchFor(marks.length));
    const share = members.length / marks.length;
    if (share <= (this.#orders.has(order) ? LONG_IF_ORDERED : LONG)) return this.#sort(members.slice(), order);
    // Before anything is marked: an order that catches up uses the same marks.
    const whole = this.#caughtUp(this.#orderOf(order));
    for (const slot of members) marks[slot] = 1;
    const sorted = picked(whole, marks, members.length);
    marks.fill(0);
    return sorted;
  }

  #scratchFor(slots: number): Uint32Array {
    if (this.#scratch.length < slots) this.#scratch = new Uint32Array(slots * 2);
    return this.#scratch;
  }

  #sort(slots: Uint32Array, order: OrderKey): Uint32Array {
    if (order === 'caller' || order === 'owner') this.#source.rankNames();
    return this.#source.orders.sort(slots, order);
  }

  #orderOf(order: OrderKey): CachedList {
    const known = this.#orders.get(order);
    if (known !== undefined) return known;
    const slots = this.#sort(this.#source.liveSlots(), order);
    const fresh: CachedList = { slots, seen: this.#source.log.now, order, membership: null };
    this.#orders.set(order, fresh);
    return fresh;
  }

  #caughtUp(list: CachedList): Uint32Array {
    const changed = this.#source.log.since(list.seen);
    if (changed === null || changed.length > list.slots.length / 4 + 64) {
      list.slots =
        list.membership === null
          ? this.#sort(this.#source.liveSlots(), list.order)
          : this.#sorted(list.membership, list.order);
    } else if (changed.length > 0) {
      list.slots = this.#merged(list, changed);
    }
    list.seen = this.#source.log.now;
    return list.slots;
  }

  #merged(list: CachedList, changed: readonly number[]): Uint32Array {
    const { orders, isLive } = this.#source;
    const members = changed.filter((slot) => isLive(slot) && (list.membership?.belongs(slot) ?? true));
    return mergeChanged(list.slots, changed, members, this.#source.marks(), orders.compare(list.order));
  }

  #forgetOldest(): void {
    for (const key of this.#lists.keys()) {
      if (this.#lists.size <= KEPT_LISTS) return;
      this.#lists.delete(key);
    }
  }
}

/** The marked slots in the order they have in `sorted`. */
function picked(sorted: Uint32Array, marks: Uint8Array, length: number): Uint32Array {
  const found = new Uint32Array(length + 1);
  let count = 0;
  for (let at = 0; at < sorted.length; at += 1) {
    const slot = sorted[at] as number;
    found[count] = slot;
    count += marks[slot] as number;
  }
  return found.subarray(0, length);
}
