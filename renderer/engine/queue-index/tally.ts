import { INCIDENT_STATES, type IncidentState } from '#domain/incident/incident.ts';
import { isInQueue, QUEUES_NOT_KEPT_YET } from '#domain/queue/membership.ts';
import type { QueueFacts, Viewer } from '#domain/queue/queue-facts.ts';
import { QUEUE_IDS, type QueueId } from '#domain/queue/queues.ts';
import { FLAG_ASSUMED, FLAG_UNANSWERED, type IncidentColumns } from './incident-columns.ts';

export type QueueCounts = Readonly<Record<QueueId, number | null>>;

/** Room for two million people and teams in a key of 52 bits. */
const REF_SPAN = 2 ** 21;
const FLAGS = FLAG_ASSUMED | FLAG_UNANSWERED;
/** Viewers whose counts are kept up to date. */
const KEPT_VIEWERS = 8;

/** What one viewer sees: for each cell the queues it belongs to, as bits by place in QUEUE_IDS; and the totals. */
interface Sight {
  readonly viewer: Viewer<number>;
  queuesOf: Uint16Array;
  readonly totals: number[];
}

/** All cells and where each slot is, structured-cloneable. */
export interface TallyData {
  /** State, marks, owner and group, cell after cell. */
  readonly cells: Uint32Array;
  readonly cellOf: Uint32Array;
}

const PARTS = 4;

/**
 * Incidents counted by state, owner, group and the marks that queues look at: a cell is everything that a queue of desk
 * staff asks of an incident. A queue's rule is asked once a cell, not once an incident, and a change moves one incident
 * from cell to cell, so counts are exact at any size and there is still only one place that says what a queue is.
 */
export class Tally {
  readonly #parts: number[] = [];
  readonly #facts: QueueFacts<number>[] = [];
  readonly #counts: number[] = [];
  readonly #cellByKey = new Map<number, number>();
  readonly #sights = new Map<string, Sight>();
  #cellOf: Uint32Array;

  constructor(live: Uint8Array, data?: TallyData) {
    this.#cellOf = data?.cellOf ?? new Uint32Array(64);
    const cells = data?.cells ?? new Uint32Array(0);
    for (let at = 0; at < cells.length; at += PARTS) {
      this.#cellFor(cells[at] ?? 0, cells[at + 1] ?? 0, cells[at + 2] ?? 0, cells[at + 3] ?? 0);
    }
    const [counts, cellOf] = [this.#counts, this.#cellOf];
    for (let slot = 0; slot < (data?.cellOf.length ?? 0); slot += 1) {
      const cell = cellOf[slot] as number;
      counts[cell] = (counts[cell] as number) + (live[slot] as number);
    }
  }

  data(slots: number): TallyData {
    return { cells: Uint32Array.from(this.#parts), cellOf: this.#cellOf.slice(0, slots) };
  }

  enter(slot: number, columns: IncidentColumns): void {
    if (slot >= this.#cellOf.length) this.#grow(slot + 1);
    const { state, flags, owner, group } = columns.all;
    const cell = this.#cellFor(state[slot] ?? 0, (flags[slot] ?? 0) & FLAGS, owner[slot] ?? 0, group[slot] ?? 0);
    this.#cellOf[slot] = cell;
    this.#count(cell, 1);
  }

  leave(slot: number): void {
    this.#count(this.#cellOf[slot] ?? 0, -1);
  }

  /** Not for requesters, who see only incidents of their own: no cell knows whose. */
  counts(viewer: Viewer<number>): QueueCounts {
    const { totals } = this.#sightOf(viewer);
    return countsOf((queue) => totals[QUEUE_IDS.indexOf(queue)] ?? 0);
  }

  /** Whether a slot is in the queue, as of now; null for requesters. */
  queueTest(queue: QueueId, viewer: Viewer<number>): ((slot: number) => boolean) | null {
    if (viewer.role === 'requester') return null;
    const { queuesOf } = this.#sightOf(viewer);
    const bit = 1 << QUEUE_IDS.indexOf(queue);
    const cellOf = this.#cellOf;
    return (slot) => ((queuesOf[cellOf[slot] as number] as number) & bit) !== 0;
  }

  /** The slots that are in the queue, into `found`; returns how many. Some may no longer be live. Not for requesters. */
  findInQueue(queue: QueueId, viewer: Viewer<number>, slots: number, found: Uint32Array): number {
    const { queuesOf } = this.#sightOf(viewer);
    const bit = 1 << QUEUE_IDS.indexOf(queue);
    const cellOf = this.#cellOf;
    let count = 0;
    for (let slot = 0; slot < slots; slot += 1) {
      if (((queuesOf[cellOf[slot] as number] as number) & bit) !== 0) found[count++] = slot;
    }
    return count;
  }

  #count(cell: number, by: 1 | -1): void {
    this.#counts[cell] = (this.#counts[cell] ?? 0) + by;
    for (const { queuesOf, totals } of this.#sights.values()) addTo(totals, queuesOf[cell] ?? 0, by);
  }

  #sightOf(viewer: Viewer<number>): Sight {
    const key = JSON.stringify(viewer);
    const known = this.#sights.get(key);
    this.#sights.delete(key);
    const sight = known ?? this.#newSight(viewer);
    this.#sights.set(key, sight);
    for (const oldest of this.#sights.keys()) {
      if (this.#sights.size <= KEPT_VIEWERS) break;
      this.#sights.delete(oldest);
    }
    return sight;
  }

  #newSight(viewer: Viewer<number>): Sight {
    const queuesOf = new Uint16Array(this.#facts.length * 2);
    const totals = QUEUE_IDS.map(() => 0);
    this.#facts.forEach((facts, cell) => {
      queuesOf[cell] = queuesSeen(facts, viewer);
      addTo(totals, queuesOf[cell] ?? 0, this.#counts[cell] ?? 0);
    });
    return { viewer, queuesOf, totals };
  }

  #cellFor(state: number, flags: number, owner: number, group: number): number {
    const key = (owner * REF_SPAN + group) * 64 + state * 8 + flags;
    const known = this.#cellByKey.get(key);
    if (known !== undefined) return known;
    const facts = factsOf(state, flags, owner, group);
    const cell = this.#facts.push(facts) - 1;
    this.#parts.push(state, flags, owner, group);
    this.#counts.push(0);
    this.#cellByKey.set(key, cell);
    for (const sight of this.#sights.values()) {
      if (cell >= sight.queuesOf.length) sight.queuesOf = widened(sight.queuesOf);
      sight.queuesOf[cell] = queuesSeen(facts, sight.viewer);
    }
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

const queuesSeen = (facts: QueueFacts<number>, viewer: Viewer<number>): number => {
  let queues = 0;
  for (let place = 0; place < QUEUE_IDS.length; place += 1) {
    if (isInQueue(QUEUE_IDS[place] as QueueId, facts, viewer)) queues |= 1 << place;
  }
  return queues;
};

const widened = (queuesOf: Uint16Array): Uint16Array => {
  const wider = new Uint16Array(queuesOf.length * 2 + 64);
  wider.set(queuesOf);
  return wider;
};

const addTo = (totals: number[], queues: number, by: number): void => {
  for (let place = 0; place < totals.length; place += 1) {
    if ((queues >> place) & 1) totals[place] = (totals[place] ?? 0) + by;
  }
};

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
