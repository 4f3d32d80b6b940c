import { describe, expect, it } from 'vitest';
import { outcome, staffedDesk } from '#domain/command/memory-desk.suite.ts';

const open = (desk = staffedDesk()) => {
  const incidentId = desk.opened({ assumed: true });
  const updating = (changes: object, how = {}) => desk.send('incident.update', { incidentId, changes }, how);
  return { desk, incidentId, updating };
};

describe('update', () => {
  it('changes fields from what was seen to what was typed', () => {
    const { desk, incidentId, updating } = open();
    const changes = {
      shortDescription: { from: 'Printer is on fire', to: '  Printer smokes ' },
      tags: { from: [], to: ['fire'] },
    };
    expect(outcome(updating(changes))).toBe('accepted');
    expect(desk.at(incidentId)).toMatchObject({ shortDescription: 'Printer smokes', tags: ['fire'] });
  });

  it('refuses what somebody else changed meanwhile', () => {
    const { updating } = open();
    updating({ description: { from: '', to: 'one' } });
    expect(updating({ description: { from: '', to: 'two' } })).toEqual({
      ok: false,
      error: { code: 'fieldChangedMeanwhile', details: { field: 'description' } },
    });
  });

  it('refuses to change nothing, also when somebody else typed the same', () => {
    const { updating } = open();
    updating({ description: { from: '', to: 'one' } });
    expect(outcome(updating({ description: { from: '', to: 'one' } }))).toBe('nothingChanged');
    expect(outcome(updating({}))).toBe('nothingChanged');
  });

  it('refuses fields it does not know, states and blank short descriptions', () => {
    const { updating } = open();
    expect(outcome(updating({ state: { from: 'new', to: 'closed' } }))).toBe('argumentsInvalid');
    expect(outcome(updating({ shortDescription: { from: 'Printer is on fire', to: ' ' } }))).toBe(
      'needsShortDescription',
    );
    expect(outcome(updating({ impact: { from: 3, to: 4 } }))).toBe('argumentsInvalid');
    expect(outcome(updating({ tags: { from: [], to: ['x'.repeat(101)] } }))).toBe('textTooLong');
  });

  it('takes a text that a source made longer than a person may', () => {
    const desk = staffedDesk();
    const { incidentId, updating } = open(desk);
    const long = 'y'.repeat(300);
    desk.take([
      {
        ...(desk.log[0] as (typeof desk.log)[0]),
        id: 'x',
        type: 'incident.observed',
        origin: 'observed',
        cause: null,
        payload: { source: 's', rowVersion: null, changes: { shortDescription: { from: '', to: long } } },
      },
    ]);
    expect(outcome(updating({ shortDescription: { from: long, to: 'short' } }))).toBe('accepted');
    expect(desk.at(incidentId).shortDescription).toBe('short');
  });

  it('ends "assumed" when impact or urgency is set, and derives the priority anew', () => {
    const { desk, incidentId, updating } = open();
    updating({ impact: { from: 3, to: 1 } });
    expect(desk.at(incidentId)).toMatchObject({ assumed: false, priority: 2, matrixPriority: 2 });
  });

  it('refuses a link to what is not there, or to itself', () => {
    const { incidentId, desk, updating } = open();
    expect(outcome(updating({ callerId: { from: null, to: 'nobody' } }))).toBe('notFound');
    expect(outcome(updating({ watcherIds: { from: [], to: ['nobody'] } }))).toBe('notFound');
    expect(outcome(updating({ parentId: { from: null, to: 'nowhere' } }))).toBe('notFound');
    expect(outcome(updating({ parentId: { from: null, to: incidentId } }))).toBe('argumentsInvalid');
    const child = desk.opened({ parentId: incidentId });
    expect(outcome(updating({ parentId: { from: null, to: child } }))).toBe('argumentsInvalid');
  });
});

describe('prioritise', () => {
  const prioritised = () => {
    const { desk, incidentId } = open();
    const to = (value: number | null, why = 'VIP demo') =>
      outcome(desk.send('incident.prioritise', { incidentId, value, why, mode: 'corrected' }));
    return { desk, incidentId, to };
  };

  it('overrides the matrix with a reason, and withdraws it', () => {
    const { desk, incidentId, to } = prioritised();
    expect(to(2, ' ')).toBe('needsReason');
    expect(to(2)).toBe('accepted');
    expect(desk.at(incidentId)).toMatchObject({
      priority: 2,
      matrixPriority: 4,
      override: { value: 2, reason: 'VIP demo', by: 'ann', at: desk.now },
    });
    expect(to(2)).toBe('nothingChanged');
    expect(to(null, '')).toBe('accepted');
    expect(desk.at(incidentId)).toMatchObject({ priority: 4, override: null });
    expect(to(null)).toBe('nothingChanged');
  });

  it('takes the value of the matrix for no override', () => {
    const { desk, incidentId, to } = prioritised();
    expect(to(4)).toBe('nothingChanged');
    to(1);
    expect(to(4)).toBe('accepted');
    expect(desk.at(incidentId).override).toBeNull();
  });

  it('stays when impact or urgency change', () => {
    const { desk, incidentId, to } = prioritised();
    to(1);
    desk.send('incident.update', { incidentId, changes: { impact: { from: 3, to: 2 } } });
    expect(desk.at(incidentId)).toMatchObject({ priority: 1, matrixPriority: 3 });
  });
});

describe('entries', () => {
  it('counts notes and replies, and knows when the caller was last answered', () => {
    const { desk, incidentId } = open();
    desk.send('incident.note', { incidentId, entryId: 'n', body: 'x' });
    desk.send('incident.reply', { incidentId, entryId: 'r', body: 'x', releaseAt: 0 }, { at: desk.now + 5 });
    expect(desk.at(incidentId)).toMatchObject({ counts: { notes: 1, replies: 1 }, lastReplyAt: desk.now + 5 });
    expect(desk.log.map(({ visibility }) => visibility)).toEqual(['internal', 'internal', 'public']);
  });

  it('waits 15 seconds with a reply at least', () => {
    const { desk, incidentId } = open();
    const replying = (entryId: string, releaseAt: number) =>
      desk.send('incident.reply', { incidentId, entryId, body: 'x', releaseAt });
    replying('a', 0);
    expect(desk.log.at(-1)?.payload).toMatchObject({ releaseAt: desk.now + 15_000 });
    replying('b', desk.now + 60_000);
    expect(desk.log.at(-1)?.payload).toMatchObject({ releaseAt: desk.now + 60_000 });
    expect(outcome(replying('c', Number.MAX_SAFE_INTEGER))).toBe('argumentsInvalid');
  });

  it('refuses an empty body and an entry that exists', () => {
    const { desk, incidentId } = open();
    const noting = (entryId: string, body: string) =>
      outcome(desk.send('incident.note', { incidentId, entryId, body }));
    expect([noting('n', ' '), noting('n', 'x'), noting('n', 'x')]).toEqual([
      'argumentsInvalid',
      'accepted',
      'alreadyExists',
    ]);
    expect(noting('m', 'x'.repeat(100_001))).toBe('textTooLong');
  });
});
