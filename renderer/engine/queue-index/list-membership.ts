import type { ListSpec } from '#contracts/engine/protocol.ts';
import type { FilterField } from '#domain/queue/filters.ts';
import { isInQueue, mayReadText } from '#domain/queue/membership.ts';
import type { Viewer } from '#domain/queue/queue-facts.ts';
import { foldText } from './folded-text.ts';
import type { IncidentTable } from './incident-table.ts';
import { type FieldTest, fieldTests, findEqual, keepPassing, onlyValue, rowPasses } from './list-filters.ts';
import type { Tally } from './tally.ts';

/** Fields by how few incidents usually share a value of theirs. */
const BY_PICKINESS: readonly FilterField[] = ['caller', 'owner', 'category', 'group', 'site', 'priority', 'state'];

/** The filter that asks for one value of the most telling field, if any does. */
const pickiest = (tests: readonly FieldTest[]): FieldTest | null =>
  BY_PICKINESS.map((field) => tests.find((test) => test.field === field)).find(
    (test) => test !== undefined && onlyValue(test) !== null,
  ) ?? null;

/**
 * What makes an incident a member of a list: its queue as the viewer sees it, the filters, the text. Asked of one row
 * after a change, and of all rows, column by column, when the list is new; both say the same.
 */
export class ListMembership {
  readonly #table: IncidentTable;
  readonly #tally: Tally;
  readonly #spec: ListSpec;
  readonly #viewer: Viewer<number>;
  readonly #filters: readonly FieldTest[];
  readonly #words: readonly string[];

  constructor(table: IncidentTable, tally: Tally, spec: ListSpec, viewer: Viewer<number>) {
    this.#table = table;
    this.#tally = tally;
    this.#spec = spec;
    this.#viewer = viewer;
    this.#filters = fieldTests(spec.filters, table.refs);
    this.#words = foldText(spec.text).split(/\s+/).filter(Boolean);
  }

  /** Every incident of the desk passes. */
  get isWhole(): boolean {
    const all = this.#spec.queue === 'allIncidents' && this.#viewer.role !== 'requester';
    return all && this.#filters.length === 0 && this.#words.length === 0;
  }

  belongs(slot: number): boolean {
    return (
      isInQueue(this.#spec.queue, this.#table.factsAt(slot), this.#viewer) &&
      rowPasses(this.#filters, this.#table.columns, slot) &&
      (this.#words.length === 0 || this.#hasWords(slot, this.#words))
    );
  }

  /** All live slots that pass, in order of slots; `scratch` has room for every slot and is what the answer lies in. */
  members(scratch: Uint32Array): Uint32Array {
    const { all } = this.#table.columns;
    const picky = pickiest(this.#filters);
    let found = this.#candidates(picky, scratch);
    for (const test of this.#filters) {
      const done = test === picky && this.#words.length === 0;
      if (!done) found = keepPassing(test, all[test.field], scratch, found);
    }
    const inQueue = this.#tally.queueTest(this.#spec.queue, this.#viewer) ?? ((slot: number) => this.#inQueue(slot));
    let count = 0;
    for (let at = 0; at < found; at += 1) {
      const slot = scratch[at] as number;
      if (all.live[slot] === 1 && inQueue(slot)) scratch[count++] = slot;
    }
    return scratch.subarray(0, count);
  }

  /** Slots that may pass, by the test that lets the fewest through; returns how many. */
  #candidates(picky: FieldTest | null, scratch: Uint32Array): number {
    const { columns, slots } = this.#table;
    if (this.#words.length > 0) return this.#withWords(scratch);
    if (picky !== null) return findEqual(columns.all[picky.field], onlyValue(picky) ?? 0, slots, scratch);
    if (this.#viewer.role !== 'requester')
      return this.#tally.findInQueue(this.#spec.queue, this.#viewer, slots, scratch);
    for (let slot = 0; slot < slots; slot += 1) scratch[slot] = slot;
    return slots;
  }

  #inQueue(slot: number): boolean {
    return isInQueue(this.#spec.queue, this.#table.factsAt(slot), this.#viewer);
  }

  /** The longest word is looked for in all lines at once, the others only where that one is. */
  #withWords(scratch: Uint32Array): number {
    let count = 0;
    const [longest = '', ...others] = [...this.#words].sort((a, b) => b.length - a.length);
    this.#table.lines.eachContaining(longest, (slot) => {
      if (this.#hasWords(slot, others)) scratch[count++] = slot;
    });
    return count;
  }

  /** Every word somewhere in the line, and the viewer allowed to read it. */
  #hasWords(slot: number, words: readonly string[]): boolean {
    if (!mayReadText(this.#table.factsAt(slot), this.#viewer)) return false;
    if (words.length === 0) return true;
    const line = this.#table.lines.get(slot);
    return words.every((word) => line.includes(word));
  }
}
