import { describe, expect, it } from 'vitest';
import type { Activity } from '#domain/activity/activity.ts';
import { type MemoryDesk, outcome, staffedDesk } from '#domain/command/memory-desk.suite.ts';

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
    expect(adopting(desk, [row('a'), row('b')])).toBe('accepted');
    expect(adopting(desk, [row('a'), row('b')])).toBe('nothingChanged');
    expect(adopting(desk, [row('a'), row('b'), row('c')])).toBe('accepted');
    expect(desk.log.map(({ id, cause, actor }) => [id, cause, actor])).toEqual(
      ['a', 'b', 'c'].map((id) => [id, null, 'ben']),
    );
  });

  it('asks no transition, but schema, subject, origin and order', () => {
    const desk = staffedDesk();
    const closed = told('x', 'incident.observed', {
      source: 's',
      rowVersion: null,
      changes: { state: { from: 'new', to: 'closed' } },
    });
    expect(adopting(desk, [closed])).toBe('accepted');
    expect(adopting(desk, [{ ...row('y'), subject: { kind: 'incident', id: 'other' } }])).toBe('argumentsInvalid');
    expect(adopting(desk, [{ ...row('y'), origin: 'command' }])).toBe('argumentsInvalid');
    expect(adopting(desk, [row('y'), told('z', 'incident.recorded', {})])).toBe('argumentsInvalid');
    expect(adopting(desk, [told('z', 'incident.note', { body: 7 })])).toBe('argumentsInvalid');
  });

  it('needs the permission once a server decides', () => {
    const desk = staffedDesk();
    desk.context = { zone: 'UTC', alone: false };
    expect(adopting(desk, [row('a')])).toBe('notAllowedForRole');
    expect(adopting(desk, [row('a')], 'sue')).toBe('accepted');
  });
});
