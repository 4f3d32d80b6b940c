import { describe, expect, it } from 'vitest';
import { outcome, staffedDesk } from '#domain/command/memory-desk.suite.ts';

const notes = { resolutionNotes: 'Same as the other' };

describe('resolve', () => {
  it('needs a code and notes', () => {
    const desk = staffedDesk();
    const incidentId = desk.opened();
    const resolving = (args: object) => outcome(desk.send('incident.resolve', { incidentId, ...args }));
    expect(resolving({ ...notes })).toBe('needsResolutionCode');
    expect(resolving({ ...notes, resolutionCode: '' })).toBe('needsResolutionCode');
    expect(resolving({ ...notes, resolutionCode: 'magic' })).toBe('argumentsInvalid');
    expect(resolving({ resolutionCode: 'solutionProvided', resolutionNotes: ' \n' })).toBe('needsResolutionNotes');
    expect(resolving({ resolutionCode: 'solutionProvided' })).toBe('needsResolutionNotes');
    expect(resolving({ ...notes, resolutionCode: 'solutionProvided' })).toBe('accepted');
  });

  it('gives an unowned incident to the resolver and leaves an owner in place', () => {
    const desk = staffedDesk();
    const [unowned, owned] = [desk.opened(), desk.opened({ assignedToId: 'ben' })];
    for (const incidentId of [unowned, owned]) {
      desk.send('incident.resolve', { incidentId, ...notes, resolutionCode: 'workaroundProvided' });
    }
    expect([desk.at(unowned).assignedToId, desk.at(owned).assignedToId]).toEqual(['ann', 'ben']);
    expect(desk.at(owned).resolution?.by).toBe('ann');
  });

  it('ends a hold', () => {
    const desk = staffedDesk();
    const incidentId = desk.opened();
    desk.send('incident.hold', { incidentId, reason: 'awaitingParts' });
    desk.send('incident.resolve', { incidentId, ...notes, resolutionCode: 'solutionProvided' });
    expect(desk.at(incidentId)).toMatchObject({ state: 'resolved', hold: null });
  });

  it('keeps the first time it was resolved', () => {
    const desk = staffedDesk();
    const incidentId = desk.opened();
    const resolving = (at: number) =>
      desk.send('incident.resolve', { incidentId, ...notes, resolutionCode: 'solutionProvided' }, { at });
    resolving(desk.now + 1);
    desk.send('incident.reopen', { incidentId, reason: 'x' }, { at: desk.now + 2 });
    resolving(desk.now + 3);
    expect(desk.at(incidentId)).toMatchObject({ firstResolvedAt: desk.now + 1, resolution: { at: desk.now + 3 } });
  });
});

describe('resolve as duplicate', () => {
  const pair = () => {
    const desk = staffedDesk();
    const original = desk.opened({ callerId: 'cal' });
    const copy = desk.opened({ callerId: 'cat' });
    const resolving = (incidentId: string, duplicateOfId?: string) =>
      desk.send('incident.resolve', {
        incidentId,
        ...notes,
        resolutionCode: 'duplicate',
        ...(duplicateOfId ? { duplicateOfId } : {}),
      });
    return { desk, original, copy, resolving };
  };

  it('needs an original that exists and is another', () => {
    const { copy, resolving } = pair();
    expect(outcome(resolving(copy))).toBe('needsDuplicateOf');
    expect(outcome(resolving(copy, copy))).toBe('duplicateOfItself');
    expect(outcome(resolving(copy, 'nowhere'))).toBe('notFound');
  });

  it('links the original and makes its caller a watcher there', () => {
    const { desk, original, copy, resolving } = pair();
    expect(outcome(resolving(copy, original))).toBe('accepted');
    expect(desk.at(copy)).toMatchObject({ state: 'resolved', duplicateOfId: original });
    expect(desk.at(original)).toMatchObject({ state: 'new', watcherIds: ['cat'] });
  });

  it('adds no watcher twice, and never the caller of the original', () => {
    const { desk, original, copy, resolving } = pair();
    resolving(copy, original);
    resolving(desk.opened({ callerId: 'cat' }), original);
    resolving(desk.opened({ callerId: 'cal' }), original);
    expect(desk.at(original).watcherIds).toEqual(['cat']);
  });

  it('refuses two incidents that are duplicates of each other', () => {
    const { original, copy, resolving } = pair();
    resolving(copy, original);
    expect(outcome(resolving(original, copy))).toBe('duplicateOfItself');
  });

  it('drops a link that another code has no use for', () => {
    const { desk, original, copy } = pair();
    desk.send('incident.resolve', {
      incidentId: copy,
      ...notes,
      resolutionCode: 'knownError',
      duplicateOfId: original,
    });
    expect(desk.at(copy).duplicateOfId).toBeNull();
    expect(desk.at(original).watcherIds).toEqual([]);
  });
});
