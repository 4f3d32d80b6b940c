import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { crc32, crc32Portable } from './crc32.ts';

test('the check value of CRC-32 is the published one', () => {
  expect(crc32Portable(Buffer.from('123456789'))).toBe(0xcbf43926);
  expect(crc32(Buffer.from('123456789'))).toBe(0xcbf43926);
});

test('both ways of reckoning agree on any length, and in pieces', () => {
  for (let length = 0; length < 300; length += 1) {
    const bytes = randomBytes(length);
    const cut = Math.floor(length / 3);
    expect(crc32Portable(bytes)).toBe(crc32(bytes));
    expect(crc32Portable(bytes.subarray(cut), crc32Portable(bytes.subarray(0, cut)))).toBe(crc32(bytes));
    expect(crc32(bytes.subarray(cut), crc32(bytes.subarray(0, cut)))).toBe(crc32(bytes));
  }
});
