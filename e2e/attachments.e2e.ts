import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { ElectronDesk } from './harness/desk.ts';
import { expect, test } from './harness/fixtures.ts';
import { incidentOf, introduce, openIncident, recordAndOpen, timelineOf } from './steps/people.ts';

/** Attachments in the built application, with its real main process and its real disk. */

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR4nGP8z8DAwMDAxMDAwMDAAAANHQEDasKb6QAAAABJRU5ErkJggg==',
  'base64',
);
const HOSTILE = '<html><script>document.title = "ran"</script></html>';
const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const placeOf = (profile: string, bytes: Buffer) =>
  join(profile, 'data', 'attachments', hashOf(bytes).slice(0, 2), hashOf(bytes));
const pick = (page: Page, name: string, buffer: Buffer) =>
  page.locator('input[data-attach]').setInputFiles([{ name, mimeType: '', buffer }]);
const listOf = (page: Page) => incidentOf(page).getByRole('list', { name: 'Files of this incident' });

test('files are picked and pasted, outlive a kill, and are saved and never opened', async ({ launch }) => {
  test.setTimeout(120_000);
  let desk = await launch();
  let page = await desk.page();
  await introduce(page);
  const number = await recordAndOpen(page, 'The screen flickers');
  await pick(page, 'flicker.png', PNG);
  await expect(timelineOf(page).getByRole('article', { name: /^Attachment, flicker\.png, Anna Berg/ })).toBeVisible();
  await expect(listOf(page).getByText(/^Picture · \d+ bytes · On this device$/)).toBeVisible();
  await expect(listOf(page).getByRole('img', { name: 'Picture of flicker.png' })).toBeVisible();
  expect(await readFile(placeOf(desk.profile, PNG))).toEqual(PNG);

  await pick(page, 'page.html', Buffer.from(HOSTILE));
  const program = listOf(page).getByRole('listitem').filter({ hasText: 'page.html' });
  await expect(program.getByText('A program: it is kept, and never opened here')).toBeVisible();
  await expect(program.getByRole('img')).toHaveCount(0);

  // What Chromium hands over when a screenshot is pasted.
  await incidentOf(page)
    .getByRole('textbox', { name: 'Work note' })
    .evaluate((field) => {
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File(['pasted bytes'], 'image.png', { type: 'image/png' }));
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    });
  await expect(listOf(page).getByText('image.png')).toBeVisible();
  await expect(listOf(page).getByText('Text · 12 bytes · On this device')).toBeVisible();

  await desk.kill();
  desk = await launch();
  page = await desk.page();
  await openIncident(page, number);
  await expect(listOf(page).getByRole('listitem')).toHaveCount(3);
  await expect(listOf(page).getByText(/On this device/)).toHaveCount(3);
  await expect(listOf(page).getByRole('img', { name: 'Picture of flicker.png' })).toBeVisible();

  const { app, profile } = desk as ElectronDesk;
  const chosen = join(profile, 'saved.html');
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, chosen);
  await listOf(page).getByRole('button', { name: 'Save as… page.html' }).click();
  await expect.poll(() => readFile(chosen, 'utf8').catch(() => null)).toBe(HOSTILE);
  expect(await page.title()).not.toBe('ran');
  expect(desk.pages()).toHaveLength(2);

  await listOf(page).getByRole('button', { name: 'Remove flicker.png' }).click();
  await expect(timelineOf(page).getByText('File removed: flicker.png')).toBeVisible();
});

test('a file that is too large is refused, and nothing of it stays', async ({ launch }) => {
  const desk = await launch();
  const page = await desk.page();
  await introduce(page);
  await recordAndOpen(page, 'A large log');
  const huge = join(desk.profile, 'huge.log');
  await writeFile(huge, Buffer.alloc(100 * 1024 * 1024 + 1));
  await page.locator('input[data-attach]').setInputFiles(huge);
  await expect(incidentOf(page).getByText(/^huge\.log is larger than 100 MB/)).toBeVisible();
  await expect(timelineOf(page).getByRole('article', { name: /^Attachment/ })).toHaveCount(0);
  await pick(page, 'small.log', Buffer.from('fits'));
  await expect(listOf(page).getByText('small.log')).toBeVisible();
  expect(await readdir(join(desk.profile, 'data', 'attachments', 'incoming'))).toEqual([]);
});
