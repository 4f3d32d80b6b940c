import { parse } from 'csv-parse/browser/esm/sync';
import { stringify } from 'csv-stringify/browser/esm/sync';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { passOver } from './pass-over.ts';

const letter = fc.constantFrom('a', '"', ',', '\n', '\r\n', '\r', ' ');
const cell = fc.array(letter, { maxLength: 6 }).map((letters) => letters.join(''));

it('finds the end of any record that a writer of CSV wrote, however the text is cut', () => {
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1, maxLength: 4 }), fc.array(fc.nat(60), { maxLength: 6 }), (cells, at) => {
      const record = stringify([cells], { quoted_match: /[\r\n]/, record_delimiter: '\n' });
      fc.pre(parse(record, { relax_column_count: true, record_delimiter: ['\r\n', '\n', '\r'] }).length === 1);
      const text = `${record}next,row\n`;
      const cuts = [...new Set(at.map((place) => place % text.length))].sort((a, b) => a - b);
      const pieces = [...cuts, text.length].map((end, index) => text.slice(cuts[index - 1] ?? 0, end));
      const following = passOver(',', false, ',');
      let rest: string | null = null;
      for (const piece of pieces) rest = rest === null ? following.take(piece) : rest + piece;
      expect(rest).toBe('next,row\n');
      expect(following.breaks).toBe(record.match(/\r\n|\n|\r/g)?.length);
    }),
  );
});
