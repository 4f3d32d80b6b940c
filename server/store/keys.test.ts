import fc from 'fast-check';
import { expect, it } from 'vitest';
import { holds } from '#domain/property.suite.ts';
import { keyOf, keysOf } from './keys.ts';

it('files an ordinary id under itself', () => {
  for (const id of ['', 'INC0000001', '018f6f3e-0000-7000-8000-000000000001', 'Ärger 😀', "o'Brien\\"]) {
    expect(keyOf(id)).toBe(id);
  }
});

it('files what PostgreSQL cannot hold under something that it can', () => {
  for (const id of ['a\u0000', '\ud800', 'x\udfff', 'x'.repeat(100_000), 'sha256:0']) {
    expect(keyOf(id)).toMatch(/^sha256:[0-9a-f]{64}$/);
  }
});

it('keeps different strings apart', () => {
  const unit = fc.constantFrom('a', '\u0000', '\ud800', '\udc00', '\ufffd', 'sha256:');
  const text = fc.array(unit, { maxLength: 4 }).map((units) => units.join(''));
  holds(
    'keys',
    fc.property(text, text, (one, other) => {
      expect(keyOf(one) === keyOf(other)).toBe(one === other);
    }),
  );
  expect(keysOf(['a', 'b', 'a'])).toEqual(['a', 'b']);
});
