import { describe, expect, it } from 'vitest';
import { countChanges, type ListPart, renewInPlace, sameOrder } from './held-rows.ts';
import { queueRow } from './queue-row.suite.ts';
import { rangeAround } from './use-list.ts';

const part = (ids: readonly string[], total = ids.length, text = 'x'): ListPart => ({
  total,
  from: 0,
  lsn: 1,
  rows: ids.map((id) => queueRow({ id, shortDescription: text })),
});

describe('rows that are held in place', () => {
  it('count as unmoved when the same list only reaches further', () => {
    expect(sameOrder(part(['a', 'b'], 9), part(['a', 'b', 'c'], 9))).toBe(true);
  });

  it('count as moved when one came, went or changed places', () => {
    expect(sameOrder(part(['a', 'b']), part(['b', 'a']))).toBe(false);
    expect(sameOrder(part(['a', 'b']), part(['a', 'b', 'c']))).toBe(false);
  });

  it('keep their places and take the newest content', () => {
    const shown = renewInPlace(part(['a', 'b'], 2, 'old'), part(['b', 'c'], 2, 'new'));
    expect(shown.rows.map((row) => [row.id, row.shortDescription])).toEqual([
      ['a', 'old'],
      ['b', 'new'],
    ]);
  });

  it('are counted once each: those that come, that go, that change places', () => {
    expect(countChanges(part(['a', 'b']), part(['n', 'a', 'b']))).toBe(1);
    expect(countChanges(part(['a', 'b', 'c'], 3), part(['b', 'c', 'd'], 3))).toBe(1);
    expect(countChanges(part(['a', 'b']), part(['b', 'a']))).toBe(1);
  });
});

describe('the stretch of a list that is asked for', () => {
  it('reaches beyond what is seen, in steps, and never below the first page', () => {
    expect(rangeAround(0, 20, 24_918)).toEqual({ from: 0, to: 60 });
    expect(rangeAround(500, 522, 24_918)).toEqual({ from: 460, to: 580 });
    expect(rangeAround(0, 3, 4)).toEqual({ from: 0, to: 60 });
  });
});
