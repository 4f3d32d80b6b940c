import { type CsvError, parse } from 'csv-parse/browser/esm';

/** A row with the 1-based physical line on which it starts. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
  readonly problem: null | 'cellTooLong' | 'unclosedQuote';
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
 * `CsvStreamBroken` when the bytes themselves end early (a cut gzip); all rows before that were yielded.
 */
export async function* readRows(text: ReadableStream<string>, delimiter: string): AsyncGenerator<CsvRow[]> {
  let rows: CsvRow[] = [];
  let nextLine = 1;
  const take = (cells: readonly string[], problem: CsvRow['problem']) => {
    rows.push({ line: nextLine, cells: problem ? cutCells(cells) : cells, problem });
    nextLine += 1 + breaksIn(cells);
  };
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
  const drained = () => {
    const full = rows;
    rows = [];
    return full;
  };
  const reader = text.getReader();
  try {
    while (true) {
      const { done, value } = await readOrBreak(reader);
      if (done) break;
      await new Promise<void>((resolve, reject) => {
        parser.write(value, (error) => (error ? reject(error) : resolve()));
      });
      if (rows.length > 0) yield drained();
    }
    await new Promise<void>((resolve, reject) => {
      parser.on('error', reject);
      parser.end(() => resolve());
    });
    if (rows.length > 0) yield drained();
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function readOrBreak(reader: ReadableStreamDefaultReader<string>) {
  try {
    return await reader.read();
  } catch (cause) {
    throw new CsvStreamBroken('the file ends in the middle of its compressed data', { cause });
  }
}
