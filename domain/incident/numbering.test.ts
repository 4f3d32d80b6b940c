import { describe, expect, it } from 'vitest';
import {
  adoptNumber,
  formatNumber,
  nextNumber,
  numberKey,
  numberKeysTyped,
  parseNumber,
} from '#domain/incident/numbering.ts';

const none = () => false;

describe('numbers', () => {
  it('have seven digits at least', () => {
    expect([formatNumber(1), formatNumber(12_345_678)]).toEqual(['INC0000001', 'INC12345678']);
  });

  it('are understood however they are typed', () => {
    for (const typed of ['inc45', 'INC0000045', ' Inc 45 ', 'inc-0045']) expect(parseNumber(typed)).toBe(45);
    for (const typed of ['', 'INC', 'INC0', '45', 'INC-L3-0042', 'INC4x', 'INC9999999999999'])
      expect(parseNumber(typed)).toBeNull();
  });

  it('have one key for look-ups, and other names have theirs', () => {
    expect(numberKey('inc45')).toBe('INC0000045');
    expect(numberKey(' inc-l3-0042 ')).toBe('INC-L3-0042');
    expect(numberKeysTyped('45')).toEqual(['45', 'INC0000045']);
    expect(numberKeysTyped('proj-7')).toEqual(['PROJ-7']);
  });

  it('count up from the highest held, past any that an alias bears', () => {
    expect(nextNumber(0, none)).toBe('INC0000001');
    expect(nextNumber(99, (number) => number === 'INC0000100')).toBe('INC0000101');
  });

  it('keep an imported number that is free, in one form', () => {
    expect(adoptNumber('INC0000045', 7, none)).toEqual({ number: 'INC0000045', alias: null });
    expect(adoptNumber('inc45', 7, none)).toEqual({ number: 'INC0000045', alias: null });
    expect(adoptNumber('PROJ-7', 7, none)).toEqual({ number: 'PROJ-7', alias: null });
  });

  it('make an imported number that is taken an alias of a new one', () => {
    expect(adoptNumber('INC0000005', 7, (number) => number === 'INC0000005')).toEqual({
      number: 'INC0000008',
      alias: 'INC0000005',
    });
    expect(adoptNumber(' ', 7, none)).toEqual({ number: 'INC0000008', alias: null });
    expect(adoptNumber(null, 7, none)).toEqual({ number: 'INC0000008', alias: null });
  });
});
