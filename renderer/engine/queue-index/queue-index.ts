import type { ListSpec } from '#contracts/engine/protocol.ts';
import type { Id } from '#domain/activity/activity.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { mayRead, type Reader } from '#domain/permissions/permissions.ts';
import { isInQueue, isOpen, maySee } from '#domain/queue/membership.ts';
import type { Viewer } from '#domain/queue/queue-facts.ts';
import { ChangeLog } from './change-log.ts';
import { checkpointOf, isUsable, type QueueIndexCheckpoint } from './checkpoint.ts';
import { IncidentTable, type NameSource } from './incident-table.ts';
import { ListCache } from './list-cache.ts';
import { ListMembership } from './list-membership.ts';
import { SlotOrders } from './slot-orders.ts';
import { countsOf, type QueueCounts, Tally } from './tally.ts';

export type { QueueIndexCheckpoint } from './checkpoint.ts';
export type { NameSource } from './incident-table.ts';
export type { QueueCounts } from './tally.ts';

export interface ListPage {
  readonly total: number;
  readonly ids: readonly Id[];
}

export interface CallerIncidents {
  readonly open: number;
  /** Youngest first. */
  readonly recent: readonly Id[];
}

/**
 * All incidents of the desk in memory: exact counts of all queues, any list in any order, look-up by number. A change
 * costs microseconds; lists catch up when they are next read. Nothing asynchronous.
 */
export class QueueIndex {
  /** The rows, for indexes that are built upon this one. Only `QueueIndex` writes. */
  readonly table: IncidentTable;
  readonly #tally: Tally;
  readonly #log = new ChangeLog();
  readonly #orders: SlotOrders;
  readonly #lists: ListCache;
  #marks = new Uint8Array(64);
  #namesRanked = false;

  constructor(names: NameSource, checkpoint?: QueueIndexCheckpoint) {
    this.table = new IncidentTable(names, checkpoint?.parts);
    this.#orders = new SlotOrders(this.table.columns, this.table.ids, this.table.numbers.keys);
    this.#tally = new Tally(this.table.columns.all.live, checkpoint?.parts.tally);
    this.#lists = new ListCache({
      log: this.#log,
      orders: this.#orders,
      liveSlots: () => this.table.liveSlots(),
      isLive: (slot) => this.table.isLive(slot),
      marks: () => this.#marksForAll(),
      rankNames: () => {
        if (!this.#namesRanked) this.#rankNames();
      },
      membershipOf: (spec, viewer) => new ListMembership(this.table, this.#tally, spec, this.viewerInside(viewer)),
    });
  }

  /** Null when the checkpoint is of another format, or damaged: read all rows instead. */
  static restore(checkpoint: QueueIndexCheckpoint, names: NameSource): QueueIndex | null {
    return isUsable(checkpoint) ? new QueueIndex(names, checkpoint) : null;
  }

