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
import { countOf, introduce, openIncident, openQueue, record, timelineOf } from './steps/people.ts';

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

    // The incident with the most events: all 58, in order, those that only count up in runs that unfold.
    await openIncident(page, 'INC0019396');
    const feed = timelineOf(page);
    await expect(feed.getByRole('button', { name: /changes from the source$/ }).first()).toBeVisible();
    const folded = feed.getByRole('button', { expanded: false });
    const runs = await folded.count();
    while ((await folded.count()) > 0) await folded.first().click();
    await expect(feed.getByRole('article')).toHaveCount(58 + runs);
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
