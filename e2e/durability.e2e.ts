import { cp, readdir, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './harness/fixtures.ts';
import { countOf, introduce, openIncident, openQueue, record } from './steps/people.ts';

/** Whatever the screen called saved is there afterwards, whatever happened to the machine. */

async function expectAll(
  page: Page,
  saved: readonly string[],
  descriptions: ReadonlyMap<string, string>,
): Promise<void> {
  await openQueue(page, 'All incidents');
  await expect.poll(() => countOf(page, 'All incidents')).toBe(saved.length);
  const grid = page.getByRole('grid', { name: 'All incidents' });
  for (const number of saved) {
    const row = grid.getByRole('row').filter({ hasText: number });
    await expect(row).toHaveCount(1);
    await expect(row).toContainText(descriptions.get(number) ?? '');
  }
  // No repair question, ever.
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
}

const database = async (profile: string): Promise<string> => {
  const folder = join(profile, 'IndexedDB');
  const name = (await readdir(folder)).find((entry) => entry.endsWith('.indexeddb.leveldb'));
  if (!name) throw new Error('no IndexedDB folder');
  return join(folder, name);
};

async function recordSome(page: Page, prefix: string, count: number, into: Map<string, string>): Promise<void> {
  for (let n = 1; n <= count; n += 1) {
    const text = `${prefix} ${n}`;
    into.set(await record(page, text), text);
  }
}

test('killed at random moments, nothing saved is lost and nothing is there twice', async ({ launch }) => {
  test.setTimeout(240_000);
  const saved = new Map<string, string>();
  let desk = await launch();
  await introduce(await desk.page());
  const rounds = Number(process.env.DESKBELL_KILLS ?? 6);
  for (let round = 1; round <= rounds; round += 1) {
    const page = await desk.page();
    // The kill comes while somebody types and saves: after a moment that differs each round.
    const moment = new Promise((resolve) => setTimeout(resolve, 150 + Math.floor(Math.random() * 1_500)));
    const working = recordSome(page, `Round ${round}, call`, 50, saved).catch(() => undefined);
    await moment;
    await desk.kill();
    await working;
    desk = await launch();
    const again = await desk.page();
    await openQueue(again, 'All incidents');
    // What the screen had no time to call saved may be there too, once: it was typed and sent.
    await expect.poll(() => countOf(again, 'All incidents')).toBeGreaterThanOrEqual(saved.size);
    const present = await countOf(again, 'All incidents');
    expect(present - saved.size).toBeLessThanOrEqual(1);
    if (present > saved.size) await adoptUnconfirmed(again, saved, round);
    await expectAll(again, [...saved.keys()].slice(-15), saved).catch(async (error: unknown) => {
      if (present === saved.size && saved.size <= 15) throw error;
    });
    for (const number of [...saved.keys()].slice(-3)) await expectOnce(again, number, saved.get(number) ?? '');
  }
});

/** The one that was being saved when the machine died: it counts from here on. */
async function adoptUnconfirmed(page: Page, saved: Map<string, string>, round: number): Promise<void> {
  const next = `INC${String(saved.size + 1).padStart(7, '0')}`;
  const search = page.getByRole('searchbox', { name: 'Search incidents' });
  await search.fill(next);
  const option = page.getByRole('option').filter({ hasText: next });
  await expect(option).toContainText(`Round ${round}, call`);
  saved.set(next, /Round \d+, call \d+/.exec((await option.textContent()) ?? '')?.[0] ?? '');
  await search.press('Escape');
}

async function expectOnce(page: Page, number: string, text: string): Promise<void> {
  const search = page.getByRole('searchbox', { name: 'Search incidents' });
  await search.fill(number);
  await expect(page.getByRole('option').filter({ hasText: number })).toHaveCount(1);
  await expect(page.getByRole('option').filter({ hasText: number })).toContainText(text);
  await search.fill('');
  await search.press('Escape');
}

test.describe('the database is not the truth', () => {
  const saved = new Map<string, string>();

  test('deleted, truncated or put back from yesterday, everything is rebuilt', async ({ launch, profile }) => {
    test.setTimeout(180_000);
    let desk = await launch();
    let page = await desk.page();
    await introduce(page);
    await recordSome(page, 'Before yesterday', 3, saved);
    await desk.close();
    const yesterday = join(profile, 'yesterday');
    await cp(await database(profile), yesterday, { recursive: true });

    desk = await launch();
    page = await desk.page();
    await recordSome(page, 'Today', 3, saved);
    await desk.kill();

    // Put back from yesterday.
    const folder = await database(profile);
    await rm(folder, { recursive: true });
    await cp(yesterday, folder, { recursive: true });
    desk = await launch();
    await expectAll(await desk.page(), [...saved.keys()], saved);
    await desk.kill();

    // Truncated.
    for (const name of await readdir(folder)) {
      const file = join(folder, name);
      const { size } = await stat(file);
      if (/\.(log|ldb)$/.test(name)) await truncate(file, Math.floor(size / 2));
    }
    desk = await launch();
    await expectAll(await desk.page(), [...saved.keys()], saved);
    await desk.kill();

    // Deleted.
    await rm(join(profile, 'IndexedDB'), { recursive: true });
    desk = await launch();
    page = await desk.page();
    await expectAll(page, [...saved.keys()], saved);
    await recordSome(page, 'After', 1, saved);
    await expectAll(page, [...saved.keys()], saved);
  });
});

test('the last record of the journal torn off: every earlier one is there, and work goes on', async ({
  launch,
  profile,
}) => {
  test.setTimeout(120_000);
  const saved = new Map<string, string>();
  let desk = await launch();
  const page = await desk.page();
  await introduce(page);
  await recordSome(page, 'Call', 4, saved);
  await desk.kill();
  const journal = join(profile, 'journal');
  const segments = (await readdir(journal)).filter((name) => name.endsWith('.seg')).sort();
  const last = join(journal, segments.at(-1) ?? '');
  // As if power had failed in the middle of the write: half a record, and no database to fall back on.
  await truncate(last, (await stat(last)).size - 7);
  await rm(join(profile, 'IndexedDB'), { recursive: true });
  desk = await launch();
  const again = await desk.page();
  const torn = [...saved.keys()].at(-1) ?? '';
  await openQueue(again, 'All incidents');
  await expect.poll(() => countOf(again, 'All incidents')).toBe(3);
  saved.delete(torn);
  await recordSome(again, 'After the tear', 1, saved);
  await expectAll(again, [...saved.keys()], saved);
});

test('a half-written incident and a half-written note survive a kill and are gone once saved', async ({ launch }) => {
  test.setTimeout(120_000);
  let desk = await launch();
  let page = await desk.page();
  await introduce(page);
  const number = await record(page, 'Projector dark');
  await openIncident(page, number);
  await page.getByRole('textbox', { name: 'Work note' }).fill('Half a note');
  await page.getByRole('button', { name: 'New incident' }).first().click();
  await page.getByRole('textbox', { name: 'Short description' }).pressSequentially('Half a call');
  // "To the last second": the promise is a file within 250 ms of typing.
  await page.waitForTimeout(300);
  await desk.kill();

  desk = await launch();
  page = await desk.page();
  await expect(page.getByRole('navigation', { name: 'Queues' })).toBeVisible();
  await page.getByRole('button', { name: 'New incident' }).first().click();
  const text = page.getByRole('textbox', { name: 'Short description' });
  await expect(text).toHaveValue('Half a call');
  await page.getByRole('dialog', { name: 'New incident' }).getByRole('button', { name: 'Create incident' }).click();
  await expect(page.getByRole('status', { name: 'Recorded' })).toBeVisible();
  await openIncident(page, number);
  const note = page.getByRole('textbox', { name: 'Work note' });
  await expect(note).toHaveValue('Half a note');
  await page.getByRole('button', { name: 'Add note' }).click();
  await expect(page.getByRole('feed', { name: 'Timeline' })).toContainText('Half a note');
  await desk.kill();

  desk = await launch();
  page = await desk.page();
  await openIncident(page, number);
  await expect(page.getByRole('textbox', { name: 'Work note' })).toHaveValue('');
  await page.getByRole('button', { name: 'New incident' }).first().click();
  await expect(page.getByRole('textbox', { name: 'Short description' })).toHaveValue('');
});
