import { deleteDatabase, flipInRecord, markAsOtherMachine, readIdentity, tearJournal } from './durability/damage.ts';
import { Ledger } from './durability/ledger.ts';
import { randomFrom, seedOf } from './durability/random.ts';
import { allRows, expectReady, timelineLines } from './durability/reading.ts';
import { expectEverything, work } from './durability/work.ts';
import { expect, test } from './harness/fixtures.ts';
import { introduce, record } from './steps/people.ts';

/** The journal is the truth; of a part of it that cannot be read, the rest is still believed. */

test('its last record torn off, every earlier one is there, and work goes on', async ({ launch, profile }) => {
  test.setTimeout(120_000);
  let desk = await launch();
  let page = await desk.page();
  await introduce(page);
  for (const text of ['First call', 'Second call', 'Torn call']) await record(page, text);
  await desk.kill();
  // As if power had failed in the middle of the write: half a record, and no database to fall back on.
  await tearJournal(profile);
  await deleteDatabase(profile);
  desk = await launch();
  page = await desk.page();
  await expectReady(page);
  const texts = async () => (await allRows(page)).map((row) => row.shortDescription).sort();
  expect(await texts()).toEqual(['First call', 'Second call']);
  await expect(page.getByRole('status', { name: 'Sync' })).not.toContainText('damaged');
  await record(page, 'After the tear');
  expect(await texts()).toEqual(['After the tear', 'First call', 'Second call']);
});

test('a record damaged in its middle is set aside and named, and all others are there', async ({ launch, profile }) => {
  test.setTimeout(120_000);
  let desk = await launch();
  let page = await desk.page();
  await introduce(page);
  for (const text of ['First call', 'Spoilt call', 'Third call']) await record(page, text);
  await desk.kill();
  await flipInRecord(profile, 'Spoilt call');

  // The database still has it: only the journal's state is told.
  desk = await launch();
  page = await desk.page();
  await expect(page.getByRole('status', { name: 'Sync' })).toContainText('1 damaged record was set aside');
  expect((await allRows(page)).map((row) => row.shortDescription).sort()).toEqual([
    'First call',
    'Spoilt call',
    'Third call',
  ]);
  await record(page, 'Fourth call');
  await desk.kill();

  await deleteDatabase(profile);
  desk = await launch();
  page = await desk.page();
  await expect(page.getByRole('status', { name: 'Sync' })).toContainText('Saved on this device');
  const texts = (await allRows(page)).map((row) => row.shortDescription);
  expect(texts).toEqual(expect.arrayContaining(['First call', 'Third call', 'Fourth call']));
  expect(
    await timelineLines(page, (await allRows(page)).find((row) => row.shortDescription === 'Third call')?.number ?? ''),
  ).toEqual(['Recorded by Phone']);
});

test('in a profile copied to another machine it goes on under a new device, and both have everything', async ({
  launch,
  profile,
}) => {
  test.setTimeout(120_000);
  const random = randomFrom(seedOf());
  const ledger = new Ledger();
  let desk = await launch();
  await introduce(await desk.page());
  await work(await desk.page(), ledger, random, 2);
  await desk.kill();
  const before = await readIdentity(profile);
  await markAsOtherMachine(profile);
  desk = await launch();
  await expectEverything(await desk.page(), ledger);
  await work(await desk.page(), ledger, random, 2);
  const after = await readIdentity(profile);
  expect(after.device).not.toBe(before.device);
  expect(after.mark).toEqual(before.mark);
  await desk.kill();
  desk = await launch();
  await expectEverything(await desk.page(), ledger);
  expect((await readIdentity(profile)).device).toBe(after.device);
});
