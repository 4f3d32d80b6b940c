import { plainRows } from './plain-rows.ts';
import {
  breaksIn,
  MAX_CELL_CHARACTERS,
  type Problem,
  type QuotedParser,
  quotedParser,
  type Take,
  tooLong,
} from './quoted-parser.ts';
import { FileUnreadable } from './source.ts';

/** A row with the 1-based physical line on which it starts. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
  readonly problem: Problem;
  /** True for a last row that no line break ends: the file may have been cut off in it. */
  readonly atEnd: boolean;
}

export class CsvStreamBroken extends Error {
  override readonly name = 'CsvStreamBroken';
}

const CUT = 200;
const cutCells = (cells: readonly string[]) => cells.map((cell) => cell.slice(0, CUT));

/**
 * Rows of a CSV text, chunk by chunk. Quoted line breaks, mixed line endings and quotes in the middle of a cell are
 * read as they stand. A quote that is never closed gives one last row with the problem `unclosedQuote`. Throws
 * `CsvStreamBroken` when the bytes themselves end early (a cut gzip), `FileUnreadable` when the file cannot be read
 * any more; all rows before that were yielded.
 */
export async function* readRows(text: ReadableStream<string>, delimiter: string): AsyncGenerator<CsvRow[]> {
  const counted = countLines();
  const reader = text.getReader();
  let parser: QuotedParser | null = null;
  let rest = '';
  let broken = true;
  try {
    while (true) {
      const { done, value } = await readOrBreak(reader);
      if (done) break;
      if (value !== '') broken = /[\r\n]$/.test(value);
      if (parser === null) {
        // Until the first quote, and in most event logs there is none, splitting reads the same rows far faster.
        const plain = plainRows(rest + value, delimiter);
        for (const cells of plain.rows) counted.take(cells, tooLong(cells) ? 'cellTooLong' : null);
        rest = plain.rest;
        if (plain.quoted || rest.length > MAX_CELL_CHARACTERS) {
          parser = quotedParser(delimiter, counted.take);
          await parser.write(rest);
          rest = '';
        }
      } else await parser.write(value);
      yield* counted.rows();
    }
    // A last row without a line break, or with a quote that the parser still waits to see closed.
    if (rest !== '') parser = quotedParser(delimiter, counted.take);
    await parser?.end(rest);
    yield* counted.rows(!broken);
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** Gives each row its physical line. */
function countLines(): { readonly take: Take; rows(unended?: boolean): Generator<CsvRow[]> } {
  let rows: CsvRow[] = [];
  let nextLine = 1;
  return {
    take: (cells, problem, breaks = breaksIn(cells)) => {
      rows.push({ line: nextLine, cells: problem ? cutCells(cells) : cells, problem, atEnd: false });
      nextLine += 1 + breaks;
    },
    *rows(unended = false) {
      const last = rows.at(-1);
      if (unended && last) rows[rows.length - 1] = { ...last, atEnd: true };
      if (rows.length > 0) yield rows;
      rows = [];
    },
  };
}

async function readOrBreak(reader: ReadableStreamDefaultReader<string>) {
  try {
    return await reader.read();
  } catch (cause) {
    if (cause instanceof FileUnreadable) throw cause;
    throw new CsvStreamBroken('the file ends in the middle of its compressed data', { cause });
  }
}
