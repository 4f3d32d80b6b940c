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

describe('update on a shared log', () => {
  const shared = () => {
    const { desk, incidentId } = open();
    desk.context = { zone: 'UTC', alone: false };
    const by = (actor: string, changes: object, at = desk.now) =>
      desk.send('incident.update', { incidentId, changes }, { actor, at });
    const kept = () => desk.log.flatMap(({ type, payload }) => (type === 'incident.textKept' ? [payload] : []));
    return { desk, by, kept, now: () => desk.at(incidentId) };
  };

  it('SPEC 12.2: lets a list gain and lose what it gained and lost in each form', () => {
    const { by, now } = shared();
    by('ann', { tags: { from: [], to: ['a', 'b'] }, watcherIds: { from: [], to: ['tom'] } });
    by('ben', { tags: { from: ['a', 'b'], to: ['b', 'c'] } });
    expect(outcome(by('tom', { tags: { from: ['a', 'b'], to: ['a', 'b', 'd'] } }))).toBe('accepted');
    expect(outcome(by('tom', { watcherIds: { from: [], to: ['sue'] } }))).toBe('accepted');
    expect(now()).toMatchObject({ tags: ['b', 'c', 'd'], watcherIds: ['tom', 'sue'] });
    expect(outcome(by('sue', { tags: { from: ['a'], to: ['c'] } }))).toBe('nothingChanged');
    expect(outcome(by('sue', { watcherIds: { from: [], to: ['nobody'] } }))).toBe('notFound');
  });

  it('SPEC 12.3: lets of two texts the one written later stand, and keeps the other as an entry', () => {
    const { desk, by, now, kept } = shared();
    const title = (to: string, from = 'Printer is on fire') => ({ shortDescription: { from, to } });
    by('ann', title('Printer smokes'), desk.now + 20);
    expect(outcome(by('ben', title('Printer burns'), desk.now + 10))).toBe('accepted');
    expect(now().shortDescription).toBe('Printer smokes');
    expect(kept()).toEqual([{ field: 'shortDescription', text: 'Printer burns', by: 'ben', at: desk.now + 10 }]);
    by('tom', title('Printer exploded'), desk.now + 30);
    expect(now()).toMatchObject({ shortDescription: 'Printer exploded', updatedAt: desk.now + 30 });
    expect(kept()[1]).toEqual({ field: 'shortDescription', text: 'Printer smokes', by: 'ann', at: desk.now + 20 });
    by('sue', title('Printer is gone'), desk.now + 30);
    expect(now().shortDescription).toBe('Printer is gone');
    expect(
      desk.log.filter(({ type }) => type === 'incident.textKept').every((one) => one.visibility === 'internal'),
    ).toBe(true);
  });

  it('keeps no entry of nothing, but says who emptied a text too early', () => {
    const { desk, by, kept } = shared();
    by('ann', { description: { from: 'x', to: 'one' } }, desk.now + 5);
    expect(kept()).toEqual([]);
    expect(outcome(by('ben', { description: { from: 'x', to: '' } }))).toBe('accepted');
    expect(kept()).toEqual([{ field: 'description', text: '', by: 'ben', at: desk.now }]);
  });

  it('SPEC 12.4: refuses any other field that was changed meanwhile, and then all of the command', () => {
    const { by, now } = shared();
    by('ann', { impact: { from: 3, to: 2 } });
    const mixed = { tags: { from: [], to: ['x'] }, description: { from: '', to: 'x' }, impact: { from: 3, to: 1 } };
    expect(by('ben', mixed)).toMatchObject({
      error: { code: 'fieldChangedMeanwhile', details: { field: 'impact' } },
    });
    expect(now()).toMatchObject({ impact: 2, tags: [], description: '' });
    // What both want is no conflict.
    expect(outcome(by('tom', { impact: { from: 3, to: 2 }, urgency: { from: 2, to: 1 } }))).toBe('accepted');
  });

  it('SPEC 11.1: takes back what still holds, and of a text that does not stand nothing', () => {
    const { desk, by, now } = shared();
    const sent = by('ann', { description: { from: '', to: 'one' }, urgency: { from: 2, to: 1 } });
    by('ben', { description: { from: 'one', to: 'two' } }, desk.now + 5);
    const undone = desk.send('command.undo', { commandId: sent.ok ? sent.value.commandId : '' }, { actor: 'ann' });
    expect(undone).toMatchObject({ ok: true, value: { superseded: ['description'] } });
    expect(now()).toMatchObject({ description: 'two', urgency: 2 });
    const lost = by('ann', { description: { from: '', to: 'three' } });
    expect(now().description).toBe('two');
    const again = desk.send('command.undo', { commandId: lost.ok ? lost.value.commandId : '' }, { actor: 'ann' });
    expect(again).toMatchObject({ error: { code: 'undoSuperseded', details: { fields: 'description' } } });
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
