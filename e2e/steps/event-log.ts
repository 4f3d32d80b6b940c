import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { type ImportFile, testData } from './importing.ts';

/** What the event log says of one of its incidents. */
export interface ToldIncident {
  readonly number: string;
  readonly priority: number;
  /** Entries of its history. */
  readonly entries: number;
}

const LOG = 'uci-incident-event-log/incident_event_log.csv.gz';

/** The event log of the first `count` incidents of the real one, all of them closed, and what it says of them. */
export function firstOfEventLog(count: number): { readonly file: ImportFile; readonly told: readonly ToldIncident[] } {
  // Neither quoted cells nor numbers that come back after others: a line is a row, rows of an incident stand together.
  const [header = '', ...rows] = gunzipSync(readFileSync(testData(LOG)))
    .toString('utf8')
    .trimEnd()
    .split('\n');
  const priorityAt = header.split(',').indexOf('priority');
  const told: ToldIncident[] = [];
  let end = 0;
  for (const row of rows) {
    const cells = row.split(',');
    const number = cells[0] ?? '';
    const priority = Number.parseInt(cells[priorityAt] ?? '', 10);
    const last = told.at(-1);
    if (last?.number === number) told[told.length - 1] = { number, priority, entries: last.entries + 1 };
    else if (told.length === count) break;
    else told.push({ number, priority, entries: 1 });
    end += 1;
  }
  if (end === rows.length) return { file: testData(LOG), told };
  return { file: { name: 'event log.csv', content: `${[header, ...rows.slice(0, end)].join('\n')}\n` }, told };
}
