import { advantage, type Figure } from './figure.ts';

const HEAD = ['', 'incidents', 'unit', 'ours', 'peer', 'theirs', 'ours is'] as const;
const RIGHT = new Set([1, 3, 5, 6]);

const amount = (value: number): string =>
  Math.abs(value) >= 1_000 ? Math.round(value).toLocaleString('en-US') : String(value);

const times = (value: number): string => (value >= 1 ? `${digits(value)}× better` : `${digits(1 / value)}× worse`);
const digits = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2));

/** One row a peer; a measurement's own values stand in its first row. */
const rowsOf = (figure: Figure): string[][] => {
  const own = [figure.id, amount(figure.n), figure.unit, amount(figure.ours)];
  const peers = Object.entries(figure.peers);
  if (peers.length === 0) return [[...own, '–', '–', '–']];
  return peers.map(([name, value], index) => [
    ...(index === 0 ? own : ['', '', '', '']),
    name,
    amount(value),
    times(advantage(figure, value)),
  ]);
};

/** A Markdown table that also reads well in a terminal. */
export const table = (figures: readonly Figure[]): string => {
  const rows = [[...HEAD], ...figures.flatMap(rowsOf)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length), 3));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, at) => (RIGHT.has(at) ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0))).join(' | ')} |`;
  const rule = `| ${widths.map((width, at) => (RIGHT.has(at) ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width))).join(' | ')} |`;
  const [head = [], ...body] = rows;
  const notes = figures
    .filter((figure) => figure.note)
    .map((figure) => `${figure.id} (${amount(figure.n)}): ${figure.note}`);
  return [line(head), rule, ...body.map(line), ...(notes.length > 0 ? ['', ...notes] : [])].join('\n');
};
