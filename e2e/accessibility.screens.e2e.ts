import type { Locator, Page } from '@playwright/test';
import { expect, test } from './harness/fixtures.ts';
import { expectClean, expectFits, found } from './harness/reading.ts';
import { sharedDesk } from './harness/shared-desk.ts';
import { choose, command, dialogOf, expectState, introduce, openQueue, recordAndOpen } from './steps/people.ts';

/**
 * Every screen and dialog before axe: all of its rules in light, and what colours and sizes decide again in dark and
 * in high contrast; then at 200 % zoom and from right to left, where nothing may run out of the window sideways.
 */

const QUEUES = [
  'My work',
  'Unassigned',
  'My team',
  'At risk',
  'Breached',
  'On hold',
  'Major incidents',
  'Resolved',
  'All open',
  'All incidents',
  'Triage',
] as const;

async function leave(dialog: Locator): Promise<void> {
  await dialog.getByRole('button', { name: 'Dismiss' }).first().click();
  await expect(dialog).toBeHidden();
}

const viaPalette = (words: string) => async (page: Page) => {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Command' }).fill(words);
  await page.keyboard.press('Enter');
};

/** The dialogs that open from anywhere. */
const SHELL_DIALOGS: readonly (readonly [string, (page: Page) => Promise<void>])[] = [
  ['New incident', viaPalette('New incident')],
  ['Keyboard', viaPalette('Show keys')],
  ['Alerts', viaPalette('Alerts')],
  ['Switch person', viaPalette('Switch person')],
  ['Import incidents', viaPalette('Import incidents')],
  ['Connect to a server', viaPalette('Connect to a server')],
  ['Commands', (page) => page.keyboard.press('Control+k')],
];

/** The incident's dialogs, by the button that opens each in its state. */
const INCIDENT_DIALOGS = [
  ['Put on hold', 'Put on hold'],
  ['Resolve', 'Resolve incident'],
  ['Transfer', 'Transfer'],
  ['Cancel incident', 'Cancel incident'],
  ['Override priority', 'Override priority'],
] as const;

// Reading every screen three times takes its while on a busy machine.
test.describe.configure({ timeout: 180_000 });

const empty = sharedDesk((page) => introduce(page));

test('first run, also when it says what is missing', async ({ page }) => {
  await expect(page.getByRole('heading', { name: 'Welcome to Deskbell' })).toBeVisible();
  await expectClean(page, 'First run');
  await expectFits(page, 'First run');
  await page.getByRole('button', { name: 'Work on this device' }).click();
  await expect(page.getByText('Your name is needed.')).toBeVisible();
  await expectClean(page, 'First run, refused');
});

test('every queue while the desk is empty', async () => {
  const page = await empty.page();
  for (const queue of QUEUES) {
    await openQueue(page, queue);
    expect.soft(await found(page, null), `${queue}, empty`).toEqual([]);
  }
  await expectClean(page, 'A queue, empty');
});

test('every dialog of the desk', async () => {
  const page = await empty.page();
  for (const [name, open] of SHELL_DIALOGS) {
    await open(page);
    await expect(dialogOf(page, name)).toBeVisible();
    await expectClean(page, name);
    await leave(dialogOf(page, name));
  }
});

