import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Activity, SYSTEM_ACTOR } from '#domain/activity/activity.ts';
import { blankIncident } from '#domain/incident/blank.ts';
import { INCIDENT_STATES, type Incident, PRIORITIES } from '#domain/incident/incident.ts';
import { isOpen } from '#domain/queue/membership.ts';
import { type AlertChange, alertFor, replacedIn, SETTLE_MS, stillHolds } from './rules.ts';

const first: Activity = {
  id: 'a1',
  subject: { kind: 'incident', id: 'i1' },
  type: 'incident.recorded',
  payload: {},
  actor: 'ben',
  device: 'd',
  seq: 1,
  occurredAt: 1,
  recordedAt: 1,
  syncedAt: null,
  visibility: 'internal',
  origin: 'command',
  cause: null,
};
const incident = (fields: Partial<Incident> = {}): Incident => ({ ...blankIncident(first), priority: 1, ...fields });
const change = (fields: Partial<AlertChange> = {}): AlertChange => ({
  before: null,
  after: incident(),
  actorId: 'ben',
  origin: 'command',
  ...fields,
});

const incidentArb: fc.Arbitrary<Incident> = fc
  .record({
    state: fc.constantFrom(...INCIDENT_STATES),
    priority: fc.constantFrom(...PRIORITIES),
    assignedToId: fc.constantFrom('ann', 'ben', null),
  })
  .map(incident);
const changeArb: fc.Arbitrary<AlertChange> = fc.record({
  before: fc.option(incidentArb, { nil: null }),
  after: incidentArb,
  actorId: fc.constantFrom('ann', 'ben', SYSTEM_ACTOR, null),
  origin: fc.constantFrom('command', 'system', 'observed' as const),
});

describe('alert rules', () => {
  test('never tell of one’s own action, nor of what is over', () => {
    fc.assert(
      fc.property(changeArb, (any) => {
        const found = alertFor(any, 'ann');
        if (any.actorId === 'ann' || !isOpen(any.after.state)) expect(found).toBeNull();
      }),
    );
  });

  test('tell of every open P1 and P2 that another records or an import brings', () => {
    fc.assert(
      fc.property(changeArb, (any) => {
        const news = any.before === null && any.after.priority <= 2 && isOpen(any.after.state) && any.actorId !== 'ann';
        if (news) expect(alertFor(any, 'ann')).not.toBeNull();
      }),
    );
  });

  test('what holds when it is raised still holds of the same incident', () => {
    fc.assert(
      fc.property(changeArb, (any) => {
        const found = alertFor(any, 'ann');
        if (found !== null) expect(stillHolds({ rule: found.rule, forPersonId: 'ann' }, any.after)).toBe(true);
      }),
    );
  });

  test('an assignment by another settles first; a recording does not wait', () => {
    const before = incident({ priority: 3 });
    const assigned = change({ before, after: incident({ priority: 3, assignedToId: 'ann' }) });
    expect(alertFor(assigned, 'ann')).toMatchObject({ rule: 'assignedToMe', settlesIn: SETTLE_MS });
    expect(alertFor(change(), 'ann')).toMatchObject({ rule: 'importantRecorded', settlesIn: 0 });
  });

  test('an assignment by the desk itself names nobody', () => {
    const after = incident({ assignedToId: 'ann' });
    expect(alertFor(change({ after, actorId: SYSTEM_ACTOR, origin: 'system' }), 'ann')?.reason.actorId).toBeNull();
  });

  test('whoever lost an assignment to one that did not know of it is told by whom', () => {
    const entry = (type: string, payload: object): Activity => ({ ...first, type, payload });
    const replaces = { by: 'ann', at: 1 };
    const assigned = entry('incident.assigned', { from: 'ann', to: 'tom', replaces });
    const owner = { from: 'ann', to: null };
    const moved = { group: owner, owner, note: '', warm: false, sendBack: false, replaces };
    expect(replacedIn([assigned, entry('incident.transferred', moved)])).toEqual([
      { of: 'ann', by: 'ben' },
      { of: 'ann', by: 'ben' },
    ]);
    expect(replacedIn([entry('incident.assigned', owner), entry('incident.note', {})])).toEqual([]);
    const lost = change({
      before: incident({ assignedToId: 'ann' }),
      after: incident({ assignedToId: 'tom' }),
      replaced: replacedIn([assigned]),
    });
    const told = {
      rule: 'assignmentReplaced',
      reason: { code: 'assignmentReplaced', actorId: 'ben' },
      settlesIn: SETTLE_MS,
    };
    expect(alertFor(lost, 'ann')).toMatchObject(told);
    expect(alertFor({ ...lost, actorId: 'ann' }, 'ann')).toMatchObject(told);
    expect(alertFor(lost, 'tom')).toMatchObject({ rule: 'assignedToMe' });
    expect(alertFor(lost, 'sue')).toBeNull();
    expect(alertFor({ ...lost, before: null, after: incident({ priority: 3 }) }, 'ann')).toBeNull();
    expect(alertFor({ ...lost, after: incident({ state: 'resolved' }) }, 'ann')).toBeNull();
  });

  test('staying the owner is no news', () => {
    const mine = incident({ assignedToId: 'ann' });
    expect(alertFor(change({ before: mine, after: { ...mine, shortDescription: 'changed' } }), 'ann')).toBeNull();
  });
});
