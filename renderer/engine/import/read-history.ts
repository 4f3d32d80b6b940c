import type { ColumnMapping, ImportTarget, RowIssue } from '#contracts/import/import.ts';
import type { ImportPreset } from '#contracts/import/preset.ts';
import type { Id } from '#domain/activity/activity.ts';
import { contentOf, observedIncidentId, observedIncidentIdByContent } from '#domain/history/observe.ts';
import { shortDescriptionOf } from '#domain/history/observed-fields-of-row.ts';
import type { SourceRow } from '#domain/history/source-row.ts';
import { type CsvRow, readRows } from './csv/read-rows.ts';
import type { TextSource } from './csv/source.ts';
import { rowMapper } from './mapping.ts';

/** All rows of one incident, in the file's order. */
export interface IncidentRows {
  readonly incidentId: Id;
  readonly externalNumber: string | null;
  readonly rows: readonly SourceRow[];
  /** The last line of what was told before where this is told again; 0 for a history told first. */
  readonly toldThrough: number;
}

export interface ReadCounts {
  rows: number;
  rowsBlank: number;
  rowsRefused: number;
}

export interface ReadHistoryOptions {
  readonly mapping: ColumnMapping;
  readonly preset: ImportPreset;
  readonly counts: ReadCounts;
  readonly issue: (issue: RowIssue) => void;
  readonly onBytes: (taken: number) => void;
  /** Targets that a column of the file feeds. */
  readonly named: ReadonlySet<ImportTarget>;
}

const VALUE_CUT = 200;

/**
 * Groups a file's rows by incident, a few at a time. Rows of one incident usually stand together; a number that comes
 * back later is read again from the start in a second pass, so that its history is told whole (what is already there
 * is left out by its ids).
 */
export async function* readHistory(source: TextSource, options: ReadHistoryOptions): AsyncGenerator<IncidentRows[]> {
  const grouping = groupByIncident(options);
  for await (const rows of mappedRows(source, options)) {
    const groups = rows.flatMap((row) => grouping.add(row));
    if (groups.length > 0) yield groups;
  }
  const last = grouping.end();
  if (last.length > 0) yield last;
  if (grouping.returned.size > 0) yield* wholeHistories(source, options, grouping.returned);
}

/** Second pass: every row of the numbers that came back after others. */
async function* wholeHistories(
  source: TextSource,
  options: ReadHistoryOptions,
  told: ReadonlyMap<string, number>,
): AsyncGenerator<IncidentRows[]> {
  const byNumber = new Map<string, SourceRow[]>([...told.keys()].map((number) => [number, []]));
  const silent = { ...options, counts: { rows: 0, rowsBlank: 0, rowsRefused: 0 }, issue: () => undefined };
  for await (const rows of mappedRows(source, silent)) {
    for (const row of rows) byNumber.get(row.values.number ?? '')?.push(row);
  }
  yield [...byNumber].map(([number, rows]) => ({
    incidentId: observedIncidentId(options.preset.source, number),
    externalNumber: number,
    rows,
    toldThrough: told.get(number) ?? 0,
  }));
}

