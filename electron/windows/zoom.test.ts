import { expect, test } from 'vitest';
import { cleanZoom, nextZoom } from '#electron/windows/zoom.ts';

test('zoom goes step by step and stops at its ends', () => {
  expect(nextZoom(1, 1)).toBe(1.1);
  expect(nextZoom(1.1, -1)).toBe(1);
  expect(nextZoom(1.9, 0)).toBe(1);
  expect(nextZoom(3, 1)).toBe(3);
  expect(nextZoom(0.5, -1)).toBe(0.5);
});

test.each([undefined, null, 'x', Number.NaN, Number.POSITIVE_INFINITY])('a stored zoom of %s is none', (stored) => {
  expect(cleanZoom(stored)).toBe(1);
});

test('a stored zoom out of range comes to the nearest end', () => {
  expect([cleanZoom(0.01), cleanZoom(99), cleanZoom(1.25)]).toEqual([0.5, 3, 1.25]);
});
