/** What `plainRows` could read by itself, and what it must leave to the parser that knows quotes. */
export interface PlainRows {
  readonly rows: readonly (readonly string[])[];
  /** Text after the last whole row: the beginning of a row, or everything from a row with a quote on. */
  readonly rest: string;
  /** True once `rest` holds a quote: from here on line breaks and delimiters may stand inside cells. */
  readonly quoted: boolean;
}

/**
 * Rows of a text without quotes, by splitting: twenty times as fast as reading character by character. Reads up to
 * the row with the first quote. `text` must begin at the beginning of a row.
 */
export function plainRows(text: string, delimiter: string): PlainRows {
  const quote = text.indexOf('"');
  const plain = quote < 0 ? text : text.slice(0, quote);
  const end = endOfRows(plain);
  const rows = end === 0 ? [] : linesOf(plain.slice(0, end)).map((line) => line.split(delimiter));
  return { rows, rest: text.slice(end), quoted: quote >= 0 };
}

/** Just after the last line break. A return at the very end may be half of a CRLF, so it waits for what follows. */
function endOfRows(text: string): number {
  const settled = text.endsWith('\r') ? text.slice(0, -1) : text;
  return Math.max(settled.lastIndexOf('\n'), settled.lastIndexOf('\r')) + 1;
}

function linesOf(text: string): string[] {
  const lines = text.includes('\r') ? text.split(/\r\n|\n|\r/) : text.split('\n');
  lines.pop();
  return lines;
}
