import { existsSync, openAsBlob, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { ImportReport } from '#contracts/import/import.ts';
import { importInPlace } from './testing/import-in-place.ts';
import { MemorySink } from './testing/memory-sink.ts';

const DATA = process.env.DESKBELL_TEST_DATA ?? join(import.meta.dirname, '../../../../shared/data');
const present = existsSync(DATA);
if (!present) process.stdout.write(`import of real files not tested: no test data at ${DATA}\n`);
const real = describe.skipIf(!present);
const file = (name: string) => openAsBlob(join(DATA, name));
const text = (name: string) => {
  const bytes = readFileSync(join(DATA, name));
  return name.endsWith('.gz') ? gunzipSync(bytes) : bytes;
};

async function imported(
  blob: Blob,
  sink = new MemorySink(),
  zone = 'UTC',
  source?: string,
): Promise<{ report: ImportReport; sink: MemorySink }> {
  const { progress, preview } = await importInPlace(blob, sink, { zone, ...(source && { source }) });
  if (!progress?.report || progress.phase !== 'done') throw new Error(JSON.stringify(progress?.error ?? preview));
  return { report: progress.report, sink };
}
const tally = (values: readonly (string | number)[]) => {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
};
const unreadDates = (report: ImportReport) => report.issues.filter(({ code }) => code === 'badDate');
const issues = (report: ImportReport) => tally(report.issues.map((issue) => `${issue.severity} ${issue.code}`));

real('the UCI incident event log', { timeout: 240_000 }, () => {
  const part = (rows: number) => {
    const lines = text('uci-incident-event-log/incident_event_log.csv.gz').toString('utf8').split('\n');
    return new Blob([`${lines.slice(0, rows + 1).join('\n')}\n`]);
  };

  it('becomes 24,918 incidents with their whole history, and a part of it imported again adds nothing', async () => {
    const log = await file('uci-incident-event-log/incident_event_log.csv.gz');
    const { report, sink } = await imported(log);
    expect(report).toMatchObject({ rows: 141_712, rowsRefused: 0, incidentsAdded: 24_918, activitiesAdded: 141_712 });
    expect(report.overridesAsImported).toBe(671);
    expect(issues(report)).toMatchObject({ 'noted unknownState': 5, 'noted rowVersionGoesBack': 4 });
    expect(unreadDates(report)).toEqual([]);
    const incidents = sink.incidents();
    expect(tally(incidents.map((incident) => incident.state))).toEqual({ closed: 24_918 });
    expect(tally(incidents.map((incident) => incident.priority))).toEqual({ 1: 270, 2: 408, 3: 23_466, 4: 774 });
    expect(tally(incidents.map((incident) => incident.impact))).toEqual({ 1: 421, 2: 23_746, 3: 751 });
    expect(incidents.filter((incident) => (incident.source?.counters.reopened ?? 0) > 0)).toHaveLength(275);
    expect(Math.max(...incidents.map((incident) => incident.source?.counters.reassignments ?? 0))).toBe(27);
    expect(Math.max(...[...sink.visible.values()].map((activities) => activities.length))).toBe(58);
    expect(tally(incidents.map((incident) => incident.sourceChannel ?? ''))).toMatchObject({ Phone: 24_688, IVR: 9 });

    const again = (await imported(part(10_000), sink)).report;
    expect(again).toMatchObject({ rowsAlreadyThere: 10_000, incidentsAdded: 0, incidentsGrown: 0, activitiesAdded: 0 });
  });

  it('grown since the last import adds only what is new, and knows nothing in hindsight', async () => {
    const sink = new MemorySink();
    const first = (await imported(part(1), sink)).report;
    expect(first).toMatchObject({ incidentsAdded: 1, activitiesAdded: 1 });
    const early = sink.incidents()[0];
    expect(early).toMatchObject({ number: 'INC0000045', state: 'new', resolution: null, closedAt: null });
    const grown = (await imported(part(500), sink)).report;
    expect(grown).toMatchObject({ incidentsGrown: 1, activitiesAdded: 499 });
    const late = sink.incidents()[0];
    expect(late).toMatchObject({ number: 'INC0000045', state: 'closed', resolution: { sourceCode: 'code 5' } });
    expect(late?.closedAt).toBe(Date.UTC(2016, 2, 5, 12, 0));
  });
});

real('other exports', { timeout: 60_000 }, () => {
  it('ServiceNow list: 66 incidents with their states and priorities', async () => {
    const { report, sink } = await imported(await file('itsm-exports/servicenow/incident_list_export.csv'));
    expect(report).toMatchObject({ rows: 66, rowsRefused: 0, incidentsAdded: 66 });
    expect(unreadDates(report)).toEqual([]);
    expect(tally(sink.incidents().map((i) => i.state))).toEqual({ closed: 27, inProgress: 20, new: 12, onHold: 7 });
    expect(tally(sink.incidents().map((i) => i.priority))).toEqual({ 1: 27, 2: 4, 3: 12, 4: 5, 5: 18 });
  });

  it('8,500 plain tickets: mojibake and 13,001 characters survive as they are', async () => {
    const { report, sink } = await imported(await file('it-tickets-text/input_data.csv.gz'));
    expect(report.rows).toBe(8_500);
    expect(report).toMatchObject({ incidentsAdded: 8_500, rowsRefused: 0 });
    expect(unreadDates(report)).toEqual([]);
    const incidents = sink.incidents();
    expect(Math.max(...incidents.map((i) => i.description.length))).toBe(13_001);
    const source = text('it-tickets-text/input_data.csv.gz').toString('utf8');
    const strange = incidents.filter((i) => /Ã|â€|å/.test(i.description));
    expect(strange.length).toBeGreaterThan(300);
    for (const incident of strange) expect(source).toContain(incident.description.replaceAll('"', '""'));
  });

  it('Jira: repeated headers, comments and 739 blank rows', async () => {
    const server = await imported(await file('itsm-exports/jira/jira_server_all_fields_sparse.csv'));
    expect(server.report).toMatchObject({ rows: 1, rowsBlank: 739, incidentsAdded: 1, rowsRefused: 0 });
    expect(server.sink.incidents()[0]).toMatchObject({ number: 'A-3367', counts: { notes: 1 } });
    const cloud = await imported(await file('itsm-exports/jira/jira_cloud_all_fields.csv'));
    expect(cloud.report).toMatchObject({ rows: 2, incidentsAdded: 2, rowsRefused: 0 });
    expect(cloud.sink.incidents()[0]?.openedAt).toBe(Date.UTC(2024, 0, 9, 15, 54));
    expect([...unreadDates(server.report), ...unreadDates(cloud.report)]).toEqual([]);
  });

  it('a file cut off in its last row reports that row and keeps all others', async () => {
    const { report } = await imported(await file('multilingual-tickets/dataset-tickets-multi-lang3-4k.csv.gz'));
    expect(report.rows).toBe(1_168 + report.rowsRefused - (report.rowsRefused > 0 ? 1 : 0));
    expect(report.rowsRefused).toBe(1);
    expect(report.issues.at(-1)).toMatchObject({ severity: 'refused' });
  });
});

describe('files that are not what they should be', { timeout: 60_000 }, () => {
  const csv = (rows: number) =>
    `number,short_description\n${Array.from({ length: rows }, (_, i) => `INC${i},Printer ${i} jams`).join('\n')}\n`;
  const failure = async (blob: Blob) => {
    const { preview, progress } = await importInPlace(blob, new MemorySink());
    return 'code' in preview ? preview.code : (progress?.error?.code ?? progress?.phase);
  };

  it('an empty file, a binary file and a header alone are refused by name', async () => {
    expect(await failure(new Blob([]))).toBe('importEmpty');
    expect(await failure(new Blob([new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0])]))).toBe(
      'importBinary',
    );
    const { preview } = await importInPlace(new Blob(['number,short_description\n']), new MemorySink());
    expect(preview).toMatchObject({ problems: ['noRows'] });
  });

  it('a gzip cut off in the middle leaves nothing behind', async () => {
    const packed = gzipSync(csv(20_000));
    const sink = new MemorySink();
    const { progress } = await importInPlace(new Blob([packed.subarray(0, packed.length / 2)]), sink);
    expect(progress).toMatchObject({ phase: 'failed', error: { code: 'importTruncated' } });
    expect(sink.visible.size).toBe(0);
  });

  it('a cell of a million characters refuses its row only', async () => {
    const { report } = await imported(new Blob([`${csv(2)}INC9,${'x'.repeat(1_000_000)}\nINC10,last\n`]));
    expect(report).toMatchObject({ rows: 4, rowsRefused: 1, incidentsAdded: 3 });
    expect(report.issues[0]).toMatchObject({ line: 4, code: 'cellTooLong' });
  });

  it('a list exported again later brings up to date what changed, and only that', async () => {
    const header = 'number,short_description,caller_id,opened_at,assignment_group,assigned_to,priority,state\n';
    const other = 'INC8,Mouse,Ann,2024-01-02 10:00:00,Desk,Ben,4 - Low,New\n';
    const list = (row: string) => new Blob([`${header}${row}\n${other}`]);
    const { sink } = await imported(
      list('INC7,Printer jams,Ann,2024-01-02 09:00:00,Desk,Ben,3 - Moderate,In Progress'),
    );
    const { report } = await imported(
      list('INC7,Printer jams again,Ann,2024-01-02 09:00:00,Print,,3 - Moderate,On Hold'),
      sink,
    );
    expect(report).toMatchObject({ incidentsAdded: 0, incidentsGrown: 1, incidentsUnchanged: 1, activitiesAdded: 1 });
    const incident = sink.incidents().find((one) => one.number === 'INC7');
    expect(incident).toMatchObject({ shortDescription: 'Printer jams again', state: 'onHold', assignedToId: null });
    expect(incident?.openedAt).toBe(Date.UTC(2024, 0, 2, 9));
    expect(incident?.counts.reassignments).toBe(1);
  });

  it('rows that say the same number under two sources are two incidents', async () => {
    const file = new Blob(['number,short_description\n1,Printer jams\n']);
    const { sink } = await imported(file);
    const { report } = await imported(file, sink, 'UTC', 'North desk');
    expect(report).toMatchObject({ incidentsAdded: 1, incidentsGrown: 0 });
  });

  it('a row cut off at the end of the file is named as such', async () => {
    const { report } = await imported(new Blob(['number,short_description,mood\n1,Printer jams,calm\n2,Mou']));
    expect(report).toMatchObject({ rows: 2, rowsRefused: 1, incidentsAdded: 1 });
    expect(report.issues[0]).toMatchObject({ line: 3, code: 'truncatedRow' });
  });

  it.each(['opened_at', 'sys_updated_on', 'resolved_at', 'closed_at'])(
    'a date in %s that cannot be read is named with its line, its column and its text, and the row is kept',
    async (column) => {
      const header =
        'number,short_description,caller_id,assignment_group,priority,state,opened_at,sys_updated_on,resolved_at,closed_at';
      const dates = header.split(',').slice(6);
      const row = (number: string, bad: string) =>
        `${number},Printer jams,Ann,Desk,3 - Moderate,Closed,${dates.map((name) => (name === bad ? '31/31/2024' : '2024-01-02 09:00:00')).join(',')}`;
      const { report, sink } = await imported(new Blob([`${header}\n${row('INC1', '')}\n${row('INC2', column)}\n`]));
      expect(report).toMatchObject({ rows: 2, rowsRefused: 0, incidentsAdded: 2 });
      expect(report.issues).toEqual([{ line: 3, severity: 'noted', code: 'badDate', column, value: '31/31/2024' }]);
      expect(sink.incidents().map(({ openedAt }) => openedAt)).toEqual(Array(2).fill(Date.UTC(2024, 0, 2, 9)));
    },
  );

  it('an odd cell of a number that comes back later in the file is named once', async () => {
    const rows = ['A,first,yesterday', 'B,other,2024-01-02', 'A,second,tomorrow'].join('\n');
    const { report } = await imported(new Blob([`number,short_description,opened_at\n${rows}\n`]));
    expect(report.issues.map(({ line, value }) => [line, value])).toEqual([
      [2, 'yesterday'],
      [4, 'tomorrow'],
    ]);
    expect(report.issuesTotal).toBe(2);
  });

  it('a number that comes back later in the file is one incident', async () => {
    const rows = ['A,first', 'B,other', 'A,second', 'C,third'].join('\n');
    const { report, sink } = await imported(new Blob([`number,short_description\n${rows}\n`]));
    expect(sink.visible.size).toBe(3);
    expect(report.activitiesAdded).toBe(4);
    expect(sink.incidents().find((incident) => incident.number === 'A')?.shortDescription).toBe('second');
    const rehearsal = await importInPlace(new Blob([`number,short_description\n${rows}\n`]), new MemorySink(), {
      dryRun: true,
    });
    expect(rehearsal.progress?.report).toMatchObject({ incidentsAdded: 3, activitiesAdded: 4, rowsAlreadyThere: 0 });
  });
});

