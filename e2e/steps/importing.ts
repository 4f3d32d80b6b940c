import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { root } from '#build/system/places.ts';
import type { Desk, ElectronDesk } from '../harness/desk.ts';
import { dialogOf } from './people.ts';

/** Real exports that others wrote, beside the checkout; never part of it. */
const folder = process.env.DESKBELL_TEST_DATA ?? join(root, '../shared/data');
export const testData = (name: string): string => join(folder, name);
export const hasTestData = existsSync(folder);
export const noTestData = `no test data at ${folder}`;

const hasMenu = (desk: Desk): desk is ElectronDesk => 'app' in desk;

/** Opens the dialog by File → Import incidents…, or where there is no menu by the command palette. */
export async function openImport(desk: Desk): Promise<Locator> {
  const page = await desk.page();
  if (hasMenu(desk)) {
    await desk.app.evaluate(({ Menu }) => {
      const items = Menu.getApplicationMenu()?.items.flatMap((item) => item.submenu?.items ?? []) ?? [];
      items.find((item) => item.label === 'Import incidents…')?.click();
    });
  } else {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Command' }).fill('Import');
    await page.getByRole('option', { name: /^Import incidents…/ }).click();
  }
  const dialog = dialogOf(page, 'Import incidents');
  await expect(dialog).toBeVisible();
  return dialog;
}

/** A file by its path, or made of text or bytes. */
export type ImportFile = string | { readonly name: string; readonly content: string | Uint8Array };

const given = (file: ImportFile) =>
  typeof file === 'string'
    ? file
    : { name: file.name, mimeType: 'application/octet-stream', buffer: Buffer.from(file.content) };

/** Hands a file to the input "File" and waits until its columns are shown. */
export async function chooseFile(dialog: Locator, file: ImportFile): Promise<void> {
  const again = dialog.getByRole('button', { name: 'Import another file' });
  if (await again.isVisible()) await again.click();
  await dialog.getByLabel('File', { exact: true }).setInputFiles(given(file));
  await expect(dialog.getByRole('table', { name: 'Preview' })).toBeVisible();
}

export const begin = (dialog: Locator): Promise<void> =>
  dialog.getByRole('button', { name: 'Import', exact: true }).click();

/** Waits for the end of an import and gives back what the dialog says of it. */
export async function outcomeOf(dialog: Locator, timeout = 30_000): Promise<string> {
  await expect(dialog.getByRole('button', { name: 'Import another file' })).toBeVisible({ timeout });
  return (await dialog.textContent()) ?? '';
}

/** A whole import, to its end. */
export async function importFile(desk: Desk, file: ImportFile, timeout?: number): Promise<string> {
  const dialog = await openImport(desk);
  await chooseFile(dialog, file);
  await begin(dialog);
  const said = await outcomeOf(dialog, timeout);
  await leave(dialog);
  return said;
}

export async function leave(dialog: Locator): Promise<void> {
  await dialog.getByRole('button', { name: 'Dismiss' }).click();
  await expect(dialog).toBeHidden();
}

/** Waits until an import has read part of its file. */
export async function underWay(page: Page, share = 10): Promise<void> {
  const bar = dialogOf(page, 'Import incidents').getByRole('progressbar', { name: 'Progress' });
  await expect
    .poll(async () => Number(await bar.getAttribute('aria-valuenow')), { timeout: 60_000 })
    .toBeGreaterThanOrEqual(share);
}
