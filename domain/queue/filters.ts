import type { Id } from '#domain/activity/activity.ts';
import type { IncidentState, Priority } from '#domain/incident/incident.ts';

export const FILTER_FIELDS = ['state', 'priority', 'owner', 'group', 'caller', 'category', 'site'] as const;
export type FilterField = (typeof FILTER_FIELDS)[number];

/**
 * "Show matching" (include) or "filter out" (exclude) of one cell. `value` is the state, the priority's digit or an
 * id; the empty string stands for a cell with nothing in it.
 */
export interface QueueFilter {
  readonly field: FilterField;
  readonly value: string;
  readonly exclude: boolean;
}

export interface FilterFacts {
  readonly state: IncidentState;
  readonly priority: Priority;
  readonly ownerId: Id | null;
  readonly groupId: Id | null;
  readonly callerId: Id | null;
  readonly categoryId: Id | null;
  readonly siteId: Id | null;
}

const CELL: Readonly<Record<FilterField, (facts: FilterFacts) => string>> = {
  state: (facts) => facts.state,
  priority: (facts) => String(facts.priority),
  owner: (facts) => facts.ownerId ?? '',
  group: (facts) => facts.groupId ?? '',
  caller: (facts) => facts.callerId ?? '',
  category: (facts) => facts.categoryId ?? '',
  site: (facts) => facts.siteId ?? '',
};

/** Includes of one field widen each other, fields narrow each other, an exclude always takes away. */
export const passesFilters = (facts: FilterFacts, filters: readonly QueueFilter[]): boolean =>
  FILTER_FIELDS.every((field) => {
    const own = filters.filter((filter) => filter.field === field);
    const cell = CELL[field](facts);
    if (own.some((filter) => filter.exclude && filter.value === cell)) return false;
    const includes = own.filter((filter) => !filter.exclude);
    return includes.length === 0 || includes.some((filter) => filter.value === cell);
  });
