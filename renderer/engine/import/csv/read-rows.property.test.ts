import { stringify } from 'csv-stringify/browser/esm/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CsvRow, readRows } from './read-rows.ts';

/** A text handed over in pieces, as a file is. */
const pieces = (parts: readonly string[]) =>
  new ReadableStream<string>({
    start(controller) {
      for (const part of parts) controller.enqueue(part);
      controller.close();
    },
  });

async function rowsOf(parts: readonly string[], delimiter: string): Promise<CsvRow[]> {
  const rows: CsvRow[] = [];
  for await (const some of readRows(pieces(parts), delimiter)) rows.push(...some);
  return rows;
}

/** The text cut at the given places, never within a character: a decoder does not either. */
function cut(text: string, places: readonly number[]): string[] {
  const letters = [...text];
  const at = [...new Set(places.map((place) => place % (letters.length + 1)))].sort((a, b) => a - b);
  return [...at, letters.length].map((end, index) => letters.slice(at[index - 1] ?? 0, end).join(''));
}

const delimiter = fc.constantFrom(',', ';', '\t', '|');
const lineBreak = fc.constantFrom('\n', '\r\n', '\r');
const letter = fc.constantFrom('a', 'é', '"', ',', ';', '\t', '|', '\n', '\r\n', ' ', '=', '\u{1F600}', '?');
const cell = fc.array(letter, { maxLength: 8 }).map((letters) => letters.join(''));
const table = fc
  .integer({ min: 1, max: 5 })
  .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 12 }));
const places = fc.array(fc.nat(400), { maxLength: 12 });
/** Anything at all that looks a little like CSV: quotes open and close where they like. */
const noise = fc.array(letter, { maxLength: 60 }).map((letters) => letters.join(''));

describe('readRows', { timeout: 60_000 }, () => {
  it('gives back every cell that a writer of CSV wrote, with the line on which its row begins', async () => {
    await fc.assert(
      fc.asyncProperty(table, delimiter, lineBreak, places, async (cells, mark, between, at) => {
        const writing = { delimiter: mark, record_delimiter: between, quoted_match: /[\r\n]/ };
        const written = cells.map((row) => stringify([row], writing));
        const rows = await rowsOf(cut(written.join(''), at), mark);
        const read = rows.map((row) => row.cells);
        expect(read).toEqual(cells);
        expect(rows.every((row) => row.problem === null && !row.atEnd)).toBe(true);
        let line = 1;
        for (const [index, text] of written.entries()) {
          expect(rows[index]?.line).toBe(line);
          line += text.match(/\r\n|\n|\r/g)?.length ?? 0;
        }
      }),
    );
  });

  it('reads the same rows however the text is cut', async () => {
    await fc.assert(
      fc.asyncProperty(noise, delimiter, places, async (text, mark, at) => {
        const whole = await rowsOf([text], mark);
        expect(await rowsOf(cut(text, at), mark)).toEqual(whole);
        expect(await rowsOf([...text], mark)).toEqual(whole);
      }),
    );
  });

  it('reads a text without quotes as the parser for quotes would', async () => {
    const plain = noise.map((text) => text.replaceAll('"', ''));
    await fc.assert(
      fc.asyncProperty(plain, delimiter, async (text, mark) => {
        // A quoted cell in front makes the parser for quotes read everything after it.
        const rows = await rowsOf([`"q"\n${text}`], mark);
        expect(await rowsOf([`q\n${text}`], mark)).toEqual(rows);
      }),
    );
  });
});
