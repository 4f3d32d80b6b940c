import { describe, expect, test } from 'vitest';
import { readStartRequest, startRequestFrom } from '#electron/main/arguments.ts';

describe('what a start asks for', () => {
  test('a plain start asks for a window', () => {
    expect(readStartRequest(['/usr/bin/deskbell'])).toEqual({ hidden: false, link: null });
  });

  test('a start at sign-in asks for none', () => {
    expect(readStartRequest(['/usr/bin/deskbell', '--hidden']).hidden).toBe(true);
  });

  test('a link is found wherever the system puts it', () => {
    const words = [
      'electron',
      '--no-sandbox',
      '.',
      'deskbell://incident/INC0012345',
      '--original-process-start-time=1',
    ];
    expect(readStartRequest(words).link).toBe('deskbell://incident/INC0012345');
  });

  test.each([undefined, null, 7, 'deskbell://incident/INC1', [], {}, { words: 'x' }, { words: [7, null, {}] }])(
    'a second start that hands over %j asks for a window and no more',
    (data) => {
      expect(startRequestFrom(data)).toEqual({ hidden: false, link: null });
    },
  );

  test('a second start hands over its link', () => {
    expect(startRequestFrom({ words: ['x', 'deskbell://queue/unassigned'] }).link).toBe('deskbell://queue/unassigned');
  });
});