  /** A copy of everything, to be stored as it is; `throughLsn` says which changes are in. */
  checkpoint(throughLsn: number): QueueIndexCheckpoint {
    return checkpointOf(this.table, this.#tally, throughLsn);
  }

  get size(): number {
    return this.table.size;
  }

  /** Adds or replaces. `lsn` is that of the incident's last activity. */
  upsert(incident: Incident, lsn: number): void {
    const known = this.table.slotOf(incident.id);
    if (known >= 0) this.#tally.leave(known);
    const slot = this.table.write(incident, lsn);
    this.#tally.enter(slot, this.table.columns);
    if (this.#namesRanked) this.#rankNamesOf(slot);
    this.#log.add(slot);
  }

  remove(id: Id): void {
    const slot = this.table.slotOf(id);
    if (slot < 0) return;
    this.#tally.leave(slot);
    this.table.erase(slot);
    this.#log.add(slot);
  }

  has(id: Id): boolean {
    return this.table.slotOf(id) >= 0;
  }

  /** The lsn given with the last `upsert`; null when the incident is not held. */
  lsnOf(id: Id): number | null {
    const slot = this.table.slotOf(id);
    return slot < 0 ? null : (this.table.columns.all.lsn[slot] ?? 0);
  }

  /** Incidents whose last change has a higher lsn: what a snapshot has to write again. */
  changedAfter(lsn: number): Id[] {
    return this.#idsOf(this.table.where((slot) => (this.table.columns.all.lsn[slot] ?? 0) > lsn));
  }

  /** Incidents that this person may not read. */
  unreadableBy({ id, role, teamIds }: Reader): Id[] {
    const { refs } = this.table;
    const reader = { id: refs.intern(id), role, teamIds: teamIds.map((team) => refs.intern(team)) };
    return this.#idsOf(
      this.table.where((slot) => {
        const { confidential, callerId, affectedId, openedById, ownerId, groupId } = this.table.factsAt(slot);
        const people = { callerId, affectedId, openedById, assignedToId: ownerId };
        return !mayRead(reader, { confidential, ...people, assignmentGroupId: groupId });
      }),
    );
  }

  /** All incidents held, in the order in which they first came. */
  incidentIds(): Id[] {
    return Array.from(this.table.liveSlots(), (slot) => this.table.ids.at(slot));
  }

  /** All incidents held, each with the key of its number. */
  numbersHeld(): { readonly id: Id; readonly number: string }[] {
    const { table } = this;
    return Array.from(table.liveSlots(), (slot) => {
      return { id: table.ids.at(slot), number: table.numbers.keys.at(table.columns.all.number[slot] ?? 0) };
    });
  }

  counts(viewer: Viewer): QueueCounts {
    const inside = this.viewerInside(viewer);
    if (viewer.role !== 'requester') return this.#tally.counts(inside);
    const own = this.table.where((slot) => maySee(this.table.factsAt(slot), inside));
    return countsOf((queue) => own.filter((slot) => isInQueue(queue, this.table.factsAt(slot), inside)).length);
  }

  /** Rows `from` (included) to `to` (excluded) of a list, with the exact total. `descending` reads it backwards. */
  list(spec: ListSpec, viewer: Viewer, from: number, to: number): ListPage {
    const slots = this.#lists.slotsOf(spec, viewer);
    const total = slots.length;
    const ids: Id[] = [];
    for (let at = Math.max(0, from); at < Math.min(to, total); at += 1) {
      ids.push(this.table.ids.at(slots[spec.order.descending ? total - 1 - at : at] ?? 0));
    }
    return { total, ids };
  }

  /** By number or any alias, in any case, with or without the leading zeros; null when unknown. */
  idOf(numberOrAlias: string): Id | null {
    const slot = this.table.numbers.holderOfTyped(numberOrAlias);
    return slot < 0 ? null : this.table.ids.at(slot);
  }

  /** Exactly this number, as an incident's own or as an alias. */
  isNumberTaken(number: string): boolean {
    return this.table.numbers.holderOf(number) >= 0;
  }

  /** The highest n of all INC numbers and aliases ever held; 0 when there was none. */
  highestNumber(): number {
    return this.table.numbers.highest;
  }

  /** A caller's incidents, for the card beside the form. */
  ofCaller(personId: Id, limit: number): CallerIncidents {
    const ref = this.table.refOf(personId);
    const { caller, openedAt } = this.table.columns.all;
    const slots = this.table.where((slot) => caller[slot] === ref);
    slots.sort((a, b) => (openedAt[b] ?? 0) - (openedAt[a] ?? 0) || this.table.ids.compare(a, b));
    const open = slots.filter((slot) => isOpen(this.table.factsAt(slot).state)).length;
    return { open, recent: this.#idsOf(slots.slice(0, limit)) };
  }

  /**
   * These people got a name, or another one: lists ordered by it and the text filter follow. Called once for all
   * that changed together, after the name source knows the new names.
   */
  personsRenamed(personIds: readonly Id[]): void {
    const refs = new Set(personIds.map((id) => this.table.refOf(id)).filter((ref) => ref > 0));
    if (refs.size === 0) return;
    this.table.namesChanged();
    const { caller, owner } = this.table.columns.all;
    if (this.#namesRanked) this.#rankNames();
    for (const slot of this.table.where((one) => refs.has(caller[one] ?? 0) || refs.has(owner[one] ?? 0))) {
      this.table.rewriteCaller(slot);
      this.#log.add(slot);
    }
  }

  #idsOf(slots: readonly number[]): Id[] {
    return slots.map((slot) => this.table.ids.at(slot));
  }

  /** The viewer in the columns' terms. Interned, not looked up: a list must know them once they get their first incident. */
  viewerInside(viewer: Viewer): Viewer<number> {
    const { refs } = this.table;
    return {
      personId: refs.intern(viewer.personId),
      teamIds: viewer.teamIds.map((id) => refs.intern(id)),
      role: viewer.role,
    };
  }

  #marksForAll(): Uint8Array {
    if (this.#marks.length < this.table.slots) this.#marks = new Uint8Array(this.table.slots * 2);
    return this.#marks.subarray(0, this.table.slots);
  }

  #rankNames(): void {
    const { caller, owner } = this.table.columns.all;
    const names = new Map<number, string | null>();
    for (const slot of this.table.liveSlots()) {
      for (const ref of [caller[slot] ?? 0, owner[slot] ?? 0]) {
        if (!names.has(ref)) names.set(ref, this.table.nameOfRef(ref));
      }
    }
    this.#orders.ranks.rankAll(names);
    this.#namesRanked = true;
  }

  #rankNamesOf(slot: number): void {
    const { caller, owner } = this.table.columns.all;
    const { ranks } = this.#orders;
    for (const ref of [caller[slot] ?? 0, owner[slot] ?? 0]) {
      if (!ranks.has(ref) && !ranks.add(ref, this.table.nameOfRef(ref))) this.#rankNames();
    }
  }
}