describe('an incident resolved more than once', () => {
  it('knows of its last resolving only from the row on that was written then', async () => {
    const header =
      'number,incident_state,sys_mod_count,sys_updated_at,opened_at,reassignment_count,category,closed_code,resolved_by,resolved_at,closed_at';
    const last = 'code 5,Resolved by 158,12/5/2016 10:00,20/5/2016 10:00';
    const rows = [
      `INC1,Resolved,0,15/4/2016 09:00,14/4/2016 09:00,0,Category 1,${last}`,
      `INC1,Active,1,20/4/2016 09:00,14/4/2016 09:00,0,Category 1,${last}`,
      `INC1,Resolved,2,12/5/2016 10:00,14/4/2016 09:00,0,Category 1,${last}`,
    ];
    const sink = new MemorySink();
    const early = await imported(new Blob([`${[header, rows[0]].join('\n')}\n`]), sink);
    expect(early.sink.incidents()[0]).toMatchObject({ state: 'resolved', resolution: { sourceCode: null, by: null } });
    const late = await imported(new Blob([`${[header, ...rows].join('\n')}\n`]), sink);
    expect(late.sink.incidents()[0]).toMatchObject({
      state: 'resolved',
      resolution: { sourceCode: 'code 5', at: Date.UTC(2016, 4, 12, 10) },
    });
  });
});
