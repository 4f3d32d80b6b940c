import { describe, expect, it } from 'vitest';
import { legalCommands } from '#domain/command/legal-commands.ts';
import { type MemoryDesk, outcome, staffedDesk } from '#domain/command/memory-desk.suite.ts';
import type { IncidentCommandName } from '#domain/command/rules.ts';
import { INCIDENT_STATES, type IncidentState } from '#domain/incident/incident.ts';

const solution = { resolutionCode: 'solutionProvided', resolutionNotes: 'Replaced the fuse' } as const;

/** Leads a fresh incident to a state by the shortest way. */
function incidentIn(state: IncidentState, desk: MemoryDesk): string {
  const incidentId = desk.opened();
  if (state === 'inProgress') desk.send('incident.start', { incidentId });
  if (state === 'onHold') desk.send('incident.hold', { incidentId, reason: 'awaitingParts' });
  if (state === 'canceled') desk.send('incident.cancel', { incidentId, reason: 'spam' });
  if (state === 'resolved' || state === 'closed') desk.send('incident.resolve', { incidentId, ...solution });
  if (state === 'closed') desk.send('incident.close', { incidentId });
  expect(desk.at(incidentId).state).toBe(state);
  return incidentId;
}

/** domain.md "States", row by row: where each command leads from each state; absent means refused. */
const TABLE: Record<string, { args: object; leads: Partial<Record<IncidentState, IncidentState>> }> = {
  'incident.start': { args: {}, leads: { new: 'inProgress' } },
  'incident.hold': {
    args: { reason: 'awaitingChange' },
    leads: { new: 'onHold', inProgress: 'onHold', onHold: 'onHold' },
  },
  'incident.resume': { args: {}, leads: { onHold: 'new' } },
  'incident.resolve': { args: solution, leads: { new: 'resolved', inProgress: 'resolved', onHold: 'resolved' } },
  'incident.reopen': { args: { reason: 'Still broken' }, leads: { resolved: 'inProgress' } },
  'incident.close': { args: {}, leads: { resolved: 'closed' } },
  'incident.cancel': {
    args: { reason: 'withdrawn' },
    leads: { new: 'canceled', inProgress: 'canceled', onHold: 'canceled' },
  },
};

describe('the state table', () => {
  for (const [name, { args, leads }] of Object.entries(TABLE)) {
    for (const from of INCIDENT_STATES) {
      const to = leads[from];
      it(`${name} from ${from} ${to === undefined ? 'is refused' : `leads to ${to}`}`, () => {
        const desk = staffedDesk();
        const incidentId = incidentIn(from, desk);
        const sent = desk.send(name as IncidentCommandName, { incidentId, ...args });
        const refusal = from === 'closed' ? 'closedIsFinal' : 'wrongState';
        expect(outcome(sent)).toBe(to === undefined ? refusal : 'accepted');
        expect(desk.at(incidentId).state).toBe(to ?? from);
      });
    }
  }

  it('resumes to In Progress what was held in progress, also after a change of hold', () => {
    const desk = staffedDesk();
    const incidentId = incidentIn('inProgress', desk);
    desk.send('incident.hold', { incidentId, reason: 'awaitingParts' });
    desk.send('incident.hold', { incidentId, reason: 'awaitingEvidence' });
    desk.send('incident.resume', { incidentId });
    expect(desk.at(incidentId).state).toBe('inProgress');
    expect(desk.at(incidentId).hold).toBeNull();
  });

  it('names the state and the command in a refusal', () => {
    const desk = staffedDesk();
    const incidentId = incidentIn('resolved', desk);
    const sent = desk.send('incident.start', { incidentId });
    expect(sent).toEqual({
      ok: false,
      error: { code: 'wrongState', details: { state: 'resolved', command: 'incident.start' } },
    });
  });

  it('shows exactly the buttons the table allows', () => {
    const buttons: Record<IncidentState, string[]> = {
      new: ['start', 'hold', 'resolve', 'cancel', 'update', 'assign', 'transfer', 'prioritise', 'reply'],
      inProgress: ['hold', 'resolve', 'cancel', 'update', 'assign', 'transfer', 'prioritise', 'reply'],
      onHold: ['hold', 'resume', 'resolve', 'cancel', 'update', 'assign', 'transfer', 'prioritise', 'reply'],
      resolved: ['reopen', 'close', 'update', 'assign', 'prioritise', 'reply'],
      closed: [],
      canceled: [],
    };
    const desk = staffedDesk();
    const ann = desk.record('person', 'ann');
    for (const state of INCIDENT_STATES) {
      const incident = desk.at(incidentIn(state, desk));
      const legal = ann === null ? [] : legalCommands(incident, ann).filter(({ allowed }) => allowed);
      expect(legal.map(({ name }) => name.slice('incident.'.length))).toEqual([
        ...buttons[state],
        'note',
        'logCall',
        'attach',
        'detach',
      ]);
    }
  });

  it('tells a button that is absent from one that the role may not use', () => {
    const desk = staffedDesk();
    const incident = desk.at(incidentIn('new', desk));
    const vic = desk.record('person', 'vic');
    const codes = new Map((vic === null ? [] : legalCommands(incident, vic)).map(({ name, code }) => [name, code]));
    expect(codes.get('incident.start')).toBe('notAllowedForRole');
    expect(codes.get('incident.resume')).toBe('wrongState');
  });
});

