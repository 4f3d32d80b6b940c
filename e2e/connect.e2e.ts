import type { Page } from '@playwright/test';
import { expect, test } from './harness/fixtures.ts';
import { ADMIN, type RunningServer, startServer } from './harness/server.ts';
import { dialogOf, introduce, NUMBER_MEANWHILE, record } from './steps/people.ts';

/** A desk joins a real server through its own dialogs. */

test.describe.configure({ timeout: 180_000 });

let server: RunningServer;
test.beforeAll(async () => {
  server = await startServer();
});
test.afterAll(() => server.remove());

const sync = (page: Page) => page.getByRole('status', { name: 'Sync' });

/** From the dialog's first step to the one in which it is seen what joining would do. */
async function signIn(page: Page): Promise<void> {
  const dialog = dialogOf(page, 'Connect to a server');
  await dialog.getByRole('textbox', { name: 'Address' }).fill(server.address);
  await page.keyboard.press('Enter');
  await dialog.getByRole('textbox', { name: 'E-mail' }).fill(ADMIN.email);
  await dialog.getByLabel('Password').fill(ADMIN.password);
  await page.keyboard.press('Enter');
}

test('a first run joins by keyboard, records, and is synchronised', async ({ page }) => {
  await page.getByRole('button', { name: 'Connect to a server' }).click();
  await signIn(page);
  await expect(page.getByRole('heading', { name: `This desk has joined ${server.address}` })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('navigation', { name: 'Queues' })).toBeVisible();
  await record(page, 'Printer on the third floor jams');
  await expect(sync(page)).toContainText(/^Synchronised/);
  await server.kill();
  await record(page, 'No light in the stairwell', NUMBER_MEANWHILE);
  await expect(sync(page)).toContainText('Offline, 1 change waiting');
});

test('a desk with a history sees what it hands over, hands it over, and is synchronised', async ({ page }) => {
  await server.remove();
  server = await startServer();
  await introduce(page);
  await record(page, 'Badge reader at the north door is dead');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Command' }).fill('Connect to a server');
  await page.keyboard.press('Enter');
  await signIn(page);
  const dialog = dialogOf(page, 'Connect to a server');
  await expect(dialog.getByText(/1 incident of this desk is handed over/)).toBeVisible();
  await expect(dialog.getByRole('combobox', { name: 'Anna Berg on the server' })).toHaveValue('Take along as new');
  await dialog.getByRole('button', { name: 'Join and hand over' }).click();
  await expect(dialog.getByText(/hold the same now/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(sync(page)).toContainText(/^Synchronised/);
});
