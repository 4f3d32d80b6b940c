import { type CsvError, parse } from 'csv-parse/browser/esm';
import { plainRows } from './plain-rows.ts';
import { FileUnreadable } from './source.ts';

/** A row with the 1-based physical line on which it starts. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
  readonly problem: null | 'cellTooLong' | 'unclosedQuote';
  /** True for a last row that no line break ends: the file may have been cut off in it. */
  readonly atEnd: boolean;
}

/** A cell longer than this refuses its row: no text of an incident is that long, and memory stays bounded. */
export const MAX_CELL_CHARACTERS = 200_000;
/** A record longer than this is passed over while it is read, whatever it holds. */
const MAX_RECORD_CHARACTERS = 8_000_000;

export class CsvStreamBroken extends Error {
  override readonly name = 'CsvStreamBroken';
}

/** Line breaks inside cells, CRLF counted once: what tells a row's physical line from its ordinal. */
function breaksIn(cells: readonly string[]): number {
  let count = 0;
  for (const cell of cells) if (/[\r\n]/.test(cell)) count += cell.match(/\r\n|\n|\r/g)?.length ?? 0;
  return count;
}

const CUT = 200;
const tooLong = (cells: readonly string[]) => cells.some((cell) => cell.length > MAX_CELL_CHARACTERS);
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

type Take = (cells: readonly string[], problem: CsvRow['problem']) => void;

/** Gives each row its physical line. */
function countLines(): { readonly take: Take; rows(unended?: boolean): Generator<CsvRow[]> } {
  let rows: CsvRow[] = [];
  let nextLine = 1;
  return {
    take: (cells, problem) => {
      rows.push({ line: nextLine, cells: problem ? cutCells(cells) : cells, problem, atEnd: false });
      nextLine += 1 + breaksIn(cells);
    },
    *rows(unended = false) {
      const last = rows.at(-1);
      if (unended && last) rows[rows.length - 1] = { ...last, atEnd: true };
      if (rows.length > 0) yield rows;
      rows = [];
    },
  };
}

interface QuotedParser {
  write(text: string): Promise<void>;
  end(text: string): Promise<void>;
}

/** The parser that knows quotes; `text` begins at the beginning of a row. */
function quotedParser(delimiter: string, take: Take): QuotedParser {
  const parser = parse({
    delimiter,
    max_record_size: MAX_RECORD_CHARACTERS,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    skip_records_with_error: true,
    on_record: (cells: string[]) => {
      take(cells, tooLong(cells) ? 'cellTooLong' : null);
      return null;
    },
    on_skip: (error: CsvError | undefined) => {
      take([], error?.code === 'CSV_QUOTE_NOT_CLOSED' ? 'unclosedQuote' : 'cellTooLong');
      return undefined;
    },
  });
  // Nothing is ever pushed to the readable side (on_record returns null), but it must flow for `end` to arrive.
  parser.resume();
  const write = (text: string) =>
    new Promise<void>((resolve, reject) => {
      parser.write(text, (error) => (error ? reject(error) : resolve()));
    });
  return {
    write,
    end: async (text) => {
      if (text !== '') await write(text);
      await new Promise<void>((resolve, reject) => {
        parser.on('error', reject);
        parser.end(() => resolve());
      });
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
