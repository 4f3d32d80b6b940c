import fc from 'fast-check';
import { expect, test } from 'vitest';
import { waitAfter } from './back-off.ts';
import { secondsToWait } from './faults.ts';

test('SPEC 16.11: pauses lie anywhere below a bound that doubles up to a minute', () => {
  const bounds = Array.from({ length: 9 }, (_, index) => waitAfter(index, undefined, 0.999_999_999));
  expect(bounds).toEqual([999, 1_999, 3_999, 7_999, 15_999, 31_999, 59_999, 59_999, 59_999]);
  expect(waitAfter(1_000_000, undefined, 0)).toBe(0);
});

test('SPEC 16.11: no pause is shorter than the server asked for', () => {
  const random = fc.double({ min: 0, max: 0.999_999, noNaN: true });
  fc.assert(
    fc.property(fc.nat(), fc.nat(86_400), random, (failures, asked, dice) => {
      expect(waitAfter(failures, asked, dice)).toBeGreaterThanOrEqual(asked * 1_000);
    }),
  );
});

test('whatever a header says, the time to wait is a number of seconds within a day, or not said', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.date().map(String), fc.integer().map(String)), (header) => {
      const seconds = secondsToWait(header, Date.UTC(2026, 0, 1));
      if (seconds === null) return;
      expect(Number.isInteger(seconds)).toBe(true);
      expect(seconds).toBeGreaterThanOrEqual(0);
      expect(seconds).toBeLessThanOrEqual(86_400);
    }),
  );
});
