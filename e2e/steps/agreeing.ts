import { expect, type Locator, type Page } from '@playwright/test';
import { command, dialogOf, incidentOf, openIncident } from './people.ts';

/** What people do at desks that share their incidents. */

export async function openOutbox(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Outbox', exact: true }).click();
  const dialog = dialogOf(page, 'Outbox');
  await expect(dialog.getByRole('region', { name: 'Connection' })).toBeVisible();
  return dialog;
}

export async function tryNow(page: Page): Promise<void> {
  const dialog = await openOutbox(page);
  await dialog.getByRole('button', { name: 'Try now' }).click();
  await dialog.getByRole('button', { name: 'Dismiss' }).click();
  await expect(dialog).toBeHidden();
}

export async function openConflicts(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Conflicts', exact: true }).click();
  const dialog = dialogOf(page, 'Conflicts');
  await expect(dialog).toBeVisible();
  return dialog;
}

export async function leaveDialog(dialog: Locator): Promise<void> {
  await dialog.getByRole('button', { name: 'Dismiss' }).click();
  await expect(dialog).toBeHidden();
}

export const conflictsIn = (dialog: Locator): Locator =>
  dialog.getByRole('listbox', { name: 'Conflicts' }).getByRole('option');

export const decide = (dialog: Locator, decision: string): Promise<void> =>
  dialog.getByRole('group', { name: 'Decide' }).getByRole('button', { name: decision, exact: true }).click();

/** A line of "Before, there now, and mine": its cells, without the field's name. */
export const valuesOf = (dialog: Locator, field: string): Locator =>
  dialog
    .getByRole('table', { name: 'Before, there now, and mine' })
    .getByRole('row')
    .filter({ has: dialog.page().getByRole('rowheader', { name: field, exact: true }) })
    .getByRole('cell');

/** Changes a text of the incident that is open, as somebody who leaves the field does. */
export async function write(page: Page, field: string, text: string): Promise<void> {
  const box = incidentOf(page).getByRole('textbox', { name: field, exact: true });
  await box.fill(text);
  await box.blur();
}

export async function addNote(page: Page, text: string, isCall = false): Promise<void> {
  await page.getByRole('textbox', { name: 'Work note' }).fill(text);
  if (isCall) await page.getByRole('checkbox', { name: 'It was a call' }).check();
  await page.getByRole('button', { name: 'Add note' }).click();
}

export async function reply(page: Page, text: string): Promise<void> {
  await page.getByRole('tab', { name: 'Reply to caller' }).click();
  await page.getByRole('textbox', { name: 'Reply to caller' }).fill(text);
  await page.getByRole('button', { name: 'Send reply' }).click();
}

export async function resolve(page: Page, notes: string): Promise<void> {
  await command(page, 'Resolve').click();
  const dialog = dialogOf(page, 'Resolve incident');
  await dialog.getByRole('combobox', { name: 'Resolution code', exact: true }).click();
  await page.getByRole('option', { name: 'Solution provided', exact: true }).click();
  await dialog.getByRole('textbox', { name: 'Resolution notes' }).fill(notes);
  await dialog.getByRole('button', { name: 'Resolve', exact: true }).click();
  await expect(dialog).toBeHidden();
}

/** Opens the same incident at several desks. */
export async function openAt(number: string, ...pages: readonly Page[]): Promise<void> {
  for (const page of pages) await openIncident(page, number);
}
