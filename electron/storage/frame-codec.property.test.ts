import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeRecord, isRecord, RECORD, scanRecords } from './frame-codec.ts';

const texts = fc.array(fc.string({ unit: 'grapheme', maxLength: 60 }), {
  minLength: 1,
  maxLength: 8,
});
const encodeAll = (all: readonly string[]) =>
  all.map((text, index) => encodeRecord(RECORD.frame, 1, index + 1, text, index === 0));
const textsIn = (bytes: Buffer) =>
  [...scanRecords(bytes, 0)].filter(isRecord).map((record) => ({ lsn: record.lsn, text: record.payload.toString() }));

test('any texts come back as written, in order, without a gap', () => {
  fc.assert(
    fc.property(texts, (all) => {
      const bytes = Buffer.concat(encodeAll(all));
      expect(textsIn(bytes)).toEqual(all.map((text, index) => ({ lsn: index + 1, text })));
    }),
  );
});

test('one flipped bit anywhere costs one record, and all others are still found unchanged', () => {
  fc.assert(
    fc.property(texts, fc.nat(), fc.integer({ min: 0, max: 7 }), (all, where, bit) => {
      const records = encodeAll(all);
      const bytes = Buffer.concat(records);
      const at = where % bytes.length;
      bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
      let end = 0;
      const hit = records.findIndex((record) => {
        end += record.length;
        return at < end;
      });
      const expected = all.map((text, index) => ({ lsn: index + 1, text })).filter((_, index) => index !== hit);
      expect(textsIn(bytes)).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});

test('cut anywhere, exactly the whole records before the cut are found', () => {
  fc.assert(
    fc.property(texts, fc.nat(), (all, where) => {
      const records = encodeAll(all);
      const bytes = Buffer.concat(records);
      const cut = where % (bytes.length + 1);
      let end = 0;
      const whole = records.filter((record) => {
        end += record.length;
        return end <= cut;
      });
      expect(textsIn(bytes.subarray(0, cut))).toHaveLength(whole.length);
    }),
  );
});

test('random bytes between records are passed over and named', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), (noise) => {
      const [first, second] = encodeAll(['one', 'two']);
      const bytes = Buffer.concat([first ?? Buffer.alloc(0), noise, second ?? Buffer.alloc(0)]);
      const found = [...scanRecords(bytes, 0)];
      expect(found.filter(isRecord).map((record) => record.payload.toString())).toEqual(['one', 'two']);
      expect(found.filter((one) => !isRecord(one))).toMatchObject([{ offset: first?.length }]);
    }),
  );
});
