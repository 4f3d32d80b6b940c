import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from './harness/fixtures.ts';
import { sharedDesk } from './harness/shared-desk.ts';
import {
  begin,
  chooseFile,
  hasTestData,
  type ImportFile,
  importFile,
  leave,
  noTestData,
  openImport,
  outcomeOf,
  testData,
  underWay,
} from './steps/importing.ts';
import { countOf, dialogOf, introduce, openIncident, openQueue, record, timelineOf } from './steps/people.ts';

/** Real exports of other desks, through the screen. */

const LOG = 'uci-incident-event-log/incident_event_log.csv.gz';
const LONG = 180_000;

test.describe('a real event log of 46 MB', () => {
  // biome-ignore lint/suspicious/noSkippedTests: only where the exports that others wrote are not at hand
  test.skip(!hasTestData, noTestData);

  const unpacked = () => gunzipSync(readFileSync(testData(LOG)));
  /** The log as it was after so many rows, unpacked. */
  const earlier = (rows: number): ImportFile => {
    const lines = unpacked().toString('utf8').split('\n');
    return { name: 'earlier.csv', content: `${lines.slice(0, rows + 1).join('\n')}\n` };
  };

  test('becomes 24,918 incidents with their history; a longer version adds only what is new, the same one nothing', async ({
    desk,
  }) => {
    test.setTimeout(3 * LONG);
    const page = await desk.page();
    await introduce(page);
    const first = await importFile(desk, earlier(70_000), LONG);
    expect(first).toContain('11,172 incidents were imported from earlier.csv.');
    expect(first).toContain('70,000 rows were read.');

    const whole = await importFile(desk, testData(LOG), LONG);
    expect(whole).toContain('13,746 incidents were imported from incident_event_log.csv.gz.');
    expect(whole).toContain('141,712 rows were read.');
    expect(whole).toContain('No row was refused.');
    expect(whole).toContain('71,712 entries of history added, 70,000 rows were here already.');
    expect(whole).toContain('671 priorities differ from the matrix');
    expect(whole).toContain('The state is not one Deskbell knows.');
    await openQueue(page, 'All incidents');
    await expect.poll(() => countOf(page, 'All incidents')).toBe(24_918);
    expect(await countOf(page, 'All open')).toBe(0);

    const again = await importFile(desk, testData(LOG), LONG);
    expect(again).toContain('Nothing new was imported');
    expect(again).toContain('24,918 incidents were here already and complete.');
    expect(await countOf(page, 'All incidents')).toBe(24_918);

    // The incident with the most events: all 58, in order.
    await openIncident(page, 'INC0019396');
    await expect(timelineOf(page).getByRole('article')).toHaveCount(58);
  });

  test('leaves the desk at work meanwhile, shows its progress again, and once stopped leaves nothing', async ({
    desk,
  }) => {
    test.setTimeout(LONG);
    const page = await desk.page();
    await introduce(page);
    const dialog = await openImport(desk);
    await chooseFile(dialog, testData(LOG));
    await begin(dialog);
    await underWay(page, 5);
    await leave(dialog);
    await record(page, 'Recorded while an import runs');
    expect(await countOf(page, 'All incidents')).toBe(1);
    const reopened = await openImport(desk);
    await expect(reopened.getByRole('progressbar', { name: 'Progress' })).toBeVisible();
    await reopened.getByRole('button', { name: 'Stop' }).click();
    expect(await outcomeOf(reopened)).toContain('was stopped. Nothing of it was kept.');
    await leave(reopened);
    await openQueue(page, 'All incidents');
    await expect.poll(() => countOf(page, 'All incidents')).toBe(1);
  });

  test('killed halfway, leaves nothing, and can be imported afterwards', async ({ launch }) => {
    test.setTimeout(2 * LONG);
    const first = await launch();
    const page = await first.page();
    await introduce(page);
    const dialog = await openImport(first);
    await chooseFile(dialog, testData(LOG));
    await begin(dialog);
    await underWay(page, 20);
    await first.kill();

    const second = await launch();
    const again = await second.page();
    await openQueue(again, 'All incidents');
    await expect.poll(() => countOf(again, 'All incidents')).toBe(0);
    const said = await importFile(second, earlier(2_000), LONG);
    expect(said).toContain('2,000 rows were read.');
    await expect.poll(() => countOf(again, 'All incidents')).toBeGreaterThan(0);
  });
});

