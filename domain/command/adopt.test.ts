import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Activity } from '#domain/activity/activity.ts';
import { type MemoryDesk, outcome, staffedDesk } from '#domain/command/memory-desk.suite.ts';
import { foldIncident } from '#domain/incident/fold.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { readableActivityArb } from '#domain/incident/made-up-activities.suite.ts';
import { holds } from '#domain/property.suite.ts';

describe('adopting history', () => {
  const told = (id: string, type: string, payload: unknown): Activity => ({
    id,
    subject: { kind: 'incident', id: 'i' },
    type,
    payload,
    actor: 'ben',
    device: 'd',
    seq: null,
    occurredAt: 1,
    recordedAt: 2,
    syncedAt: null,
    visibility: 'internal',
    origin: 'observed',
    cause: null,
  });
  const row = (id: string) => told(id, 'incident.observed', { source: 's', rowVersion: null, changes: {} });
  const adopting = (desk: MemoryDesk, activities: readonly Activity[], actor = 'ann') =>
    outcome(desk.send('history.adopt', { subject: { kind: 'incident', id: 'i' }, source: 's', activities }, { actor }));

  it('takes what is new, as it is, and nothing twice', () => {
    const desk = staffedDesk();
    expect(adopting(desk, [row('a'), row('b'), row('a')])).toBe('accepted');
    expect(adopting(desk, [row('a'), row('b')])).toBe('nothingChanged');
    expect(adopting(desk, [row('a'), row('b'), row('c')])).toBe('accepted');
    const told = desk.log.filter(({ type }) => type === 'incident.observed');
    expect(told.map(({ id, actor, origin }) => [id, actor, origin])).toEqual(
      ['a', 'b', 'c'].map((id) => [id, 'ben', 'observed']),
    );
  });

  it('marks each entry with who handed it over, and by which command', () => {
    const desk = staffedDesk();
    const subject = { kind: 'incident', id: 'i' } as const;
    const activities = [row('a'), { ...row('b'), adoptedBy: 'ben', cause: { commandId: 'before', index: 7 } }];
    desk.send('history.adopt', { subject, source: 's', activities }, { commandId: 'handing over' });
    expect(desk.log.map(({ adoptedBy, cause }) => [adoptedBy, cause])).toEqual(
      [0, 1, 2].map((index) => ['ann', { commandId: 'handing over', index }]),
    );
    expect(outcome(desk.send('command.undo', { commandId: 'handing over' }))).toBe('nothingToUndo');
  });

  const opened = (id: string, number: string) => told(id, 'incident.numbered', { number, formerSource: 's' });
  const numbers = ({ number, aliases }: Incident) => [number, ...aliases.map(({ value }) => value)];

  it('keeps a number that is free, and gives the next one for one that is taken', () => {
    const desk = staffedDesk();
    desk.opened({ incidentId: 'here' });
    expect(adopting(desk, [opened('a', 'INC0000007')])).toBe('accepted');
    expect(numbers(desk.at('i'))).toEqual(['INC0000007']);
    const other = { ...opened('b', 'inc1'), subject: { kind: 'incident', id: 'j' } as const };
    const args = { subject: other.subject, source: 'desk of ben', activities: [other] };
    expect(outcome(desk.send('history.adopt', { ...args, above: 40 }))).toBe('accepted');
    expect(desk.at('j')).toMatchObject({
      number: 'INC0000041',
      aliases: [{ value: 'inc1', source: 'desk of ben' }],
      updatedAt: 2,
    });
    desk.opened({ incidentId: 'next' });
    expect(desk.at('next').number).toBe('INC0000042');
  });

  it('gives a number to what has none, keeps one that it gave, and takes none that leaves no next one', () => {
    const desk = staffedDesk();
    adopting(desk, [row('a')]);
    expect(numbers(desk.at('i'))).toEqual(['INC0000001']);
    adopting(desk, [row('a'), opened('b', 'INC0000009')]);
    expect(numbers(desk.at('i'))).toEqual(['INC0000001', 'INC0000001', 'INC0000009']);
    expect(adopting(desk, [opened('c', 'INC999999999999')])).toBe('argumentsInvalid');
  });

  it('makes of any history what folding it makes', () => {
    const history = fc.array(readableActivityArb, { minLength: 1, maxLength: 60 });
    const property = fc.property(history, (activities) => {
      const desk = staffedDesk();
      const observed = activities.map((one): Activity => ({ ...one, origin: 'observed', seq: null }));
      const subject = { kind: 'incident', id: 'incident' } as const;
      desk.send('history.adopt', { subject, source: 's', activities: observed });
      const alone = foldIncident(observed, desk);
      const { number, aliases, throughSeq, throughIndex, ...rest } = desk.at('incident');
      expect(alone).toMatchObject(rest);
      expect(number).toBe(alone?.number || 'INC0000001');
      expect(aliases).toEqual(alone?.aliases);
      expect([throughSeq, throughIndex]).toEqual([1, desk.log.length - 1]);
      expect(foldIncident([...desk.log, ...desk.log].reverse(), desk)).toEqual(desk.at('incident'));
    });
    holds('adopted histories', property);
  });

  it('asks no transition, but schema, subject and origin', () => {
    const desk = staffedDesk();
    const closed = told('x', 'incident.observed', {
      source: 's',
      rowVersion: null,
      changes: { state: { from: 'new', to: 'closed' } },
    });
    expect(adopting(desk, [closed])).toBe('accepted');
    expect(adopting(desk, [{ ...row('y'), subject: { kind: 'incident', id: 'other' } }])).toBe('argumentsInvalid');
    expect(adopting(desk, [{ ...row('y'), origin: 'command' }])).toBe('argumentsInvalid');
    expect(adopting(desk, [told('z', 'incident.note', { body: 7 })])).toBe('argumentsInvalid');
  });

  it('needs the permission once a server decides', () => {
    const desk = staffedDesk();
    desk.context = { zone: 'UTC', alone: false };
    expect(adopting(desk, [row('a')])).toBe('notAllowedForRole');
    expect(adopting(desk, [row('a')], 'sue')).toBe('accepted');
  });
});
