import { stringify } from 'csv-stringify/browser/esm/sync';
import type { RowIssue } from '#contracts/import/import.ts';
import type { Words } from '#renderer/words/areas.ts';

/** Rows written at a time: the window stays fluent while a long report is made. */
const AT_ONCE = 1_000;

/** The report as CSV. A cell that a spreadsheet would take for a formula is defused. */
export async function reportCsv(
  issues: readonly RowIssue[],
  say: Words<'import'>,
  reasons: Words<'errors'>,
): Promise<string> {
  const write = (rows: readonly (readonly (string | number | null)[])[]) =>
    stringify([...rows], { escape_formulas: true, record_delimiter: 'windows' });
  const parts = [
    '\uFEFF',
    write([[say('csv.line'), say('csv.severity'), say('csv.column'), say('csv.reason'), say('csv.value')]]),
  ];
  for (let at = 0; at < issues.length; at += AT_ONCE) {
    const some = issues.slice(at, at + AT_ONCE);
    parts.push(write(some.map((issue) => rowOf(issue, say, reasons))));
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return parts.join('');
}

const rowOf = ({ line, severity, column, code, value }: RowIssue, say: Words<'import'>, reasons: Words<'errors'>) => [
  line,
  say(`severity.${severity}`),
  column,
  reasons(`row.${code}`),
  value,
];