function groupByIncident({ preset: { source }, issue, mapping }: ReadHistoryOptions) {
  const versionColumn = mapping.columns.find(({ target }) => target === 'rowVersion')?.header ?? null;
  /** Numbers whose rows were told, with the last line of them. */
  const finished = new Map<string, number>();
  const returned = new Map<string, number>();
  const ordinals = new Map<string, number>();
  let open: { number: string; rows: SourceRow[] } | null = null;
  const close = (): IncidentRows[] => {
    if (open === null) return [];
    const { number, rows } = open;
    finished.set(number, rows.at(-1)?.line ?? 0);
    open = null;
    return [{ incidentId: observedIncidentId(source, number), externalNumber: number, rows, toldThrough: 0 }];
  };
  const alone = (row: SourceRow): IncidentRows => {
    const content = contentOf(row);
    const ordinal = ordinals.get(content) ?? 0;
    ordinals.set(content, ordinal + 1);
    const incidentId = observedIncidentIdByContent(source, content, ordinal);
    return { incidentId, externalNumber: null, rows: [row], toldThrough: 0 };
  };
  return {
    returned,
    add(row: SourceRow): IncidentRows[] {
      const number = row.values.number;
      if (number === undefined) return [...close(), alone(row)];
      if (open?.number === number) {
        if (goesBack(open.rows.at(-1), row)) {
          issue(noted(row.line, 'rowVersionGoesBack', row.values.rowVersion ?? '', versionColumn));
        }
        open.rows.push(row);
        return [];
      }
      const done = close();
      const toldThrough = finished.get(number);
      if (toldThrough !== undefined) returned.set(number, toldThrough);
      else open = { number, rows: [row] };
      return done;
    },
    end: close,
  };
}

/** Rows that can become incidents; all others are counted and reported with their line. */
async function* mappedRows(source: TextSource, options: ReadHistoryOptions): AsyncGenerator<SourceRow[]> {
  const toRow = rowMapper(options.mapping, options.preset);
  const width = options.mapping.columns.length;
  let header = options.mapping.hasHeader;
  for await (const some of readRows(source.open(options.onBytes), options.mapping.delimiter)) {
    const rows: SourceRow[] = [];
    for (const row of some) {
      if (header) {
        header = false;
        continue;
      }
      if (isBlank(row)) {
        options.counts.rowsBlank += 1;
        continue;
      }
      options.counts.rows += 1;
      const refusal = refusalOf(row, width);
      if (refusal) {
        options.counts.rowsRefused += 1;
        options.issue(refusal);
        continue;
      }
      const mapped = toRow(row.cells, row.line);
      noteOddities(row, mapped, options);
      rows.push(mapped);
    }
    if (rows.length > 0) yield rows;
  }
}

const isBlank = (row: CsvRow) => row.problem === null && row.cells.every((cell) => cell.trim() === '');

const refused = (line: number, code: RowIssue['code'], value: string, column: string | null = null): RowIssue => ({
  line,
  severity: 'refused',
  code,
  column,
  value: value.slice(0, VALUE_CUT),
});

const noted = (...parts: Parameters<typeof refused>): RowIssue => ({ ...refused(...parts), severity: 'noted' });

function refusalOf(row: CsvRow, width: number): RowIssue | null {
  if (row.problem !== null) return refused(row.line, row.problem, row.cells.join(' '));
  if (row.cells.length === width) return null;
  if (row.atEnd && row.cells.length < width) return refused(row.line, 'truncatedRow', row.cells.join(' '));
  return refused(row.line, 'cellCountDiffers', `${row.cells.length} / ${width}`);
}

/** A source numbers the versions of an incident upwards; a lower one after a higher one is worth a look. */
function goesBack(before: SourceRow | undefined, now: SourceRow): boolean {
  const [from, to] = [Number(before?.values.rowVersion), Number(now.values.rowVersion)];
  return to < from;
}

/** What is odd about a row that is taken all the same. */
function noteOddities(row: CsvRow, mapped: SourceRow, options: ReadHistoryOptions): void {
  const note = (code: RowIssue['code'], value: string) => options.issue(noted(row.line, code, value));
  const lacks = (target: 'number' | 'openedAt') => options.named.has(target) && mapped.values[target] === undefined;
  const bad = row.cells.find((cell) => cell.includes('\uFFFD'));
  if (bad !== undefined) note('badEncoding', bad);
  if (shortDescriptionOf(mapped, options.preset) === undefined) note('missingShortDescription', row.cells.join(' '));
  if (lacks('number')) note('missingNumber', row.cells.join(' '));
  if (lacks('openedAt')) note('missingOpenedAt', row.cells.join(' '));
}
