import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SYNC_LIMITS } from '#contracts/sync/wire.ts';
import { holds } from '#domain/property.suite.ts';
import { fromBase64url, toBase64url } from './base64url.ts';
import { type Cursor, formatCursor, parseCursor } from './cursor.ts';

const id = fc.oneof(fc.uuid(), fc.string({ minLength: 1, maxLength: 128, unit: 'binary' }));
const load = fc.record({
  phase: fc.constantFrom('incidents' as const, 'timelines' as const, 'directory' as const),
  after: fc.option(fc.record({ firstSeq: fc.maxSafeNat(), id: fc.uuid() })),
  done: fc.nat(),
  total: fc.nat(),
  since: fc.maxSafeInteger(),
});
const cursorArb: fc.Arbitrary<Cursor> = fc.record({
  epoch: fc.uuid(),
  seq: fc.maxSafeNat(),
  mark: fc.option(id),
  view: fc.uuid(),
  held: fc.array(fc.uuid(), { maxLength: 5 }),
  keeps: fc.option(fc.record({ since: fc.option(fc.maxSafeInteger()), beside: fc.array(fc.uuid(), { maxLength: 5 }) })),
  load: fc.option(load),
});

const CURSOR: Cursor = { epoch: 'e', seq: 7, mark: 'a', view: 'v', held: [], keeps: null, load: null };
const raw = (value: unknown) => toBase64url(JSON.stringify(value));

describe('a cursor', () => {
  it('is read back as it was given', () => {
    holds(
      'cursors come back',
      fc.property(cursorArb, (cursor) => {
        expect(parseCursor(formatCursor(cursor))).toEqual(cursor);
      }),
    );
  });

  it('is a text for a URL, never longer than the limit', () => {
    const long = '\ud800'.repeat(128);
    const held = Array.from({ length: 50 }, () => long);
    const load = {
      phase: 'timelines' as const,
      after: { firstSeq: 1, id: long },
      done: 1,
      total: 2,
      since: -8_640_000_000_000_000,
    };
    const keeps = { since: null, beside: held.slice(0, 20) };
    const text = formatCursor({ ...CURSOR, mark: long, held, keeps, load });
    expect(text).toMatch(/^[\w-]+$/);
    expect(text.length).toBeLessThanOrEqual(SYNC_LIMITS.cursor);
    expect(parseCursor(text)).toMatchObject({ mark: long, keeps: { since: null }, load });
  });

  it('is nothing else: no other text, however like', () => {
    const text = formatCursor(CURSOR);
    const others = ['', '0', 'x', ' ', `${text} `, `${text}=`, `${text}A`, text.slice(0, -1), text.toLowerCase()];
    const values = [
      null,
      {},
      [],
      [1, 'e', 7, 'a', 'v', []],
      [2, 'e', 7, 'a', 'v', [], null],
      [1, 5, 7, 'a', 'v', [], null],
      [1, 'e', -1, 'a', 'v', [], null],
      [1, 'e', 1.5, 'a', 'v', [], null],
      [1, 'e', '7', 'a', 'v', [], null],
      [1, 'e', 7, 5, 'v', [], null],
      [1, 'e', 7, 'a', null, [], null],
      [1, 'e', 7, 'a', 'v', 'x', null],
      [1, 'e', 7, 'a', 'v', [5], null],
      [1, 'e', 7, 'a', 'v', [], 5],
      [1, 'e', 7, 'a', 'v', [], []],
      [1, 'e', 7, 'a', 'v', [], [3, 0, 0, null]],
      [1, 'e', 7, 'a', 'v', [], [0, -1, 0, null]],
      [1, 'e', 7, 'a', 'v', [], [0, 0, 0, ['x', 1]]],
      [1, 'e', 7, 'a', 'v', [], [0, 0, 0, 5]],
    ];
    for (const other of [...others, ...values.map(raw), 'A'.repeat(SYNC_LIMITS.cursor + 1)]) {
      expect(parseCursor(other)).toBeNull();
    }
    holds(
      'garbage',
      fc.property(fc.string(), (garbage) => {
        expect(parseCursor(garbage)).toBeNull();
      }),
    );
    const bent = fc.tuple(fc.nat(text.length - 1), fc.constantFrom(...'Aaz09_-')).filter(([at, by]) => text[at] !== by);
    holds(
      'bent cursors',
      fc.property(bent, ([at, by]) => {
        const parsed = parseCursor(text.slice(0, at) + by + text.slice(at + 1));
        expect(parsed === null || formatCursor(parsed) !== text).toBe(true);
      }),
    );
  });

  it('is written as base64url', () => {
    const ascii = fc.string({ unit: 'binary-ascii' });
    const property = fc.property(ascii, (text) => {
      expect(toBase64url(text)).toBe(Buffer.from(text, 'latin1').toString('base64url'));
      expect(fromBase64url(toBase64url(text))).toBe(text);
    });
    holds('base64url', property);
    expect(fromBase64url('a+')).toBeNull();
  });
});
