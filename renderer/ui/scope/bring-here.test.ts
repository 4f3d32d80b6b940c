import { describe, expect, it } from 'vitest';
import { numberToAsk } from './bring-here.ts';

describe('what a server can be asked for', () => {
  it('is a number of ours, however it was typed, in its full form', () => {
    for (const typed of ['INC0012345', 'inc12345', ' inc 12345 ', 'INC-12345']) {
      expect(numberToAsk(typed)).toBe('INC0012345');
    }
  });

  it('is any one word with a digit, which may be another system’s', () => {
    for (const typed of ['CS0048123', '4711', 'INC-L3-0042', 'jira-12']) expect(numberToAsk(` ${typed}`)).toBe(typed);
  });

  it('is no text', () => {
    for (const typed of ['', '  ', 'outlook', 'printer 3', '1'.repeat(65)]) expect(numberToAsk(typed)).toBeNull();
  });
});
