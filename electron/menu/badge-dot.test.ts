import { expect, test } from 'vitest';
import { withDot } from '#electron/menu/badge-dot.ts';

test('the dot covers the upper right corner alone and leaves the picture itself as it was', () => {
  const clear = { data: Buffer.alloc(32 * 32 * 4), width: 32, height: 32 };
  const { data } = withDot(clear);
  const alpha = (x: number, y: number) => data[(y * 32 + x) * 4 + 3];
  expect(alpha(25, 7)).toBe(255);
  expect([alpha(0, 0), alpha(15, 7), alpha(25, 16), alpha(31, 31)]).toEqual([0, 0, 0, 0]);
  expect(clear.data.every((byte) => byte === 0)).toBe(true);
});