test.describe('other exports', () => {
  // biome-ignore lint/suspicious/noSkippedTests: only where the exports that others wrote are not at hand
  test.skip(!hasTestData, noTestData);
  const shared = sharedDesk((page) => introduce(page));

  for (const { name, says } of [
    {
      name: 'itsm-exports/servicenow/incident_list_export.csv',
      says: ['66 incidents were imported', 'No row was refused.'],
    },
    {
      name: 'it-tickets-text/input_data.csv.gz',
      says: ['8,500 incidents were imported', '8,500 rows were read', 'No row was refused.'],
    },
    { name: 'itsm-exports/jira/jira_cloud_all_fields.csv', says: ['2 incidents were imported', 'No row was refused.'] },
    {
      name: 'itsm-exports/jira/jira_server_all_fields_sparse.csv',
      says: ['1 incident was imported', '739 blank rows passed over'],
    },
    { name: 'multilingual-tickets/dataset-tickets-multi-lang3-4k.csv.gz', says: ['1 row was refused'] },
  ]) {
    test(`${name.split('/').at(-1)} comes in whole`, async () => {
      const said = await importFile(shared.now(), testData(name), 60_000);
      for (const sentence of says) expect(said).toContain(sentence);
    });
  }
});

test.describe('files that are not what they should be', () => {
  const shared = sharedDesk((page) => introduce(page));
  const rows = Array.from({ length: 2_000 }, (_, at) => `X${at},Printer ${at} jams,${'y'.repeat(40)}`).join('\n');
  const csv = `number,short_description,mood\n${rows}\n`;

  for (const { what, file, says } of [
    { what: 'an empty file', file: { name: 'empty.csv', content: '' }, says: 'The file is empty.' },
    {
      what: 'a binary file',
      file: { name: 'program.csv', content: new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 3]) },
      says: 'The file is not text.',
    },
  ]) {
    test(`${what} is refused with the reason`, async () => {
      const dialog = await openImport(shared.now());
      await dialog.getByLabel('File', { exact: true }).setInputFiles({
        name: file.name,
        mimeType: 'text/csv',
        buffer: Buffer.from(file.content),
      });
      await expect(dialog.getByRole('alert')).toContainText(says);
      await leave(dialog);
    });
  }

  test('a gzip that ends in the middle leaves nothing behind', async () => {
    const { gzipSync } = await import('node:zlib');
    // Text that does not pack well, so that half of the bytes are half of the rows.
    const noise = Array.from({ length: 30_000 }, (_, at) => `N${at},${Math.sin(at)} ${Math.cos(at)},x`).join('\n');
    const packed = gzipSync(`number,short_description,mood\n${noise}\n`);
    const said = await importFile(shared.now(), { name: 'cut.csv.gz', content: packed.subarray(0, packed.length / 2) });
    expect(said).toContain('Nothing of it was kept.');
    expect(said).toContain('The file ends in the middle.');
    expect(await countOf(await shared.page(), 'All incidents')).toBe(0);
  });

  test('a cell of a million characters refuses its row alone, and the report can be saved', async () => {
    const page = await shared.page();
    const dialog = await openImport(shared.now());
    await chooseFile(dialog, { name: 'long.csv', content: `${csv}L1,${'x'.repeat(1_000_000)},calm\nL2,last,calm\n` });
    await begin(dialog);
    const said = await outcomeOf(dialog);
    expect(said).toContain('2,001 incidents were imported from long.csv.');
    expect(said).toContain('1 row was refused; the report says why.');
    const report = dialog.getByRole('list', { name: 'Report' });
    await expect(report.getByRole('listitem')).toHaveCount(1);
    await expect(report.getByRole('listitem')).toContainText('Line 2,002');
    await expect(dialog.getByRole('button', { name: 'Save report as CSV' })).toBeEnabled();
    await leave(dialog);
    await expect.poll(() => countOf(page, 'All incidents')).toBe(2_001);
  });

  test('a dry run reports and writes nothing', async () => {
    const page = await shared.page();
    const before = await countOf(page, 'All incidents');
    const dialog = await openImport(shared.now());
    await chooseFile(dialog, { name: 'dry.csv', content: 'number,short_description\nD1,Dry\nD2,Dry too\n' });
    await dialog.getByRole('button', { name: 'Dry run' }).click();
    expect(await outcomeOf(dialog)).toContain('2 incidents would be imported from dry.csv.');
    expect(await countOf(page, 'All incidents')).toBe(before);
    await begin(dialog);
    await expect(dialogOf(page, 'Import incidents').getByText('2 incidents were imported from dry.csv.')).toBeVisible();
    await leave(dialog);
    await expect.poll(() => countOf(page, 'All incidents')).toBe(before + 2);
  });
});
