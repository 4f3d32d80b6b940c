import { describe, expect, test } from 'vitest';
import { readArguments } from './arguments.ts';

const read = (...words: string[]) => readArguments(words, ['P3', 'P4', 'import']);

describe('the arguments of a run', () => {
  test('without any, everything is measured at its own sizes, as a table', () => {
    expect(read()).toEqual({ ok: true, wanted: { json: false, only: null, n: null } });
  });

  test('ids come after --only with commas between them, the size after --n', () => {
    const wanted = { json: true, only: ['P3', 'import'], n: 100_000 };
    expect(read('--json', '--only', 'P3,import', '--n', '100000')).toEqual({ ok: true, wanted });
    expect(read('--json', '--only=P3', '--only=import', '--n=100000')).toEqual({ ok: true, wanted });
  });

  test.each([
    [['--only', 'P3,P11'], /Not measured \(yet\): P11/],
    [['--only'], /takes one or more/],
    [['--n', 'many'], /whole number/],
    [['--n'], /whole number/],
    [['--fast'], /not an argument/],
  ])('%j is refused in a sentence', (words, says) => {
    const answer = read(...words);
    expect(answer).toMatchObject({ ok: false, says: expect.stringMatching(says) });
  });
});
