import type { Locator } from '@playwright/test';
import { expect, test } from './harness/fixtures.ts';
import { sharedDesk } from './harness/shared-desk.ts';
import { command, introduce, openQueue, record, recordAndOpen, timelineOf } from './steps/people.ts';

/** Where things stand: nothing that floats lies over what one works with. */

const desk = sharedDesk(async (page) => {
  await introduce(page);
  await record(page, 'Printer on the third floor jams');
  await record(page, 'No sound in meeting room 4');
});

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

async function boxOf(of: Locator): Promise<Box> {
  await expect(of).toBeVisible();
  const box = await of.boundingBox();
  if (!box) throw new Error(`${of} has no place on the screen`);
  return box;
}

/** Half a pixel less, because edges that meet are no overlap. */
const overlap = (a: Box, b: Box) =>
  a.x + a.width > b.x + 0.5 && b.x + b.width > a.x + 0.5 && a.y + a.height > b.y + 0.5 && b.y + b.height > a.y + 0.5;

const USUAL = { width: 1280, height: 800 };

test('in a window of 800 px the peek stands below the queue and covers no row', async () => {
  const page = await desk.page();
  await page.setViewportSize({ width: 800, height: 700 });
  await openQueue(page, 'All open');
  const grid = page.getByRole('grid', { name: 'All open' });
  await grid.focus();
  await page.keyboard.press('Space');
  const peek = page.getByRole('region', { name: 'Peek' });
  const [around, below] = [await boxOf(grid), await boxOf(peek)];
  expect(overlap(around, below)).toBe(false);
  expect(below.width).toBeGreaterThan(600);
  await page.keyboard.press('Space');
  await expect(peek).toBeHidden();
});

test('a tooltip of the rail lies over no heading', async () => {
  const page = await desk.page();
  await page.setViewportSize({ width: 800, height: 700 });
  await openQueue(page, 'All open');
  await page.getByRole('navigation', { name: 'Queues' }).getByRole('link', { name: 'My work', exact: true }).hover();
  const tooltip = page.getByRole('tooltip', { name: 'My work' });
  const heading = page.getByRole('heading', { level: 1 });
  await expect.poll(async () => overlap(await boxOf(tooltip), await boxOf(heading))).toBe(false);
  await page.mouse.move(400, 600);
  await expect(tooltip).toBeHidden();
});

test('what was just done, and a number once read out, stand within the status bar', async () => {
  const page = await desk.page();
  await page.setViewportSize(USUAL);
  await openQueue(page, 'All open');
  const foot = await boxOf(page.getByRole('contentinfo'));
  const within = (box: Box) => box.y >= foot.y - 0.5 && box.y + box.height <= foot.y + foot.height + 0.5;
  await page.getByRole('grid', { name: 'All open' }).focus();
  await page.keyboard.press('a');
  const undo = page.getByRole('region', { name: 'Undo' });
  for (const name of ['Undo', 'Dismiss']) {
    const button = await boxOf(undo.getByRole('button', { name, exact: true }));
    expect(within(button), name).toBe(true);
    expect(button.height).toBeGreaterThanOrEqual(24);
  }
  await undo.getByRole('button', { name: 'Dismiss' }).press('Enter');
  await expect(undo).toBeHidden();

  const number = await record(page, 'Badge reader at the north door is dead');
  const open = page.getByRole('button', { name: 'Open incident' });
  await expect(open).toBeFocused();
  await page.getByRole('grid', { name: 'All open' }).focus();
  await expect.poll(async () => within(await boxOf(open))).toBe(true);
  await expect(page.getByRole('status', { name: 'Recorded' })).toContainText(number);
  await open.focus();
  await page.keyboard.press('Escape');
  await expect(open).toBeHidden();
});

test('in a window of 800 px both stand side by side', async () => {
  const page = await desk.page();
  await page.setViewportSize({ width: 800, height: 700 });
  await openQueue(page, 'All open');
  await record(page, 'Projector in room 12 stays dark');
  await page.getByRole('grid', { name: 'All open' }).focus();
  await page.keyboard.press('j');
  await page.keyboard.press('a');
  const undo = page.getByRole('region', { name: 'Undo' }).locator('> *');
  const recorded = page.getByRole('button', { name: 'Open incident' }).locator('..');
  await expect.poll(async () => overlap(await boxOf(undo), await boxOf(recorded))).toBe(false);
  await expect(undo.getByRole('button', { name: 'Undo', exact: true })).toBeInViewport();
  await recorded.getByRole('button', { name: 'Dismiss' }).click();
});

test('the timeline fills the column the screen gives it, and the number to read out leaves its buttons free', async () => {
  const page = await desk.page();
  await page.setViewportSize(USUAL);
  await recordAndOpen(page, 'Second screen stays dark');
  expect((await boxOf(timelineOf(page))).width).toBe(888);
  await record(page, 'Third screen stays dark');
  const number = page.getByRole('button', { name: 'Open incident' }).locator('..');
  expect(overlap(await boxOf(number), await boxOf(page.getByRole('button', { name: 'Add note' })))).toBe(false);
  await page.keyboard.press('Escape');
  await page.setViewportSize({ width: 1920, height: 1080 });
  await expect.poll(async () => (await boxOf(timelineOf(page))).width).toBe(904);
  await expect(command(page, 'Start work')).toBeVisible();
  await page.setViewportSize(USUAL);
});
