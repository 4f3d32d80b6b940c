import { describe, expect, test } from 'vitest';
import { backOff } from '#electron/windows/back-off.ts';

describe('starting again after a crash', () => {
  test('the first start is at once, later ones wait longer and longer, and never more than half a minute', () => {
    const delay = backOff();
    expect(Array.from({ length: 8 }, () => delay(0, 100))).toEqual([
      0, 500, 2_000, 5_000, 15_000, 30_000, 30_000, 30_000,
    ]);
  });

  test('a crash after a minute of health counts as the first', () => {
    const delay = backOff();
    delay(0, 100);
    delay(100, 200);
    expect(delay(200, 60_200)).toBe(0);
  });
});
