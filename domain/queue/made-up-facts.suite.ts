import fc from 'fast-check';
import { ROLES } from '#domain/directory/directory.ts';
import { INCIDENT_STATES, PRIORITIES } from '#domain/incident/incident.ts';
import type { QueueFacts, Viewer } from './queue-facts.ts';

const PEOPLE = ['ann', 'ben', 'cem'];
const TEAMS = ['desk', 'network', 'field'];
const orNull = (values: readonly string[]) => fc.option(fc.constantFrom(...values), { nil: null });

/** Facts of a small desk, so that viewers, owners and teams meet. */
export const factsArb: fc.Arbitrary<QueueFacts> = fc.record({
  state: fc.constantFrom(...INCIDENT_STATES),
  priority: fc.constantFrom(...PRIORITIES),
  assumed: fc.boolean(),
  confidential: fc.boolean(),
  major: fc.boolean(),
  due: fc.option(fc.nat({ max: 5 }), { nil: null }),
  unanswered: fc.boolean(),
  ownerId: orNull(PEOPLE),
  groupId: orNull(TEAMS),
  callerId: orNull(PEOPLE),
  affectedId: orNull(PEOPLE),
  openedById: orNull(PEOPLE),
  openedAt: fc.integer({ min: -5, max: 5 }),
});

export const viewerArb: fc.Arbitrary<Viewer> = fc.record({
  personId: fc.constantFrom(...PEOPLE),
  teamIds: fc.uniqueArray(fc.constantFrom(...TEAMS)),
  role: fc.constantFrom(...ROLES),
});
