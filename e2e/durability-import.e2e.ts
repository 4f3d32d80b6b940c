import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { dataFolder, deleteDatabase } from './durability/damage.ts';
import { eventLog, lastNumber } from './durability/event-log.ts';
import { randomFrom, seedOf } from './durability/random.ts';
import { allRows, expectReady, timelineLines } from './durability/reading.ts';
import { expect, test } from './harness/fixtures.ts';
import { begin, chooseFile, importFile, openImport } from './steps/importing.ts';
import { countOf, introduce, record } from './steps/people.ts';

/** An import is there wholly or not at all, and what it brought outlives the database as well as anything else. */

const INCIDENTS = 400;
const QUEUES = ['My work', 'Unassigned', 'My team', 'On hold', 'Resolved', 'All open', 'All incidents', 'Triage'];

/** What the desk shows of everything: its counts, its rows, and the longest history of all. */
async function everything(page: Page) {
  await expectReady(page);
  const rows = await allRows(page);
  const counts: Record<string, number> = {};
  for (const queue of QUEUES) counts[queue] = await countOf(page, queue);
  return { counts, rows, history: await timelineLines(page, lastNumber(INCIDENTS)) };
}

const manifests = async (profile: string): Promise<number> => {
  const names = await readdir(join(dataFolder(profile), 'snapshots')).catch(() => []);
  return names.filter((name) => name.endsWith('.manifest')).length;
};

test('killed in its midst it leaves nothing; finished, it is made anew from journal and snapshot as it was', async ({
  launch,
  profile,
}) => {
  test.setTimeout(240_000);
  const seed = seedOf();
  console.log(`    DESKBELL_SEED=${seed} repeats this`);
  const random = randomFrom(seed);
  const file = { name: 'events.csv', content: eventLog(INCIDENTS, random) };
  let desk = await launch();
  let page = await desk.page();
  await introduce(page);
  await record(page, 'A call of our own');
  const dialog = await openImport(desk);
  await chooseFile(dialog, file);
  await begin(dialog);
  await new Promise((resolve) => setTimeout(resolve, random.between(0, 250)));
  await desk.kill();

  desk = await launch();
  page = await desk.page();
  await expectReady(page);
  // Were it faster than the kill, all of it would be there.
  const present = (await allRows(page)).length;
  expect([1, 1 + INCIDENTS]).toContain(present);
  const said = await importFile(desk, file);
  expect(said).toContain(present === 1 ? `${INCIDENTS} incidents were imported` : 'Nothing new was imported');
  const before = await everything(page);
  expect(before.counts['All incidents']).toBe(1 + INCIDENTS);
  expect(before.history.length).toBeGreaterThan(6);
  await desk.kill();

  await deleteDatabase(profile);
  desk = await launch();
  expect(await everything(await desk.page())).toEqual(before);

  // Once it is quiet, a snapshot takes in what the import brought.
  await expect.poll(() => manifests(profile), { timeout: 30_000 }).toBeGreaterThan(0);
  await desk.kill();
  await deleteDatabase(profile);
  desk = await launch();
  expect(await everything(await desk.page())).toEqual(before);
});
