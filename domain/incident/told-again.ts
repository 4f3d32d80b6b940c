import type { Activity } from '#domain/activity/activity.ts';
import {
  type ObservedSource,
  type ObservedValues,
  withObserved,
} from '#domain/incident/activities/observed-values.schema.ts';
import { asImported } from '#domain/incident/as-imported.ts';
import type { Incident } from '#domain/incident/incident.ts';
import type { PriorityMatrix } from '#domain/priority/matrix.ts';

/** What the entry itself says, with the fields of an incident. */
export type Retelling = Pick<
  Incident,
  | 'shortDescription'
  | 'description'
  | 'channel'
  | 'sourceChannel'
  | 'callerId'
  | 'openedById'
  | 'organisation'
  | 'siteId'
  | 'categoryId'
  | 'serviceId'
  | 'configurationItemIds'
  | 'impact'
  | 'urgency'
  | 'assumed'
  | 'assignmentGroupId'
  | 'assignedToId'
  | 'tags'
>;

/** What an import said of the incident besides, as in the entry. */
export interface RetoldSource extends ObservedSource {
  readonly values: ObservedValues;
  /** Fields that the source has a place for and leaves empty: gone there, so gone here. */
  readonly emptied?: readonly string[] | undefined;
}

/**
 * An incident told again as a whole, as a source does that exports one row per incident: the later row is what stands
 * there now. What the source says nothing about stays as it is here; number and opening stay those of the first row.
 */
export function toldAgain(
  incident: Incident,
  telling: Retelling,
  source: RetoldSource,
  activity: Activity,
  matrix: PriorityMatrix,
): Incident {
  const values = { ...emptied(source.emptied ?? []), ...said(telling), ...source.values };
  return asImported(withObserved(incident, values, source, activity), activity, matrix);
}

function said(telling: Retelling): ObservedValues {
  const { impact, urgency, assumed, channel, sourceChannel, ...rest } = telling;
  const told: Record<string, unknown> = {};
  for (const field of PLAIN) {
    const value = rest[field];
    const empty = value === null || value === '' || (Array.isArray(value) && value.length === 0);
    if (!empty) told[field] = value;
  }
  return {
    ...(told as ObservedValues),
    ...(assumed ? {} : { impact, urgency }),
    ...(sourceChannel === null ? {} : { channel, sourceChannel }),
  };
}

const PLAIN = [
  'shortDescription',
  'description',
  'callerId',
  'openedById',
  'organisation',
  'siteId',
  'categoryId',
  'serviceId',
  'configurationItemIds',
  'assignmentGroupId',
  'assignedToId',
  'tags',
] as const satisfies readonly (keyof Retelling)[];

/** How each field that can be taken away reads when it is. */
const EMPTY = {
  description: '',
  callerId: null,
  siteId: null,
  categoryId: null,
  serviceId: null,
  configurationItemIds: [],
  assignmentGroupId: null,
  assignedToId: null,
  problemRef: null,
  changeRefs: [],
  vendor: null,
  tags: [],
} as const satisfies ObservedValues;

/** Fields that a source can take away by leaving their place empty. */
export const EMPTIABLE = Object.keys(EMPTY) as readonly (keyof typeof EMPTY)[];

const emptied = (fields: readonly string[]): ObservedValues =>
  Object.fromEntries(Object.entries(EMPTY).filter(([field]) => fields.includes(field)));
