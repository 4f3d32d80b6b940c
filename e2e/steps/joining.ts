import { expect, type Locator, type Page } from '@playwright/test';
import { PASSWORD } from '../harness/administration.ts';
import { dialogOf } from './people.ts';

/** From first run: the address, then who one is; a desk without a history of its own is joined by that. */
export async function joinFromFirstRun(page: Page, address: string, email: string, password = PASSWORD): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Welcome to Deskbell' })).toBeVisible();
  await page.getByRole('button', { name: 'Connect to a server' }).click();
  await signInThere(page, address, email, password);
  await dialogOf(page, 'Connect to a server').getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('navigation', { name: 'Queues' })).toBeVisible();
}

/** The first two steps of the dialog "Connect to a server". */
export async function signInThere(page: Page, address: string, email: string, password = PASSWORD): Promise<void> {
  const dialog = dialogOf(page, 'Connect to a server');
  await dialog.getByRole('textbox', { name: 'Address' }).fill(address);
  await dialog.getByRole('button', { name: 'Find server' }).click();
  await dialog.getByLabel('E-mail').fill(email);
  await dialog.getByLabel('Password').fill(password);
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** The one phrase about the way to the server. */
export const syncOf = (page: Page) => page.getByRole('status', { name: 'Sync' });

/** A desk that worked alone, up to the look at what it would hand over. Answers the dialog. */
export async function previewJoin(page: Page, address: string, email: string, password = PASSWORD): Promise<Locator> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Command' }).fill('Connect to a server');
  await page.getByRole('option', { name: /^Connect to a server/ }).click();
  await signInThere(page, address, email, password);
  const dialog = dialogOf(page, 'Connect to a server');
  await expect(dialog.getByRole('button', { name: 'Join and hand over' })).toBeEnabled({ timeout: 60_000 });
  return dialog;
}

/** From the dialog "Switch person": somebody else signs in at this desk. */
export async function signInAs(page: Page, email: string): Promise<void> {
  await dialogOf(page, 'Switch person').getByRole('button', { name: 'Sign in as somebody else' }).click();
  const dialog = dialogOf(page, 'Sign in');
  await dialog.getByLabel('E-mail').fill(email);
  await dialog.getByLabel('Password').fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(dialog).toBeHidden();
}
