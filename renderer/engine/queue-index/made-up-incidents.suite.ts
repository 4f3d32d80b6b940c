import fc from 'fast-check';
import type { ListSpec } from '#contracts/engine/protocol.ts';
import { type Activity, SYSTEM_ACTOR } from '#domain/activity/activity.ts';
import { ROLES } from '#domain/directory/directory.ts';
import { blankIncident } from '#domain/incident/blank.ts';
import { INCIDENT_STATES, type Incident, PRIORITIES } from '#domain/incident/incident.ts';
import { FILTER_FIELDS } from '#domain/queue/filters.ts';
import type { Viewer } from '#domain/queue/queue-facts.ts';
import { QUEUE_IDS } from '#domain/queue/queues.ts';

/** Small worlds, so that everything meets everything: a few people, teams and ids that the properties draw from. */

export const uuid = (family: number, n: number) =>
  `${String(family).padStart(8, '0')}-0000-7000-8000-${String(n).padStart(12, '0')}`;
export const PEOPLE = [0, 1, 2, 3].map((n) => uuid(1, n));
export const TEAMS = [0, 1, 2].map((n) => uuid(2, n));
const CATEGORIES = [0, 1].map((n) => uuid(3, n));
const SITES = [0, 1].map((n) => uuid(4, n));
export const NAMES = ['Zoë Ångström', 'anna weiß', 'Bob Miller', null] as const;
export const nameOf = (personId: string): string | null => NAMES[PEOPLE.indexOf(personId)] ?? null;

const blank = (id: string): Incident => {
  const first: Activity = {
    id,
    subject: { kind: 'incident', id },
    type: 'incident.recorded',
    payload: {},
    actor: SYSTEM_ACTOR,
    device: 'device',
    seq: 1,
    occurredAt: 1_000,
    recordedAt: 1_000,
    syncedAt: null,
    visibility: 'internal',
    origin: 'command',
    cause: null,
  };
  return blankIncident(first);
};

/** An incident with what matters to a test given and everything else blank. */
export const incidentWith = (n: number, fields: Partial<Incident> = {}): Incident => ({
  ...blank(uuid(9, n)),
  number: `INC${String(n).padStart(7, '0')}`,
  ...fields,
});

const orNull = (values: readonly string[]) => fc.option(fc.constantFrom(...values), { nil: null });
const soon = fc.integer({ min: 0, max: 5 }).map((n) => n * 60_000);
const wordsArb = fc
  .array(fc.constantFrom('Drucker', 'printer', 'Größe', 'VPN', 'outlook', 'does not start', 'jam', 'Ärger'), {
    maxLength: 4,
  })
  .map((words) => words.join(' '));

/** Any incident of the small world; its number follows from its id. */
export const incidentArb: fc.Arbitrary<Incident> = fc
  .record({
    n: fc.integer({ min: 1, max: 30 }),
    state: fc.constantFrom(...INCIDENT_STATES),
    priority: fc.constantFrom(...PRIORITIES),
    assumed: fc.boolean(),
    confidential: fc.boolean(),
    lastMessageAt: fc.option(soon, { nil: null }),
    lastReplyAt: fc.option(soon, { nil: null }),
    assignedToId: orNull(PEOPLE),
    assignmentGroupId: orNull(TEAMS),
    callerId: orNull(PEOPLE),
    affectedId: orNull(PEOPLE),
    openedById: orNull(PEOPLE),
    categoryId: orNull(CATEGORIES),
    siteId: orNull(SITES),
    shortDescription: wordsArb,
    description: wordsArb,
    openedAt: soon,
    updatedAt: soon,
    foreign: fc.option(fc.constantFrom('HELP-', 'x', ''), { nil: null }),
    alias: fc.option(fc.integer({ min: 1, max: 30 }), { nil: null }),
  })
  .map(({ n, foreign, alias, ...fields }) =>
    incidentWith(n, {
      ...fields,
      ...(foreign === null ? {} : { number: `${foreign}${n}` }),
      aliases: alias === null ? [] : [{ value: `OLD-${alias}`, source: 'test' }],
    }),
  );

export const viewerArb: fc.Arbitrary<Viewer> = fc.record({
  personId: fc.constantFrom(...PEOPLE),
  teamIds: fc.uniqueArray(fc.constantFrom(...TEAMS)),
  role: fc.constantFrom(...ROLES),
});

const filterArb = fc.record({
  field: fc.constantFrom(...FILTER_FIELDS),
  value: fc.constantFrom('', 'new', 'resolved', '1', '4', '9', ...PEOPLE, ...TEAMS, ...CATEGORIES, ...SITES),
  exclude: fc.boolean(),
});

const ORDERS = ['queue', 'deadline', 'number', 'priority', 'state', 'caller', 'owner', 'updated', 'opened'] as const;

export const specArb: fc.Arbitrary<ListSpec> = fc.record({
  queue: fc.constantFrom(...QUEUE_IDS),
  order: fc.record({ key: fc.constantFrom(...ORDERS), descending: fc.boolean() }),
  filters: fc.array(filterArb, { maxLength: 3 }),
  text: fc.constantFrom('', '', '', 'große', 'PRINT jam', 'weiss', 'inc00', 'old-1', 'nothing such'),
});
