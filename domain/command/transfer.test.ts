import { describe, expect, it } from 'vitest';
import { previousGroupOf } from '#domain/command/deciders/transfer.ts';
import { outcome, person, staffedDesk } from '#domain/command/memory-desk.suite.ts';

const inNet = (desk = staffedDesk()) => ({
  desk,
  incidentId: desk.opened({ assignmentGroupId: 'net', assignedToId: 'ann' }),
});

describe('assign', () => {
  it('changes the owner, to nobody too', () => {
    const { desk, incidentId } = inNet();
    expect(outcome(desk.send('incident.assign', { incidentId, assignedToId: 'tom' }))).toBe('accepted');
    expect(desk.at(incidentId).assignedToId).toBe('tom');
    desk.send('incident.assign', { incidentId, assignedToId: null });
    expect(desk.at(incidentId)).toMatchObject({
      assignedToId: null,
      assignmentGroupId: 'net',
      waitingForPickUpSince: null,
    });
  });

  it('lets somebody outside the group take it', () => {
    const { desk, incidentId } = inNet();
    expect(outcome(desk.send('incident.assign', { incidentId, assignedToId: 'ben' }, { actor: 'ben' }))).toBe(
      'accepted',
    );
  });

  it('refuses who is unknown, no longer here, or no member of the desk', () => {
    const { desk, incidentId } = inNet();
    desk.has('person', person('old', { active: false }));
    const to = (assignedToId: string) => outcome(desk.send('incident.assign', { incidentId, assignedToId }));
    expect([to('nobody'), to('old'), to('cal'), to('ann')]).toEqual([
      'notFound',
      'notFound',
      'argumentsInvalid',
      'nothingChanged',
    ]);
  });

  it('leaves what is resolved with an owner', () => {
    const { desk, incidentId } = inNet();
    desk.send('incident.resolve', { incidentId, resolutionCode: 'knownError', resolutionNotes: 'x' });
    expect(outcome(desk.send('incident.assign', { incidentId, assignedToId: null }))).toBe('needsOwner');
    expect(outcome(desk.send('incident.assign', { incidentId, assignedToId: 'ben' }))).toBe('accepted');
  });

  it('starts the wait for pick-up when an owner lets go of begun work', () => {
    const { desk, incidentId } = inNet();
    desk.send('incident.start', { incidentId });
    desk.send('incident.assign', { incidentId, assignedToId: null }, { at: desk.now + 7 });
    expect(desk.at(incidentId).waitingForPickUpSince).toBe(desk.now + 7);
    desk.send('incident.assign', { incidentId, assignedToId: 'tom' });
    expect(desk.at(incidentId).waitingForPickUpSince).toBeNull();
  });
});

describe('transfer', () => {
  it('needs a group that exists', () => {
    const { desk, incidentId } = inNet();
    expect(outcome(desk.send('incident.transfer', { incidentId, note: '' }))).toBe('needsGroup');
    expect(outcome(desk.send('incident.transfer', { incidentId, note: '', assignmentGroupId: 'gone' }))).toBe(
      'notFound',
    );
  });

  it('needs no note before work began, and one after', () => {
    const { desk, incidentId } = inNet();
    const to = (assignmentGroupId: string, note: string) =>
      outcome(desk.send('incident.transfer', { incidentId, assignmentGroupId, note }));
    expect(to('mail', '')).toBe('accepted');
    desk.send('incident.start', { incidentId });
    expect(to('net', ' ')).toBe('needsHandOverNote');
    expect(to('net', 'Cable, not mail')).toBe('accepted');
  });

  it('keeps the state, counts the change of group, and keeps an owner who is in the new group', () => {
    const desk = staffedDesk();
    const incidentId = desk.opened({ assignmentGroupId: 'net', assignedToId: 'sue' });
    desk.send('incident.start', { incidentId });
    desk.send('incident.transfer', { incidentId, assignmentGroupId: 'mail', note: 'x' });
    expect(desk.at(incidentId)).toMatchObject({
      state: 'inProgress',
      assignmentGroupId: 'mail',
      assignedToId: 'sue',
      waitingForPickUpSince: null,
      counts: { reassignments: 1 },
    });
  });

  it('leaves it unowned and waiting for pick-up when the owner is not in the new group', () => {
    const { desk, incidentId } = inNet();
    desk.send('incident.start', { incidentId });
    desk.send('incident.transfer', { incidentId, assignmentGroupId: 'mail', note: 'x' }, { at: desk.now + 9 });
    expect(desk.at(incidentId)).toMatchObject({ assignedToId: null, waitingForPickUpSince: desk.now + 9 });
  });

  it('keeps the owner who is named, in the new group or not', () => {
    const { desk, incidentId } = inNet();
    desk.send('incident.transfer', { incidentId, assignmentGroupId: 'mail', assignedToId: 'ann', note: '' });
    expect(desk.at(incidentId)).toMatchObject({ assignmentGroupId: 'mail', assignedToId: 'ann' });
  });

  it('takes a person of the new group, and refuses one of another', () => {
    const { desk, incidentId } = inNet();
    const to = (assignedToId: string) =>
      outcome(desk.send('incident.transfer', { incidentId, assignmentGroupId: 'mail', assignedToId, note: '' }));
    expect(to('tom')).toBe('ownerNotInGroup');
    expect(to('ben')).toBe('accepted');
    expect(desk.at(incidentId).assignedToId).toBe('ben');
  });

  it('does not hold missing teams against a person whose source tells none', () => {
    const { desk, incidentId } = inNet();
    desk.has('person', person('imported', { source: 'uci' }));
    const sent = desk.send('incident.transfer', {
      incidentId,
      assignmentGroupId: 'mail',
      assignedToId: 'imported',
      note: '',
    });
    expect(outcome(sent)).toBe('accepted');
  });

  it('refuses to change nothing', () => {
    const { desk, incidentId } = inNet();
    expect(outcome(desk.send('incident.transfer', { incidentId, assignmentGroupId: 'net', note: 'x' }))).toBe(
      'nothingChanged',
    );
  });
});

