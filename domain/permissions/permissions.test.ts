import { describe, expect, it } from 'vitest';
import { outcome, person, staffedDesk } from '#domain/command/memory-desk.suite.ts';
import { ROLES } from '#domain/directory/directory.ts';
import { ACTIONS, may, mayRead, PERMISSIONS } from '#domain/permissions/permissions.ts';

const note = (incidentId: string, entryId: string) => ({ incidentId, entryId, body: 'x' });

describe('permissions', () => {
  it('allow each role what the table says, and nothing beyond it', () => {
    const allowed = Object.fromEntries(
      ROLES.map((role) => [role, ACTIONS.filter((action) => may(role, action, false))]),
    );
    const work = [
      'record',
      'read',
      'readInternal',
      'work',
      'assign',
      'changePriority',
      'resolve',
      'close',
      'reopen',
      'export',
    ];
    expect(allowed).toEqual({
      requester: ['record', 'read'],
      viewer: ['read', 'readInternal', 'export'],
      agent: work,
      technician: work,
      problemManager: work,
      majorIncidentManager: ACTIONS.filter((action) => [...work, 'readConfidential'].includes(action)),
      supervisor: ACTIONS.filter((action) => action !== 'delete' && action !== 'configure'),
      administrator: [...ACTIONS],
    });
  });

  it('let staff configure and import on a desk that works alone, and nobody else', () => {
    const configuring = ROLES.filter((role) => may(role, 'configure', true) && may(role, 'importHistory', true));
    expect(configuring).toEqual(ROLES.filter((role) => role !== 'requester' && role !== 'viewer'));
    expect(ROLES.filter((role) => may(role, 'delete', true))).toEqual(['administrator']);
  });

  it('are enforced in every command', () => {
    const desk = staffedDesk();
    const incidentId = desk.opened();
    const tries = (actor: string) => [
      desk.send(
        'incident.record',
        { incidentId: `by ${actor}`, shortDescription: 'x', channel: 'portal', impact: 3, urgency: 3 },
        { actor },
      ),
      desk.send('incident.note', note(incidentId, `n ${actor}`), { actor }),
      desk.send('incident.start', { incidentId }, { actor }),
      desk.send('incident.assign', { incidentId, assignedToId: 'ann' }, { actor }),
      desk.send('incident.prioritise', { incidentId, value: 1, why: 'x', mode: 'corrected' }, { actor }),
      desk.send(
        'configuration.setMatrix',
        {
          matrix: [
            [1, 1, 1],
            [1, 1, 1],
            [1, 1, 1],
          ],
        },
        { actor },
      ),
    ];
    expect(tries('cal').map(outcome)).toEqual(['accepted', ...Array(5).fill('notAllowedForRole')]);
    expect(tries('vic').map(outcome)).toEqual(Array(6).fill('notAllowedForRole'));
  });

  it('end with the person’s time at the desk', () => {
    const desk = staffedDesk().has('person', person('old', { active: false }));
    const incidentId = desk.opened();
    expect(outcome(desk.send('incident.note', note(incidentId, 'n'), { actor: 'old' }))).toBe('notAllowedForRole');
    expect(outcome(desk.send('incident.note', note(incidentId, 'n'), { actor: 'nobody' }))).toBe('notFound');
  });

  it('keep confidential incidents to their group, their owner and those who may read all', () => {
    const desk = staffedDesk();
    const incidentId = desk.opened({ assignmentGroupId: 'net', confidential: true });
    const noting = (actor: string) => outcome(desk.send('incident.note', note(incidentId, `n ${actor}`), { actor }));
    expect([noting('ann'), noting('sue'), noting('ben')]).toEqual(['accepted', 'accepted', 'notAllowedForRole']);
    desk.send('incident.assign', { incidentId, assignedToId: 'ben' });
    expect(noting('ben')).toBe('accepted');
  });

  it('show a requester only their own incidents', () => {
    const desk = staffedDesk();
    const [own, other] = [desk.at(desk.opened({ callerId: 'cal' })), desk.at(desk.opened({ callerId: 'cat' }))];
    const cal = person('cal', { role: 'requester' });
    expect([mayRead(cal, own), mayRead(cal, other)]).toEqual([true, false]);
    expect(PERMISSIONS.requester).not.toContain('readInternal');
  });
});
