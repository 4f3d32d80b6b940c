import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Postings } from './postings.ts';

test('every term gives back its documents and marks, in order, whatever the gaps, also through a structured clone', () => {
  const gap = fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 300_000 }));
  const docArb = fc.record({ gap, terms: fc.uniqueArray(fc.nat({ max: 6 }), { maxLength: 7 }), marked: fc.boolean() });
  fc.assert(
    fc.property(fc.array(docArb, { maxLength: 400 }), fc.nat({ max: 400 }), (docs, restartAt) => {
      let postings = new Postings();
      const model = new Map<number, [number, number][]>();
      let doc = -1;
      docs.forEach((one, index) => {
        if (index === restartAt) postings = new Postings(structuredClone(postings.data()));
        doc += one.gap;
        for (const term of one.terms) {
          postings.add(term, doc, one.marked);
          model.set(term, [...(model.get(term) ?? []), [doc, Number(one.marked)]]);
        }
      });
      for (let term = 0; term < 8; term += 1) {
        const found: [number, number][] = [];
        postings.each(term, (at, marked) => found.push([at, marked]));
        expect(found).toEqual(model.get(term) ?? []);
        expect(postings.count(term)).toBe(found.length);
      }
    }),
    { numRuns: 200 },
  );
});
