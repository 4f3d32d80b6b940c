import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  adoptNumber,
  blockCode,
  formatBlockNumber,
  formatNumber,
  nextNumber,
  numberKey,
  numberKeysTyped,
  parseBlockNumber,
  parseNumber,
} from '#domain/incident/numbering.ts';
import { holds } from '#domain/property.suite.ts';

const value = fc.integer({ min: 1, max: 999_999_999_999 });
const typed = fc.tuple(value, fc.constantFrom('INC', 'inc', 'Inc'), fc.nat(5), fc.constantFrom('', ' ', '-'));

describe('numbers', () => {
  it('come back from their own form, and from any way of typing it', () => {
    const property = fc.property(typed, ([number, prefix, zeros, gap]) => {
      expect(parseNumber(formatNumber(number))).toBe(number);
      expect(parseNumber(`${prefix}${gap}${'0'.repeat(zeros)}${number}`)).toBe(number);
      expect(numberKey(`${prefix}${number}`)).toBe(formatNumber(number));
    });
    holds('parse and format', property, 500);
  });

  it('have a key that is its own key, whatever was typed', () => {
    const property = fc.property(fc.string(), (text) => {
      expect(numberKey(numberKey(text))).toBe(numberKey(text));
    });
    holds('number keys', property, 500);
  });

  it('of a device come back from their own form, are found however typed, and are nobody else’s', () => {
    const place = fc.integer({ min: 1, max: 10_000_000 });
    const property = fc.property(place, place, fc.integer({ min: 1, max: 999_999_999 }), (device, other, n) => {
      const block = blockCode(device);
      const number = formatBlockNumber(block, n);
      expect(parseBlockNumber(number)).toEqual({ block, n });
      expect(numberKeysTyped(` ${number.toLowerCase()} `)).toEqual([number]);
      expect(parseNumber(number)).toBeNull();
      expect(blockCode(other) === block).toBe(other === device);
    });
    holds('device numbers', property, 500);
  });

  it('are never given twice, to new or imported incidents', () => {
    const externals = fc.array(fc.option(fc.constantFrom('INC1', 'inc0000001', 'PROJ-1', ' ', 'INC0000009', 'INC7')), {
      maxLength: 12,
    });
    const property = fc.property(externals, (given) => {
      const taken = new Set<string>();
      const highest = () => Math.max(0, ...[...taken].map((number) => parseNumber(number) ?? 0));
      for (const external of given) {
        const { number } = adoptNumber(external, highest(), (one) => taken.has(numberKey(one)));
        expect(taken.has(numberKey(number))).toBe(false);
        taken.add(numberKey(number));
        expect(taken).not.toContain(nextNumber(highest(), (one) => taken.has(one)));
      }
    });
    holds('numbers are unique', property);
  });
});
