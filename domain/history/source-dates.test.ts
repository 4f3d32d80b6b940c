import { describe, expect, it } from 'vitest';
import { dateReader } from './source-dates.ts';

const iso = (value: number | undefined) => (value === undefined ? undefined : new Date(value).toISOString());

describe('dateReader', () => {
  const berlin = dateReader('Europe/Berlin', 'dmy');
  it('reads wall-clock dates in the zone of the file', () => {
    expect(iso(berlin('29/2/2016 01:16'))).toBe('2016-02-29T00:16:00.000Z');
    expect(iso(berlin('2019-07-29 11:48:43'))).toBe('2019-07-29T09:48:43.000Z');
    expect(iso(berlin('09/Jan/24 3:54 PM'))).toBe('2024-01-09T14:54:00.000Z');
    expect(iso(berlin('10/Jan/24 12:00 AM'))).toBe('2024-01-09T23:00:00.000Z');
  });
  it('takes an offset over the zone', () => {
    expect(iso(berlin('2024-01-09T15:54:00+05:30'))).toBe('2024-01-09T10:24:00.000Z');
    expect(iso(berlin('2024-01-09T15:54:00Z'))).toBe('2024-01-09T15:54:00.000Z');
  });
  it('reads months first only where the file says so', () => {
    expect(iso(dateReader('UTC', 'mdy')('2/3/2024'))).toBe('2024-02-03T00:00:00.000Z');
    expect(iso(dateReader('UTC', 'dmy')('2/3/2024'))).toBe('2024-03-02T00:00:00.000Z');
  });
  it('moves an hour that the zone skips, and takes the earlier of one that happens twice', () => {
    expect(iso(berlin('31/03/2024 02:30'))).toBe('2024-03-31T01:30:00.000Z');
    expect(iso(berlin('27/10/2024 02:30'))).toBe('2024-10-27T00:30:00.000Z');
  });
  it('answers nothing for what is no date', () => {
    for (const text of ['', '?', '30/02/2024', '29:10.8', 'yesterday', '2024-13-01'])
      expect(berlin(text)).toBeUndefined();
  });
});
