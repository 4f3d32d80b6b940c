import { parse } from 'csv-parse/browser/esm/sync';

/** How many bytes of the (unpacked) file detection looks at. */
export const HEAD_BYTES = 256 * 1024;

export type TextEncodingName = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

export const isGzip = (head: Uint8Array): boolean => head[0] === 0x1f && head[1] === 0x8b;

const startsWith = (bytes: Uint8Array, ...mark: number[]) => mark.every((byte, at) => bytes[at] === byte);

/** Share of NUL bytes at even and at odd places: text in UTF-16 has nearly all of them on one side. */
function nulShares(head: Uint8Array): { even: number; odd: number } {
  const counts = [0, 0];
  for (let at = 0; at < head.length; at += 1) if (head[at] === 0) counts[at % 2] = (counts[at % 2] ?? 0) + 1;
  const half = Math.max(1, head.length / 2);
  return { even: (counts[0] ?? 0) / half, odd: (counts[1] ?? 0) / half };
}

function isUtf8(head: Uint8Array): boolean {
  // A character may be cut at the end of the head: up to three bytes are given the benefit of the doubt.
  for (let cut = 0; cut <= 3 && cut < head.length; cut += 1) {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(head.subarray(0, head.length - cut));
      return true;
    } catch {
      // try again with one byte less
    }
  }
  return head.length === 0;
}

/** The encoding of a text, or null for bytes that are no text. A byte order mark decides; else the bytes do. */
export function detectEncoding(head: Uint8Array): TextEncodingName | null {
  if (startsWith(head, 0xef, 0xbb, 0xbf)) return 'utf-8';
  if (startsWith(head, 0xff, 0xfe)) return 'utf-16le';
  if (startsWith(head, 0xfe, 0xff)) return 'utf-16be';
  const nul = nulShares(head);
  if (nul.odd > 0.4 && nul.even < 0.05) return 'utf-16le';
  if (nul.even > 0.4 && nul.odd < 0.05) return 'utf-16be';
  if (nul.even > 0 || nul.odd > 0 || controlShare(head) > 0.02) return null;
  return isUtf8(head) ? 'utf-8' : 'windows-1252';
}

/** Share of control characters that no text file has (tab, line feed, form feed, return and escape are fine). */
function controlShare(head: Uint8Array): number {
  let count = 0;
  for (const byte of head) if (byte < 32 && ![9, 10, 12, 13, 27].includes(byte)) count += 1;
  return count / Math.max(1, head.length);
}

const DELIMITERS = [',', ';', '\t', '|'];

function columnCounts(text: string, delimiter: string): number[] {
  const rows: string[][] = parse(text, {
    delimiter,
    bom: true,
    to: 40,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    record_delimiter: ['\r\n', '\n', '\r'],
  });
  return rows.map((row) => row.length);
}

/** The delimiter that splits the first rows into the most columns with the fewest odd rows. */
export function detectDelimiter(headText: string): string {
  let best = { delimiter: ',', score: 0 };
  for (const delimiter of DELIMITERS) {
    const counts = columnCounts(headText, delimiter);
    const first = counts[0] ?? 1;
    const agreeing = counts.filter((count) => count === first).length / Math.max(1, counts.length);
    const score = first > 1 ? agreeing * Math.log2(first + 1) : 0;
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}