describe('closed is final', () => {
  it('refuses changes of fields, owner, group and priority, and a reply', () => {
    const desk = staffedDesk();
    const incidentId = incidentIn('closed', desk);
    const changes = { shortDescription: { from: 'Printer is on fire', to: 'Other' } };
    const refused = [
      desk.send('incident.update', { incidentId, changes }),
      desk.send('incident.assign', { incidentId, assignedToId: 'ben' }),
      desk.send('incident.transfer', { incidentId, assignmentGroupId: 'mail', note: 'x' }),
      desk.send('incident.prioritise', { incidentId, value: 1, why: 'x', mode: 'corrected' }),
      desk.send('incident.reply', { incidentId, entryId: 'r', body: 'x', releaseAt: desk.now }),
    ];
    expect(refused.map(outcome)).toEqual(Array(5).fill('closedIsFinal'));
  });

  it('still takes notes and calls', () => {
    const desk = staffedDesk();
    const incidentId = incidentIn('closed', desk);
    expect(outcome(desk.send('incident.note', { incidentId, entryId: 'n', body: 'Spare part came' }))).toBe('accepted');
    expect(outcome(desk.send('incident.logCall', { incidentId, entryId: 'c', body: 'Thanked us' }))).toBe('accepted');
    expect(desk.at(incidentId).state).toBe('closed');
    expect(desk.at(incidentId).counts.notes).toBe(1);
  });

  it('still takes a link, but gives none up', () => {
    const desk = staffedDesk();
    const incidentId = incidentIn('closed', desk);
    const updating = (changes: object) => outcome(desk.send('incident.update', { incidentId, changes }));
    const problemRef = { from: null, to: 'PRB1' };
    expect(updating({ problemRef, tags: { from: [], to: ['x'] } })).toBe('closedIsFinal');
    expect(updating({ problemRef, watcherIds: { from: [], to: ['cal'] } })).toBe('accepted');
    expect(updating({ problemRef: { from: 'PRB1', to: null } })).toBe('closedIsFinal');
    expect(updating({ watcherIds: { from: ['cal'], to: [] } })).toBe('closedIsFinal');
  });

  it('keeps who closed it, when, and how the caller confirmed', () => {
    const desk = staffedDesk();
    const incidentId = incidentIn('resolved', desk);
    const sent = desk.send('incident.close', { incidentId, confirmation: 'By phone' }, { at: desk.now + 5000 });
    expect(desk.at(incidentId)).toMatchObject({ closedById: 'ann', closedAt: desk.now + 5000 });
    expect(sent.ok && sent.value.activities[0]?.payload).toEqual({ confirmation: 'By phone' });
  });
});

describe('start', () => {
  it('makes the actor the owner of an unassigned incident', () => {
    const desk = staffedDesk();
    const incidentId = desk.opened();
    desk.send('incident.start', { incidentId });
    expect(desk.at(incidentId)).toMatchObject({ assignedToId: 'ann', startedAt: desk.now });
  });

  it('leaves an owner in place', () => {
    const desk = staffedDesk();
    const incidentId = desk.opened({ assignedToId: 'ben' });
    desk.send('incident.start', { incidentId });
    expect(desk.at(incidentId).assignedToId).toBe('ben');
  });

  it('needs an owner when the desk itself acts', () => {
    const desk = staffedDesk();
    const incidentId = desk.opened();
    expect(outcome(desk.send('incident.start', { incidentId }, { actor: 'deskbell' }))).toBe('needsOwner');
  });
});

describe('reopen', () => {
  it('needs a reason', () => {
    const desk = staffedDesk();
    const incidentId = incidentIn('resolved', desk);
    expect(outcome(desk.send('incident.reopen', { incidentId, reason: ' ' }))).toBe('needsReason');
  });

  it('goes to the resolver and is counted', () => {
    const desk = staffedDesk();
    const incidentId = desk.opened({ assignedToId: 'ben' });
    desk.send('incident.resolve', { incidentId, ...solution });
    desk.send('incident.reopen', { incidentId, reason: 'Still broken' }, { actor: 'sue' });
    expect(desk.at(incidentId)).toMatchObject({ assignedToId: 'ann', resolution: null, counts: { reopened: 1 } });
  });

  it('goes to the group when the resolver is no longer here', () => {
    const desk = staffedDesk();
    const incidentId = desk.opened({ assignmentGroupId: 'net' });
    desk.send('incident.resolve', { incidentId, ...solution });
    const ann = desk.record('person', 'ann');
    if (ann !== null) desk.has('person', { ...ann, active: false });
    desk.send('incident.reopen', { incidentId, reason: 'Still broken' }, { actor: 'sue', at: desk.now + 1 });
    expect(desk.at(incidentId)).toMatchObject({ assignedToId: null, waitingForPickUpSince: desk.now + 1 });
  });
});

describe('cancel', () => {
  it('keeps reason, detail and time', () => {
    const desk = staffedDesk();
    const incidentId = desk.opened();
    desk.send('incident.cancel', { incidentId, reason: 'anotherDesk', detail: 'Facilities' });
    expect(desk.at(incidentId).cancellation).toEqual({ reason: 'anotherDesk', detail: 'Facilities', at: desk.now });
  });

  it('needs a reason, and the name of the other desk', () => {
    const desk = staffedDesk();
    const incidentId = desk.opened();
    expect(outcome(desk.send('incident.cancel', { incidentId }))).toBe('needsReason');
    expect(outcome(desk.send('incident.cancel', { incidentId, reason: 'anotherDesk' }))).toBe('needsReason');
    expect(outcome(desk.send('incident.cancel', { incidentId, reason: 'bored' }))).toBe('argumentsInvalid');
  });
});
