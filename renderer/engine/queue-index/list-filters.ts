import type { ListSpec } from '#contracts/engine/protocol.ts';
import { INCIDENT_STATES } from '#domain/incident/incident.ts';
import { FILTER_FIELDS, type FilterField } from '#domain/queue/filters.ts';
import type { ColumnName, IncidentColumns } from './incident-columns.ts';
import type { Belongs } from './sorted-slots.ts';
import type { StringPool } from './string-pool.ts';

const COLUMN_OF: Readonly<Record<FilterField, ColumnName>> = {
  state: 'state',
  priority: 'priority',
  owner: 'owner',
  group: 'group',
  caller: 'caller',
  category: 'category',
  site: 'site',
};

/** No cell holds this: a state, digit or id that does not exist here. */
const NOWHERE = -1;

/** What the column holds for a filter's value; the empty string is 0, nobody and nothing. An id gets its number now. */
const cellValue = (field: FilterField, value: string, refs: StringPool): number => {
  if (field === 'state') return INCIDENT_STATES.findIndex((state) => state === value);
  if (field === 'priority') return /^[1-5]$/.test(value) ? Number(value) : NOWHERE;
  return value === '' ? 0 : refs.intern(value);
};

interface FieldTest {
  readonly column: ColumnName;
  /** Null: every value but the excluded ones. */
  readonly included: readonly number[] | null;
  readonly excluded: readonly number[];
}

/** One test a field over the columns: the same meaning as domain/queue/filters.ts `passesFilters`. */
const fieldTests = (filters: ListSpec['filters'], refs: StringPool): FieldTest[] =>
  FILTER_FIELDS.flatMap((field) => {
    const own = filters.filter((filter) => filter.field === field);
    if (own.length === 0) return [];
    const values = (exclude: boolean) =>
      own.filter((filter) => filter.exclude === exclude).map((filter) => cellValue(field, filter.value, refs));
    const included = values(false);
    return [{ column: COLUMN_OF[field], included: included.length > 0 ? included : null, excluded: values(true) }];
  });

/** The filters as one test of a slot; null when there are none. */
export function filterTest(filters: ListSpec['filters'], refs: StringPool, columns: IncidentColumns): Belongs | null {
  const tests = fieldTests(filters, refs);
  if (tests.length === 0) return null;
  return (slot) => {
    for (const test of tests) {
      const value = columns.all[test.column][slot] ?? 0;
      if (test.included !== null && !test.included.includes(value)) return false;
      if (test.excluded.includes(value)) return false;
    }
    return true;
  };
}
