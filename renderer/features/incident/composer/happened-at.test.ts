import { describe, expect, it } from 'vitest';
import { fromLocalInput, toLocalInput } from '#renderer/ui/local-input.ts';
import { happenedAt, needsLateReason } from './happened-at.ts';

const now = Date.UTC(2026, 2, 2, 9, 30, 20);
const openedAt = Date.UTC(2026, 2, 2, 9, 0, 40);

describe('happenedAt', () => {
  it('takes an empty field, and the present minute, as now', () => {
    expect(happenedAt('', 'UTC', openedAt, now)).toBeUndefined();
    expect(happenedAt('2026-03-02T09:30', 'UTC', openedAt, now)).toBeUndefined();
  });

  it('takes the minute of the opening as the opening, since nobody can type seconds', () => {
    expect(happenedAt('2026-03-02T09:00', 'UTC', openedAt, now)).toBe(openedAt);
    expect(happenedAt('2026-03-02T08:59', 'UTC', openedAt, now)).toBe(Date.UTC(2026, 2, 2, 8, 59));
  });

  it('reads the field in the reader’s zone', () => {
    expect(happenedAt('2026-03-02T10:10', 'Europe/Berlin', openedAt, now)).toBe(Date.UTC(2026, 2, 2, 9, 10));
  });

  it('asks for a reason beyond a quarter of an hour', () => {
    expect(needsLateReason(undefined, now)).toBe(false);
    expect(needsLateReason(now - 15 * 60_000, now)).toBe(false);
    expect(needsLateReason(now - 15 * 60_000 - 1, now)).toBe(true);
  });
});

describe('date-and-time fields', () => {
  it('show and read an instant in a zone, to the minute', () => {
    expect(toLocalInput(now, 'Asia/Kolkata')).toBe('2026-03-02T15:00');
    expect(fromLocalInput('2026-03-02T15:00', 'Asia/Kolkata')).toBe(Date.UTC(2026, 2, 2, 9, 30));
  });

  it('mean nothing while half filled', () => {
    for (const text of ['', '2026-03', 'yesterday']) expect(fromLocalInput(text, 'UTC')).toBeNull();
  });
});
