import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boundedJson, troubleWithJson } from '#contracts/ipc/bounded-json.ts';

const bounds = { size: 10_000, depth: 10 };
const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);

const hasNoProto = (value: unknown) => !JSON.stringify(value).includes('"__proto__":');

describe('JSON of unknown shape', () => {
  test('any JSON within the bounds passes, untouched', () => {
    fc.assert(
      // An own `__proto__` is JSON by the letter, and refused on purpose (below).
      fc.property(fc.jsonValue({ maxDepth: 4 }).filter(hasNoProto), (value) => {
        expect(troubleWithJson(value, { size: 1_000_000, depth: 10 })).toBeNull();
      }),
    );
    const value = { a: [1, { b: null }] };
    expect(boundedJson(1_000).parse(value)).toBe(value);
  });

  test.each([
    ['a function', { f: () => 1 }],
    ['a map', { m: new Map() }],
    ['a date', [new Date(0)]],
    ['bytes', new Uint8Array(4)],
    ['a big integer', 10n],
    ['a symbol', Symbol('x')],
    ['not a number', { n: Number.NaN }],
    ['infinity', [Number.POSITIVE_INFINITY]],
    ['an own __proto__', JSON.parse('{"__proto__": {"x": 1}}')],
    ['too deep a nest', nested(11)],
  ])('%s is not JSON', (_name, value) => {
    expect(troubleWithJson(value, bounds)).toBe('shape');
  });

  test('a value in a circle is too deep or too large, and the check ends', () => {
    const circle: { self?: unknown } = {};
    circle.self = circle;
    expect(troubleWithJson(circle, bounds)).toBe('shape');
  });

  test.each([
    ['a long text', 'x'.repeat(10_001)],
    ['a long key', { ['k'.repeat(10_001)]: 1 }],
    ['many numbers', Array.from({ length: 2_000 }, () => 1)],
    ['many empty lists', Array.from({ length: 2_000 }, () => [])],
  ])('%s is too large', (_name, value) => {
    expect(troubleWithJson(value, bounds)).toBe('size');
  });

  test('the size is told apart from the shape in the issue', () => {
    expect(boundedJson(10).safeParse('x'.repeat(20)).error?.issues[0]?.code).toBe('too_big');
    expect(boundedJson(10).safeParse(() => 1).error?.issues[0]?.code).toBe('custom');
  });
});
