import type { SourceLog } from './source-log.ts';

/**
 * `whole`: every history to its end, as the log tells it (all are closed then). `midway`: three of ten are told only
 * up to a moment inside their history, as a desk that is at work sees them.
 */
export type Telling = 'whole' | 'midway';

/** Spreads neighbours: the share that stops midway must not follow the order of the log. */
const scattered = (at: number): number => Math.imul(at + 1, 2_654_435_761) >>> 0;

const rowsTold = (at: number, rows: readonly string[], telling: Telling): readonly string[] => {
  const lot = scattered(at);
  if (telling === 'whole' || rows.length < 2 || lot % 10 >= 3) return rows;
  return rows.slice(0, 1 + ((lot >>> 8) % (rows.length - 1)));
};

export const numberOf = (at: number): string => `INC${String(at + 1).padStart(7, '0')}`;

/** The first `n` of endlessly repeated copies of a log, each incident with a number of its own, line by line. */
export function* renumbered(log: SourceLog, n: number, telling: Telling): Generator<string> {
  yield log.header;
  for (let at = 0; at < n; at += 1) {
    const rows = log.histories[at % log.histories.length] ?? [];
    const number = numberOf(at);
    for (const rest of rowsTold(at, rows, telling)) yield number + rest;
  }
}
