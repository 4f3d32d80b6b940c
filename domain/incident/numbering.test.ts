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

  it('of a device bear its code, which grows when all short ones are used up', () => {
    expect([1, 2, 8, 9, 144, 145, 146, 144 * 145, 144 * 145 + 1].map(blockCode)).toEqual([
      'A2',
      'A3',
      'A9',
      'C2',
      'Y9',
      'A2A2',
      'A2A3',
      'Y9Y9',
      'A2A2A2',
    ]);
    expect(formatBlockNumber('L3', 42)).toBe('INC-L3-0042');
    expect(parseBlockNumber('INC-L3-12345')).toEqual({ block: 'L3', n: 12_345 });
    const strange = [
      'INC-L3-42',
      'INC-L3-00042',
      'inc-l3-0042',
      'INC-L1-0042',
      'INC-3L-0042',
      'INC--0042',
      'INC-L3-0000',
    ];
    for (const text of [...strange, ' INC-L3-0042', 'INC-L3-0042\n', 'INC0000042'])
      expect(parseBlockNumber(text)).toBeNull();
  });
});