test('settings and directory, with a record open', async () => {
  const page = await empty.page();
  const places = page.getByRole('navigation', { name: 'Places' });
  await places.getByRole('link', { name: 'Settings' }).click();
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  await expectClean(page, 'Settings');
  await places.getByRole('link', { name: 'Directory' }).click();
  await expect(page.getByRole('heading', { name: 'Directory' })).toBeVisible();
  for (const kind of ['Callers', 'Agents', 'Teams', 'Categories', 'Services', 'Configuration items', 'Sites']) {
    await page.getByRole('tab', { name: kind }).click();
    expect.soft(await found(page, null), `Directory, ${kind}`).toEqual([]);
  }
  await page.getByRole('tab', { name: 'Callers' }).click();
  await page.getByRole('button', { name: 'New caller' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectClean(page, 'Directory, new caller');
  await leave(page.getByRole('dialog'));
});

test('an incident in each of its states, and each of its dialogs', async () => {
  const page = await empty.page();
  await recordAndOpen(page, 'Printer on the third floor jams');
  await page.getByRole('textbox', { name: 'Work note' }).fill('Asked the store');
  await page.getByRole('button', { name: 'Add note' }).click();
  const file = { name: 'setup.exe', mimeType: '', buffer: Buffer.from('MZ') };
  await page.locator('input[data-attach]').setInputFiles([file]);
  await expect(page.getByRole('button', { name: 'Remove setup.exe' })).toBeAttached();
  await expectClean(page, 'Incident, New');
  for (const [button, name] of INCIDENT_DIALOGS) {
    await page.getByRole('button', { name: button, exact: true }).click();
    await expect(dialogOf(page, name)).toBeVisible();
    await expectClean(page, name);
    await leave(dialogOf(page, name));
  }
  await command(page, 'Start work').click();
  await expectState(page, 'In Progress');
  await expectClean(page, 'Incident, In Progress');

  await command(page, 'Put on hold').click();
  await choose(dialogOf(page, 'Put on hold'), 'Hold reason', 'Awaiting Parts');
  await dialogOf(page, 'Put on hold').getByRole('button', { name: 'Put on hold', exact: true }).click();
  await expectState(page, 'On Hold, Awaiting Parts');
  await expectClean(page, 'Incident, On Hold');

  await command(page, 'Resolve').click();
  const resolve = dialogOf(page, 'Resolve incident');
  await choose(resolve, 'Resolution code', 'Solution provided');
  await resolve.getByRole('button', { name: 'Resolve', exact: true }).click();
  await expect(resolve.getByRole('alert')).toBeVisible();
  await expectClean(page, 'Resolve incident, refused');
  await resolve.getByRole('textbox', { name: 'Resolution notes' }).fill('New rollers');
  await resolve.getByRole('button', { name: 'Resolve', exact: true }).click();
  await expectState(page, 'Resolved');
  await expectClean(page, 'Incident, Resolved');
  await command(page, 'Reopen').click();
  await expectClean(page, 'Reopen incident');
  await leave(dialogOf(page, 'Reopen incident'));
  await command(page, 'Close').click();
  await expectState(page, 'Closed');
  await expectClean(page, 'Incident, Closed');

  await recordAndOpen(page, 'Wrong number');
  await command(page, 'Cancel incident').click();
  await choose(dialogOf(page, 'Cancel incident'), 'Reason', 'Recorded in error');
  await dialogOf(page, 'Cancel incident').getByRole('button', { name: 'Confirm cancellation' }).click();
  await expectState(page, 'Canceled');
  await expectClean(page, 'Incident, Canceled');
});

/** A first-run desk filled with made-up incidents, as "Explore with sample data" does it. */
async function explore(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Explore with sample data' }).click();
  await expect(page.getByRole('navigation', { name: 'Queues' })).toBeVisible({ timeout: 30_000 });
  await openQueue(page, 'All incidents');
  await expect(page.getByRole('row').nth(5)).toContainText(/[A-Z]/, { timeout: 30_000 });
}

test('with sample data: every queue, peek, selection, search, a long incident; 200 % zoom; right to left', async ({
  page,
}) => {
  await explore(page);
  for (const queue of QUEUES) {
    await openQueue(page, queue);
    expect.soft(await found(page, null), `${queue}, with data`).toEqual([]);
  }
  const grid = page.getByRole('grid', { name: 'All incidents' });
  await openQueue(page, 'All incidents');
  await expectClean(page, 'All incidents, with data');
  await grid.focus();
  await page.keyboard.press('Space');
  await expect(page.getByRole('region', { name: 'Peek' })).toBeVisible();
  await page.keyboard.press('x');
  await expect(page.getByRole('toolbar', { name: 'Bulk actions' })).toBeVisible();
  await expectClean(page, 'Peek and bulk actions');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Space');
  await page.getByRole('searchbox', { name: 'Search incidents' }).fill('printer');
  await expect(page.getByRole('listbox')).toBeVisible();
  await expectClean(page, 'Search suggestions');
  await page.getByRole('searchbox', { name: 'Search incidents' }).fill('');
  await page.keyboard.press('Escape');

  const visit = async (where: string) => {
    await openQueue(page, 'All incidents');
    await expectFits(page, `${where}: queue`);
    await grid.focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('region', { name: 'Incident', exact: true })).toBeVisible();
    expect.soft(await found(page, null), `${where}: incident`).toEqual([]);
    await expectFits(page, `${where}: incident`);
    await page.keyboard.press('n');
    await expect(dialogOf(page, 'New incident').or(page.getByRole('dialog'))).toBeVisible();
    await expectFits(page, `${where}: New incident`);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  };
  await visit('100 %');
  // 1280 × 800 at 200 % zoom leaves a page so many of its own pixels.
  await page.setViewportSize({ width: 640, height: 400 });
  await visit('200 %');
  await page.setViewportSize({ width: 1280, height: 800 });
});

test('from right to left, in a language 40 % longer', async () => {
  const page = await empty.page();
  const settings = page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Settings' });
  await settings.click();
  await choose(page, 'Language', 'Test language: right to left');
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await expectClean(page, 'Settings, right to left');
  await expectFits(page, 'Settings, right to left');
  const links = page.getByRole('navigation').first().getByRole('link');
  for (const at of [1, 9]) {
    await links.nth(at).click();
    await expect(page.getByRole('grid')).toBeVisible();
    expect.soft(await found(page, null), `Queue ${at}, right to left`).toEqual([]);
    await expectFits(page, `Queue ${at}, right to left`);
  }
  await page.keyboard.press('n');
  await expect(page.getByRole('dialog')).toBeVisible();
  expect.soft(await found(page, null), 'New incident, right to left').toEqual([]);
  await expectFits(page, 'New incident, right to left');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});
