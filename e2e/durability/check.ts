import type { Page } from '@playwright/test';
import { after, type Deed, type Known, type Ledger } from './ledger.ts';
import { allRows, expectReady, type Row, sortedLines, timelineLines } from './reading.ts';

/** What a look at the desk found wrong; all zero is what the house promises. */
export interface Findings {
  /** Saved changes that are not there. */
  readonly lost: readonly string[];
  /** Things that are there more often than they were done. */
  readonly doubled: readonly string[];
  /** Things nobody did. */
  readonly strange: readonly string[];
  /** The last deed, of which nobody had said that it was saved: there, not there, or none under way. */
  readonly undecided: 'there' | 'not there' | 'none';
}

const same = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((line, at) => line === b[at]);

const stateOf = (row: Row) => row.state.split(',')[0] ?? '';
const fits = (row: Row, known: Known) =>
  row.shortDescription === known.shortDescription && stateOf(row) === known.state;

/** What is in `lines` more often than in `others`. */
function surplus(lines: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return lines.filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/**
 * Holds the desk against the ledger: every row of every incident, and every timeline line of those named in `deep`.
 * What was undecided is settled by what is found.
 */
export async function checkDesk(page: Page, ledger: Ledger, deep: Iterable<string>): Promise<Findings> {
  const findings = { lost: [] as string[], doubled: [] as string[], strange: [] as string[] };
  await expectReady(page);
  const rows = await allRows(page);
  const { undecided } = ledger;
  const looked = new Set(deep);
  if (undecided?.do === 'record') settleRecord(rows, undecided, ledger, looked);
  if (undecided && undecided.do !== 'record') looked.add(undecided.number);
  for (const number of looked) compare(await timelineLines(page, number), number, ledger, findings);
  const decided = ledger.undecided === null;
  ledger.forgotten();
  compareRows(rows, ledger, findings);
  ledger.touched.clear();
  return { ...findings, undecided: !undecided ? 'none' : decided ? 'there' : 'not there' };
}

/** An incident that was being recorded is found by its text, under a number nobody has seen yet. */
function settleRecord(rows: readonly Row[], deed: Deed & { do: 'record' }, ledger: Ledger, looked: Set<string>): void {
  const row = rows.find((one) => one.shortDescription === deed.shortDescription && !ledger.incidents.has(one.number));
  if (!row) return;
  ledger.found(row.number);
  looked.add(row.number);
}

interface Wrong {
  readonly lost: string[];
  readonly doubled: string[];
  readonly strange: string[];
}

function compare(found: readonly string[], number: string, ledger: Ledger, wrong: Wrong): void {
  const known = ledger.get(number);
  const deed = ledger.undecided;
  const isItsDeed = deed !== null && deed.do !== 'record' && deed.number === number;
  if (isItsDeed && same(found, sortedLines(after(known, deed)))) {
    ledger.found(number);
    return;
  }
  const expected = sortedLines(known);
  for (const line of surplus(expected, found)) wrong.lost.push(`${number}: ${line}`);
  for (const line of surplus(found, expected)) {
    (expected.includes(line) ? wrong.doubled : wrong.strange).push(`${number}: ${line}`);
  }
}

function compareRows(rows: readonly Row[], ledger: Ledger, wrong: Wrong): void {
  const byNumber = new Map<string, Row>();
  const texts = new Set<string>();
  for (const row of rows) {
    if (byNumber.has(row.number) || texts.has(row.shortDescription)) wrong.doubled.push(`row ${row.number}`);
    byNumber.set(row.number, row);
    texts.add(row.shortDescription);
    if (!ledger.incidents.has(row.number)) wrong.strange.push(`row ${row.number} ${row.shortDescription}`);
  }
  for (const known of ledger.incidents.values()) {
    const row = byNumber.get(known.number);
    if (!row) wrong.lost.push(`row ${known.number} ${known.shortDescription}`);
    else if (!fits(row, known)) wrong.lost.push(`row ${known.number}: ${row.shortDescription}, ${row.state}`);
  }
}
