import { type CsvError, parse } from 'csv-parse/browser/esm';
import { type PassOver, passOver } from './pass-over.ts';

/** A cell longer than this refuses its row: no text of an incident is that long, and memory stays bounded. */
export const MAX_CELL_CHARACTERS = 200_000;
/** A record longer than this is passed over while it is read, whatever it holds. */
const MAX_RECORD_CHARACTERS = 8_000_000;
/** Written to the parser at once: a record too long to hold always began in an earlier piece. */
const PIECE = 1_000_000;

export type Problem = null | 'cellTooLong' | 'unclosedQuote';
/** @param breaks line breaks inside the record, where its cells do not tell */
export type Take = (cells: readonly string[], problem: Problem, breaks?: number) => void;

export const tooLong = (cells: readonly string[]) => cells.some((cell) => cell.length > MAX_CELL_CHARACTERS);

/** Line breaks inside cells, CRLF counted once: what tells a row's physical line from its ordinal. */
export function breaksIn(cells: readonly string[]): number {
  let count = 0;
  for (const cell of cells) if (/[\r\n]/.test(cell)) count += cell.match(/\r\n|\n|\r/g)?.length ?? 0;
  return count;
}

export interface QuotedParser {
  write(text: string): Promise<void>;
  end(text: string): Promise<void>;
}

/** The parser itself: rows to `take`; `tooLarge` when it gave up on a record, and with it on all that follows. */
function parserOf(delimiter: string, take: Take, tooLarge: () => void) {
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
      if (error?.code === 'CSV_MAX_RECORD_SIZE') tooLarge();
      else take([], error?.code === 'CSV_QUOTE_NOT_CLOSED' ? 'unclosedQuote' : 'cellTooLong');
      return undefined;
    },
  });
  // Nothing is ever pushed to the readable side (on_record returns null), but it must flow for `end` to arrive.
  parser.resume();
  return {
    write: (text: string) =>
      new Promise<void>((resolve, reject) => {
        parser.write(text, (error) => (error ? reject(error) : resolve()));
      }),
    end: () =>
      new Promise<void>((resolve, reject) => {
        parser.on('error', reject);
        parser.end(() => resolve());
      }),
    isQuoting: () => (parser as unknown as { readonly state: { readonly quoting: boolean } }).state.quoting,
  };
}

/**
 * The parser that knows quotes; `text` begins at the beginning of a row. A record too long to hold is one refused
 * row: it is followed to its end, and a new parser reads on from there.
 */
export function quotedParser(delimiter: string, take: Take): QuotedParser {
  let isTooLarge = false;
  let passing: PassOver | null = null;
  /** Line breaks written to the parser, less those of the rows it gave: those of the record it is in. */
  let open = 0;
  let endsInReturn = false;
  let last = delimiter;
  const count = (text: string) => {
    open += breaksIn([text]) - (endsInReturn && text.startsWith('\n') ? 1 : 0);
    endsInReturn = text.endsWith('\r');
  };
  const begin = () =>
    parserOf(
      delimiter,
      (cells, problem) => {
        open -= 1 + breaksIn(cells);
        take(cells, problem);
      },
      () => {
        isTooLarge = true;
      },
    );
  let parser = begin();

  const writePiece = async (text: string): Promise<void> => {
    if (passing === null) {
      const quoting = parser.isQuoting();
      const previous = last;
      const before = open;
      const hadReturn = endsInReturn;
      count(text);
      last = text.at(-1) ?? last;
      await parser.write(text);
      if (!isTooLarge) return;
      open = before;
      passing = passOver(delimiter, quoting, previous);
      // A line break cut in two between the pieces was counted with the first.
      if (hadReturn && text.startsWith('\n')) open -= 1;
    }
    const rest = passing.take(text);
    if (rest === null) return;
    take([], 'cellTooLong', open + passing.breaks - 1);
    reset();
    if (rest !== '') await writePiece(rest);
  };

  const reset = () => {
    passing = null;
    isTooLarge = false;
    open = 0;
    endsInReturn = false;
    parser = begin();
  };

  const write = async (text: string) => {
    for (let at = 0, to = 0; at < text.length; at = to) {
      // Never between the two halves of a character.
      to = at + PIECE + (/[\ud800-\udbff]/.test(text[at + PIECE - 1] ?? '') ? 1 : 0);
      await writePiece(text.slice(at, to));
    }
  };

  return {
    write,
    end: async (text) => {
      await write(text);
      if (passing === null) await parser.end();
      else take([], passing.quoting ? 'unclosedQuote' : 'cellTooLong', open + passing.breaks);
    },
  };
}
