import { describe, expect, it } from 'vitest';
import type { CommandArgs, CommandName } from '#domain/command/command.ts';
import { category, HOUR, outcome, staffedDesk } from '#domain/command/memory-desk.suite.ts';
import { undoOffer } from '#domain/command/undo-offer.ts';

function desk() {
  const one = staffedDesk().has('category', category('hardware', { assignmentGroupId: 'net' }));
  const incidentId = one.opened({ assumed: true }, { actor: 'sue' });
  const doing = <N extends CommandName>(name: N, args: Omit<CommandArgs[N], 'incidentId'>, actor = 'ann') => {
    const sent = one.send(name, { incidentId, ...args } as Record<string, unknown>, { actor });
    return sent.ok ? sent.value.commandId : JSON.stringify(sent.error);
  };
  const undoing = (commandId: string, how = {}) => one.send('command.undo', { commandId }, how);
  const offer = (actor = 'ann', now = one.now) => undoOffer(one.timeline(incidentId), actor, now);
  return { one, incidentId, doing, undoing, offer, now: () => one.at(incidentId) };
}

const changed = (to: string, from = '') => ({ changes: { description: { from, to } } });

describe('undo', () => {
  it('gives a field back its former value', () => {
    const { doing, undoing, now } = desk();
    const id = doing('incident.update', changed('typo'));
    expect(outcome(undoing(id))).toBe('accepted');
    expect(now().description).toBe('');
  });

  it('gives "assumed" back with impact and urgency', () => {
    const { doing, undoing, now } = desk();
    const id = doing('incident.update', { changes: { impact: { from: 3, to: 1 } } });
    expect(now()).toMatchObject({ assumed: false, priority: 2 });
    undoing(id);
    expect(now()).toMatchObject({ assumed: true, impact: 3, priority: 4 });
  });

  it('gives back owner, group and hand-over, and does not count the detour', () => {
    const { doing, undoing, now, one, incidentId } = desk();
    one.send('incident.transfer', { incidentId, assignmentGroupId: 'net', assignedToId: 'tom', note: '' });
    const id = doing('incident.transfer', { assignmentGroupId: 'mail', note: '' });
    expect(now()).toMatchObject({ assignmentGroupId: 'mail', assignedToId: null, counts: { reassignments: 1 } });
    undoing(id);
    expect(now()).toMatchObject({ assignmentGroupId: 'net', assignedToId: 'tom', counts: { reassignments: 0 } });
  });

  it('takes back an automatic assignment with the classification that caused it', () => {
    const { doing, undoing, now } = desk();
    const id = doing('incident.update', { changes: { categoryId: { from: null, to: 'hardware' } } });
    expect(now().assignmentGroupId).toBe('net');
    undoing(id);
    expect(now()).toMatchObject({ categoryId: null, assignmentGroupId: null });
  });

  it('ends a hold, and puts a former hold back', () => {
    const { doing, undoing, now } = desk();
    const first = doing('incident.hold', { reason: 'awaitingParts' });
    const before = now().hold;
    const second = doing('incident.hold', { reason: 'awaitingEvidence' });
    undoing(second);
    expect(now().hold).toEqual(before);
    expect(outcome(undoing(first))).toBe('accepted');
    expect(now()).toMatchObject({ state: 'new', hold: null });
  });

  it('puts a hold back after a resume, unless its time has passed', () => {
    const { doing, undoing, now, one } = desk();
    doing('incident.hold', { reason: 'awaitingParts', until: one.now + HOUR });
    const before = now().hold;
    const id = doing('incident.resume', {});
    expect(outcome(undoing(id, { at: one.now + HOUR }))).toBe('undoSuperseded');
    undoing(id);
    expect(now()).toMatchObject({ state: 'onHold', hold: before });
  });

  it('gives an override back as it was', () => {
    const { doing, undoing, now } = desk();
    doing('incident.prioritise', { value: 2, why: 'one', mode: 'corrected' });
    const before = now().override;
    const id = doing('incident.prioritise', { value: 1, why: 'two', mode: 'situationChanged' });
    undoing(id);
    expect(now()).toMatchObject({ override: before, priority: 2, assumed: true });
  });

  it('withdraws a reply within its 15 seconds, and not after', () => {
    const { doing, undoing, now, one, offer } = desk();
    const id = doing('incident.reply', { entryId: 'r', body: 'Hello', releaseAt: one.now });
    expect(offer()).toMatchObject({ commandId: id, what: 'incident.reply', until: one.now + 15_000 });
    expect(outcome(undoing(id, { at: one.now + 15_000 }))).toBe('undoReplySent');
    expect(offer('ann', one.now + 15_000)).toBeNull();
    expect(outcome(undoing(id, { at: one.now + 14_999 }))).toBe('accepted');
    expect(now()).toMatchObject({ lastReplyAt: null, counts: { replies: 0 } });
  });

  it('remembers an earlier call when it withdraws a reply', () => {
    const { doing, undoing, now, one, incidentId } = desk();
    one.send('incident.logCall', { incidentId, entryId: 'c', body: 'x' }, { at: one.now - 5 });
    undoing(doing('incident.reply', { entryId: 'r', body: 'Hello', releaseAt: one.now }));
    expect(now().lastReplyAt).toBe(one.now - 5);
  });

  it('takes back a hold together with its reply, or neither', () => {
    const { doing, undoing, now, one } = desk();
    const id = doing('incident.hold', { reason: 'awaitingCaller', reply: { entryId: 'r', body: 'Where?' } });
    expect(outcome(undoing(id, { at: one.now + 20_000 }))).toBe('undoReplySent');
    undoing(id, { at: one.now + 1 });
    expect(now()).toMatchObject({ state: 'new', hold: null, lastReplyAt: null, counts: { replies: 0 } });
  });

  it('leaves an owner on what was resolved since the assignment', () => {
    const { doing, undoing, offer } = desk();
    const id = doing('incident.assign', { assignedToId: 'ann' });
    doing('incident.resolve', { resolutionCode: 'knownError', resolutionNotes: 'x' }, 'sue');
    expect(outcome(undoing(id))).toBe('undoSuperseded');
    expect(offer()).toBeNull();
  });

  it('is refused once somebody else changed the field, and leaves it as it is', () => {
    const { doing, undoing, now } = desk();
    const id = doing('incident.update', changed('mine'));
    doing('incident.update', changed('theirs', 'mine'), 'sue');
    const sent = undoing(id);
    expect(sent).toMatchObject({
      error: { code: 'undoSuperseded', details: { fields: 'description', proper: 'incident.update' } },
    });
    expect(now().description).toBe('theirs');
  });

  it('is refused even when somebody else put the same value back', () => {
    const { doing, undoing } = desk();
    const id = doing('incident.update', changed('mine'));
    doing('incident.update', changed('theirs', 'mine'), 'sue');
    doing('incident.update', changed('mine', 'theirs'), 'sue');
    expect(outcome(undoing(id))).toBe('undoSuperseded');
  });

  it('gives back the fields that still hold and names the others', () => {
    const { doing, undoing, now } = desk();
    const id = doing('incident.update', {
      changes: { description: { from: '', to: 'mine' }, tags: { from: [], to: ['a'] } },
    });
    doing('incident.update', changed('theirs', 'mine'), 'sue');
    expect(undoing(id)).toMatchObject({ ok: true, value: { superseded: ['description'] } });
    expect(now()).toMatchObject({ description: 'theirs', tags: [] });
  });

  it('goes back step by step through one person’s own changes', () => {
    const { doing, undoing, now, offer } = desk();
    const first = doing('incident.update', changed('a'));
    const second = doing('incident.update', changed('b', 'a'));
    expect(outcome(undoing(first))).toBe('undoSuperseded');
    expect(offer()?.commandId).toBe(second);
    undoing(second);
    expect(offer()?.commandId).toBe(first);
    undoing(first);
    expect(now().description).toBe('');
    expect(offer()).toBeNull();
  });

  it('happens once', () => {
    const { doing, undoing } = desk();
    const id = doing('incident.update', changed('a'));
    undoing(id);
    expect(outcome(undoing(id))).toBe('nothingToUndo');
  });

  it('takes back nobody else’s change, and nothing unknown', () => {
    const { doing, undoing, offer } = desk();
    const id = doing('incident.update', changed('a'), 'sue');
    expect(outcome(undoing(id))).toBe('nothingToUndo');
    expect(outcome(undoing('never'))).toBe('nothingToUndo');
    expect(offer()).toBeNull();
  });

  it('names the proper command where a trace must stay', () => {
    const { doing, undoing, offer } = desk();
    const proper: [string, string][] = [];
    const trying = (id: string) => {
      const sent = undoing(id);
      proper.push([outcome(sent), String(sent.ok ? '' : sent.error.details?.proper)]);
      expect(offer()).toBeNull();
    };
    trying(doing('incident.start', {}));
    trying(doing('incident.resolve', { resolutionCode: 'knownError', resolutionNotes: 'x' }));
    trying(doing('incident.reopen', { reason: 'x' }));
    trying(doing('incident.cancel', { reason: 'spam' }));
    expect(proper).toEqual([
      ['nothingToUndo', 'incident.hold'],
      ['nothingToUndo', 'incident.reopen'],
      ['nothingToUndo', 'incident.resolve'],
      ['nothingToUndo', 'incident.record'],
    ]);
  });

  it('obeys the rules of the inverse: nothing is undone on a closed incident', () => {
    const { doing, undoing } = desk();
    const id = doing('incident.update', changed('a'));
    doing('incident.resolve', { resolutionCode: 'knownError', resolutionNotes: 'x' });
    doing('incident.close', {});
    expect(outcome(undoing(id))).toBe('closedIsFinal');
  });

  it('is not offered for an older change while the latest cannot be undone, but looks past notes', () => {
    const { doing, offer } = desk();
    const id = doing('incident.assign', { assignedToId: 'ann' });
    doing('incident.note', { entryId: 'n', body: 'x' });
    expect(offer()).toEqual({ commandId: id, what: 'incident.assign', subject: 'assignedToId', until: null });
    doing('incident.start', {});
    expect(offer()).toBeNull();
  });
});
