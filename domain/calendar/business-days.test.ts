import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { addBusinessDays, defaultCalendar } from '#domain/calendar/business-days.ts';

/** Business days from a wall-clock time in a zone, as the wall clock there. */
function endOf(start: string, days: number, zone: string): string {
  const from = Temporal.PlainDateTime.from(start).toZonedDateTime(zone).epochMilliseconds;
  const end = addBusinessDays(from, days, defaultCalendar(zone));
  return Temporal.Instant.fromEpochMilliseconds(end).toZonedDateTimeISO(zone).toPlainDateTime().toString().slice(0, 16);
}

describe('business days', () => {
  it('are the working minutes, wherever in the day they begin', () => {
    expect(endOf('2026-03-02T09:00', 2, 'UTC')).toBe('2026-03-04T09:00');
    expect(endOf('2026-03-02T08:00', 1, 'UTC')).toBe('2026-03-02T18:00');
  });

  it('leave out nights and weekends', () => {
    expect(endOf('2026-03-06T17:00', 2, 'UTC')).toBe('2026-03-10T17:00');
    expect(endOf('2026-03-07T12:00', 1, 'UTC')).toBe('2026-03-09T18:00');
    expect(endOf('2026-03-02T22:00', 1, 'UTC')).toBe('2026-03-03T18:00');
    expect(endOf('2026-03-02T05:00', 1, 'UTC')).toBe('2026-03-02T18:00');
  });

  it('follow the wall clock of the zone through a change of its clocks', () => {
    expect(endOf('2026-03-27T09:00', 2, 'Europe/Berlin')).toBe('2026-03-31T09:00');
    expect(endOf('2026-10-23T09:00', 2, 'Europe/Berlin')).toBe('2026-10-27T09:00');
    expect(endOf('2026-03-02T09:00', 5, 'Asia/Kolkata')).toBe('2026-03-09T09:00');
  });

  it('count in UTC when the zone is not known', () => {
    const monday = Date.UTC(2026, 2, 2, 9);
    expect(addBusinessDays(monday, 2, defaultCalendar('Moon/Base'))).toBe(Date.UTC(2026, 2, 4, 9));
  });

  it('end somewhere even when no day is a working day', () => {
    expect(addBusinessDays(0, 2, { ...defaultCalendar('UTC'), weekdays: [] })).toBe(2 * 86_400_000);
  });
});
