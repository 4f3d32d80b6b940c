import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FoldedLines } from './folded-lines.ts';
import { foldText, wordsOf } from './folded-text.ts';
import { NameRanks, NO_NAME } from './name-ranks.ts';
import { NumberTable } from './number-table.ts';
import { stableByKey } from './radix-sort.ts';
import { StringPool } from './string-pool.ts';

const uuidArb = fc.uuid();
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const textArb = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  uuidArb,
  uuidArb.map((id) => id.toUpperCase()),
);

describe('a string pool', () => {
  test('gives each string one number for good and the string back, also through a structured clone', () => {
    fc.assert(
      fc.property(fc.array(textArb, { maxLength: 300 }), fc.nat({ max: 300 }), (texts, restartAt) => {
        let pool = new StringPool();
        // What UTF-8 cannot hold (half a pair) comes back as the replacement character.
        const kept = texts.map((text) => decoder.decode(encoder.encode(text)));
        const numbers = kept.map((text, at) => {
          if (at === restartAt) pool = new StringPool(structuredClone(pool.data()));
          return pool.intern(text);
        });
        const distinct = [...new Set(kept)];
        expect(pool.size).toBe(distinct.length);
        kept.forEach((text, at) => {
          expect(numbers[at]).toBe(distinct.indexOf(text));
          expect(pool.at(numbers[at] ?? -1)).toBe(text);
          expect(pool.find(text)).toBe(numbers[at]);
        });
        expect(pool.find(`${kept.join('')}, not in it`)).toBe(-1);
      }),
    );
  });

  test('orders UUIDs as their text', () => {
    fc.assert(
      fc.property(uuidArb, uuidArb, (a, b) => {
        const pool = new StringPool();
        const [first, second] = [pool.intern(a), pool.intern(b)];
        expect(Math.sign(pool.compare(first, second))).toBe(a < b ? -1 : a > b ? 1 : 0);
      }),
    );
  });

  test('keeps a text of a million characters, a byte order mark, and nothing at all', () => {
    const pool = new StringPool();
    const long = 'ä'.repeat(1_000_000);
    for (const text of [long, '\ufeffwith a byte order mark', '']) expect(pool.at(pool.intern(text))).toBe(text);
  });
});

describe('folded lines', () => {
  test('find what a plain look at every line finds, after any edits, across chunks and restarts', () => {
    const lineArb = fc.constantFrom('', 'a', 'ab', 'ba', 'abc abc', 'ñandú', 'x'.repeat(50), 'abab');
    const editArb = fc.record({ slot: fc.nat({ max: 1_700 }), line: lineArb });
    fc.assert(
      fc.property(
        fc.array(editArb, { maxLength: 120 }),
        fc.constantFrom('a', 'ab', 'ñ', 'bab', 'zz'),
        (edits, word) => {
          let lines = new FoldedLines();
          const model = new Map<number, string>();
          edits.forEach(({ slot, line }, at) => {
            if (at % 40 === 39) lines = new FoldedLines(structuredClone(lines.data()));
            lines.set(slot, line);
            model.set(slot, line);
            expect(lines.get(slot)).toBe(line);
          });
          const found: number[] = [];
          lines.eachContaining(word, (slot) => found.push(slot));
          const expected = [...model].filter(([, line]) => line.includes(word)).map(([slot]) => slot);
          expect(found).toEqual(expected.sort((a, b) => a - b));
          for (const [slot, line] of model) expect(lines.get(slot)).toBe(line);
        },
      ),
    );
  });
});

describe('sorting by a number', () => {
  test('is what a stable sort by comparison gives, for any numbers', () => {
    const keyArb = fc.oneof(fc.double({ noNaN: true }), fc.integer(), fc.constantFrom(0, -0, Number.POSITIVE_INFINITY));
    fc.assert(
      fc.property(fc.array(keyArb, { maxLength: 200 }), (keys) => {
        const slots = Uint32Array.from(keys, (_, at) => at);
        const expected = [...slots].sort((a, b) => {
          const [keyA, keyB] = [keys[a] ?? 0, keys[b] ?? 0];
          return keyA < keyB ? -1 : keyA > keyB ? 1 : 0;
        });
        expect([...stableByKey(slots, (slot) => keys[slot] ?? 0)]).toEqual(expected);
      }),
    );
  });
});

describe('name ranks', () => {
  test('sort like the names, however many come later one by one', () => {
    const collator = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });
    const nameArb = fc.option(fc.stringMatching(/^[a-fA-F]{0,3}$/), { nil: null });
    fc.assert(
      fc.property(fc.array(nameArb, { maxLength: 20 }), fc.array(nameArb, { maxLength: 60 }), (first, later) => {
        const ranks = new NameRanks();
        const names = new Map([...first, ...later].map((name, at) => [at + 1, name]));
        ranks.rankAll(new Map([...names].slice(0, first.length)));
        for (const [ref, name] of [...names].slice(first.length)) if (!ranks.add(ref, name)) ranks.rankAll(names);
        for (const [a, nameA] of names) {
          for (const [b, nameB] of names) {
            if (nameA === null || nameB === null) continue;
            const [rankA, rankB] = [ranks.of(a), ranks.of(b)];
            expect(Math.sign(rankA - rankB)).toBe(Math.sign(collator.compare(nameA, nameB)));
          }
          if (nameA === null) expect(ranks.of(a)).toBe(NO_NAME);
        }
      }),
    );
  });
});

describe('numbers', () => {
  const plain = (number: string, ...aliases: string[]) => ({
    number,
    aliases: aliases.map((value) => ({ value, source: 's' })),
  });

  test('lead to their incident in any case, without zeros and without the prefix', () => {
    const numbers = new NumberTable();
    numbers.claim(7, plain('INC0000042', 'INC-L3-0042'));
    for (const typed of ['INC0000042', 'inc42', ' inc 0042 ', '42', '0042', 'inc-l3-0042']) {
      expect(numbers.holderOfTyped(typed)).toBe(7);
    }
    expect(numbers.holderOf('42')).toBe(-1);
    expect(numbers.highest).toBe(42);
  });

  test('of an incident go before the alias of another, which gets it back once it is free', () => {
    const numbers = new NumberTable();
    numbers.claim(1, plain('INC0000001', 'INC0000009'));
    expect(numbers.holderOf('INC0000009')).toBe(1);
    const own = numbers.claim(2, plain('INC0000009'));
    expect(numbers.holderOf('INC0000009')).toBe(2);
    numbers.release(2, own);
    expect(numbers.holderOf('INC0000009')).toBe(1);
  });

  test('never go down when an incident goes', () => {
    const numbers = new NumberTable();
    numbers.release(1, numbers.claim(1, plain('INC0000100')));
    expect(numbers.highest).toBe(100);
  });
});

describe('folding', () => {
  test('lets people type without case and marks', () => {
    expect(foldText('Ärger mit GRÖSSE, Ørsted & Łódź: straße')).toBe('arger mit grosse, orsted & lodz: strasse');
    expect(wordsOf(foldText('VPN-Client (v2.1) ЖЖ')).join(' ')).toBe('vpn client v2 1 жж');
  });

  test('of folded text changes nothing more', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(foldText(foldText(text))).toBe(foldText(text));
      }),
      { numRuns: 1_000 },
    );
  });
});
