import { INCIDENT_STATES, type IncidentState } from '#domain/incident/incident.ts';
import { QUEUES_NOT_KEPT_YET, isInQueue } from '#domain/queue/membership.ts';
import type { QueueFacts, Viewer } from '#domain/queue/queue-facts.ts';
import { QUEUE_IDS, type QueueId } from '#domain/queue/queues.ts';
import { FLAG_ASSUMED, FLAG_UNANSWERED, type IncidentColumns } from './incident-columns.ts';

export type QueueCounts = Readonly<Record<QueueId, number | null>>;
const KEPT_QUEUES = QUEUE_IDS.filter((queue) => !QUEUES_NOT_KEPT_YET.includes(queue));

/** Room for two million people and teams in a key of 52 bits. */
const REF_SPAN = 2 ** 21;
const FLAGS = FLAG_ASSUMED | FLAG_UNANSWERED;

/** What all incidents of one cell have in common: everything a queue of desk staff asks of them. */
interface Cell {
  readonly facts: QueueFacts<number>;
  count: number;
}

/**
 * Incidents counted by state, owner, group and the marks that queues look at. A queue's rule is asked once a cell,
 * not once an incident, so exact counts for any viewer cost the same at a hundred thousand as at five hundred thousand,
 * and there is still only one place that says what a queue is.
 */
export class Tally {
  readonly #cells: Cell[] = [];
  readonly #cellByKey = new Map<number, number>();
  #cellOf = new Uint32Array(64);

  get size(): number {
    return this.#cells.length;
  }

  enter(slot: number, columns: IncidentColumns): void {
    if (slot >= this.#cellOf.length) this.#grow(slot + 1);
    const { state, flags, owner, group } = columns.all;
    const bits = (state[slot] ?? 0) * 8 + ((flags[slot] ?? 0) & FLAGS);
    const key = ((owner[slot] ?? 0) * REF_SPAN + (group[slot] ?? 0)) * 64 + bits;
    const known = this.#cellByKey.get(key);
    const cell = known ?? this.#newCell(key, factsOf(state[slot] ?? 0, flags[slot] ?? 0, owner[slot] ?? 0, group[slot] ?? 0));
    (this.#cells[cell] as Cell).count += 1;
    this.#cellOf[slot] = cell;
  }

  leave(slot: number): void {
    (this.#cells[this.#cellOf[slot] ?? 0] as Cell).count -= 1;
  }

  /** 1 for each cell whose incidents pass, to be looked up with `cellOf`. */
  passing(test: (facts: QueueFacts<number>) => boolean): Uint8Array {
    return Uint8Array.from(this.#cells, (cell) => Number(test(cell.facts)));
  }

  /** Cell by slot. Not to be kept: it is replaced when the index grows. */
  get cellOf(): Uint32Array {
    return this.#cellOf;
  }

  /** Not for requesters, who see only incidents of their own: no cell knows whose. */
  counts(viewer: Viewer<number>): QueueCounts {
    const totals = KEPT_QUEUES.map(() => 0);
    for (const cell of this.#cells) {
      if (cell.count === 0) continue;
      for (let at = 0; at < KEPT_QUEUES.length; at += 1) {
        if (isInQueue(KEPT_QUEUES[at] as QueueId, cell.facts, viewer)) totals[at] = (totals[at] ?? 0) + cell.count;
      }
    }
    return countsOf((queue) => totals[KEPT_QUEUES.indexOf(queue)] ?? 0);
  }

  #newCell(key: number, facts: QueueFacts<number>): number {
    const cell = this.#cells.push({ facts, count: 0 }) - 1;
    this.#cellByKey.set(key, cell);
    return cell;
  }

  #grow(needed: number): void {
    const wider = new Uint32Array(Math.max(this.#cellOf.length * 2, needed));
    wider.set(this.#cellOf);
    this.#cellOf = wider;
  }
}

/** Counts for all queues; those not kept yet are null. */
export const countsOf = (count: (queue: QueueId) => number): QueueCounts =>
  Object.fromEntries(
    QUEUE_IDS.map((queue) => [queue, QUEUES_NOT_KEPT_YET.includes(queue) ? null : count(queue)]),
  ) as Record<QueueId, number | null>;

const factsOf = (state: number, flags: number, owner: number, group: number): QueueFacts<number> => ({
  state: INCIDENT_STATES[state] as IncidentState,
  priority: 5,
  assumed: (flags & FLAG_ASSUMED) !== 0,
  confidential: false,
  major: false,
  due: null,
  unanswered: (flags & FLAG_UNANSWERED) !== 0,
  ownerId: owner || null,
  groupId: group || null,
  callerId: null,
  affectedId: null,
  openedById: null,
  openedAt: 0,
});
