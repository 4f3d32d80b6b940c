import type { ListSpec } from '#contracts/engine/protocol.ts';
import { INCIDENT_STATES, type IncidentState } from '#domain/incident/incident.ts';
import { FILTER_FIELDS, type FilterField } from '#domain/queue/filters.ts';
import type { IncidentColumns } from './incident-columns.ts';
import type { StringPool } from './string-pool.ts';

/** No cell holds this: a state or a digit that does not exist. */
const NOWHERE = -1;

/** What the column holds for a filter's value; the empty string is 0, nobody and nothing. An id gets its number now. */
const cellValue = (field: FilterField, value: string, refs: StringPool): number => {
  if (field === 'state') return INCIDENT_STATES.indexOf(value as IncidentState);
  if (field === 'priority') return /^[1-5]$/.test(value) ? Number(value) : NOWHERE;
  return value === '' ? 0 : refs.intern(value);
};

/** All filters of one field, over the column of the same name. */
export interface FieldTest {
  readonly field: FilterField;
  /** Null: every value but the excluded ones. */
  readonly included: readonly number[] | null;
  readonly excluded: readonly number[];
}

/** The filters, field by field: the same meaning as domain/queue/filters.ts `passesFilters`. */
export const fieldTests = (filters: ListSpec['filters'], refs: StringPool): FieldTest[] =>
  FILTER_FIELDS.flatMap((field) => {
    const own = filters.filter((filter) => filter.field === field);
    if (own.length === 0) return [];
    const values = (exclude: boolean) =>
      own.filter((filter) => filter.exclude === exclude).map((filter) => cellValue(field, filter.value, refs));
    const included = values(false);
    return [{ field, included: included.length > 0 ? included : null, excluded: values(true) }];
  });

const passes = (test: FieldTest, value: number): boolean =>
  (test.included === null || test.included.includes(value)) && !test.excluded.includes(value);

/** Whether one row passes all. */
export function rowPasses(tests: readonly FieldTest[], columns: IncidentColumns, slot: number): boolean {
  for (const test of tests) if (!passes(test, columns.all[test.field][slot] ?? 0)) return false;
  return true;
}

/** The one value that passes, for a filter that asks for just that; null for any other. */
export const onlyValue = (test: FieldTest): number | null =>
  test.included?.length === 1 && test.excluded.length === 0 ? (test.included[0] ?? null) : null;

type FilterColumn = Uint8Array | Uint32Array;

/** The slots whose column holds the value, into `found`; returns how many. */
export const findEqual = (column: FilterColumn, value: number, slots: number, found: Uint32Array): number =>
  column instanceof Uint8Array ? findBytes(column, value, slots, found) : findRefs(column, value, slots, found);

/** Keeps those of the first `count` slots in `found` that pass; returns how many. */
export function keepPassing(test: FieldTest, column: FilterColumn, found: Uint32Array, count: number): number {
  const value = onlyValue(test);
  let kept = 0;
  for (let at = 0; at < count; at += 1) {
    const slot = found[at] as number;
    const cell = column[slot] as number;
    if (value === null ? passes(test, cell) : cell === value) found[kept++] = slot;
  }
  return kept;
}

// Two of the same on purpose: a loop that meets one kind of array only is compiled several times faster.

function findBytes(column: Uint8Array, value: number, slots: number, found: Uint32Array): number {
  let count = 0;
  for (let slot = 0; slot < slots; slot += 1) if (column[slot] === value) found[count++] = slot;
  return count;
}

function findRefs(column: Uint32Array, value: number, slots: number, found: Uint32Array): number {
  let count = 0;
  for (let slot = 0; slot < slots; slot += 1) if (column[slot] === value) found[count++] = slot;
  return count;
}