describe('send back', () => {
  it('returns to the group it came from, with a reason', () => {
    const { desk, incidentId } = inNet();
    desk.send('incident.transfer', { incidentId, assignmentGroupId: 'mail', note: '' });
    const back = (note: string) =>
      outcome(desk.send('incident.transfer', { incidentId, assignmentGroupId: 'net', note, sendBack: true }));
    expect(previousGroupOf(desk.timeline(incidentId), desk.at(incidentId))).toBe('net');
    expect(back('')).toBe('needsHandOverNote');
    expect(back('Not ours')).toBe('accepted');
    expect(desk.at(incidentId).assignmentGroupId).toBe('net');
  });

  it('is refused when nobody handed it over, or to another group than theirs', () => {
    const { desk, incidentId } = inNet();
    const back = { incidentId, assignmentGroupId: 'mail', note: 'x', sendBack: true };
    expect(outcome(desk.send('incident.transfer', back))).toBe('cannotSendBack');
  });
});

describe('assignments that did not know of each other', () => {
  const shared = () => {
    const desk = staffedDesk();
    desk.context = { zone: 'UTC', alone: false };
    const incidentId = desk.opened({ assignmentGroupId: 'net' });
    const assign = (actor: string, assignedToId: string | null, from: string | null) =>
      outcome(desk.send('incident.assign', { incidentId, assignedToId, from }, { actor }));
    return { desk, incidentId, assign };
  };

  it('SPEC 12.5: the later one stands, and says whose it replaced', () => {
    const { desk, incidentId, assign } = shared();
    assign('ann', 'ann', null);
    assign('ben', 'tom', null);
    expect(desk.at(incidentId).assignedToId).toBe('tom');
    expect(desk.log.at(-1)?.payload).toEqual({ from: 'ann', to: 'tom', replaces: { by: 'ann', at: desk.now } });
    const from = { assignmentGroupId: 'net', assignedToId: null };
    desk.send('incident.transfer', { incidentId, assignmentGroupId: 'mail', note: 'x', from }, { actor: 'sue' });
    expect(desk.log.at(-1)?.payload).toMatchObject({
      group: { from: 'net', to: 'mail' },
      replaces: { by: 'ben', at: desk.now },
    });
  });

  it('say nothing where the sender saw it, replaces their own, or works alone', () => {
    const { desk, incidentId, assign } = shared();
    assign('ann', 'ann', null);
    assign('ben', 'tom', 'ann');
    assign('ben', 'ben', null);
    desk.send('incident.assign', { incidentId, assignedToId: 'sue' }, { actor: 'tom' });
    desk.context = { zone: 'UTC', alone: true };
    assign('ann', 'tom', null);
    expect(desk.log.some(({ payload }) => Object.hasOwn(payload as object, 'replaces'))).toBe(false);
    expect(desk.at(incidentId).assignedToId).toBe('tom');
  });
});
