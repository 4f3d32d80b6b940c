import { expect, type Page } from '@playwright/test';
import { PASSWORD } from '../harness/administration.ts';
import { ADMIN } from '../harness/server.ts';
import { syncOf } from '../steps/joining.ts';
import { dialogOf, openQueue, switchTo } from '../steps/people.ts';
import { dialogVia, place } from './screens.ts';
import type { Part } from './world.ts';

/** How a desk with a history of its own joins a server, and what goes wrong on the way. */

const dialogIn = (page: Page) => dialogOf(page, 'Connect to a server');
const part = (name: string, tell: Part['tell']): Part => ({ name, guide: [], tell });

async function find(page: Page, address: string): Promise<void> {
  await dialogIn(page).getByRole('textbox', { name: 'Address' }).fill(address);
  await page.keyboard.press('Enter');
}

async function signIn(page: Page, email: string, password: string): Promise<void> {
  await dialogIn(page).getByLabel('E-mail').fill(email);
  await dialogIn(page).getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
}

const failed = (page: Page) => expect(dialogIn(page).getByRole('alert').first()).toBeVisible();

export const JOINING: readonly Part[] = [
  part('connect-address', async (page) => {
    await page.getByRole('button', { name: 'Explore with sample data' }).click();
    await expect(page.getByRole('navigation', { name: 'Queues' })).toBeVisible({ timeout: 30_000 });
    await openQueue(page, 'All open');
    await expect(page.getByRole('row').nth(5)).toContainText(/[A-Z]{2}/, { timeout: 60_000 });
    await dialogVia('Connect to a server', 'Connect to a server')(page);
  }),
  part('connect-unreadable', async (page) => {
    await find(page, 'desk example');
    await failed(page);
  }),
  part('connect-nobody', async (page) => {
    await find(page, 'http://127.0.0.1:9');
    await failed(page);
  }),
  part('connect-not-ours', async (page, { way }) => {
    way.mood = 'portal';
    await find(page, way.address);
    await expect(dialogIn(page).getByRole('alert')).not.toContainText('127.0.0.1:9');
    await failed(page);
    way.mend();
  }),
  part('connect-sign-in', async (page, { way }) => {
    await find(page, way.address);
    await expect(dialogIn(page).getByLabel('E-mail')).toBeVisible();
  }),
  part('connect-sign-in-empty', async (page) => {
    await dialogIn(page).getByRole('button', { name: 'Sign in', exact: true }).click();
  }),
  part('connect-wrong-password', async (page) => {
    await signIn(page, 'anna@desk.example', 'not the password');
    await failed(page);
  }),
  part('connect-browser', async (page, { desk }) => {
    await desk.app.evaluate(({ shell }) => {
      shell.openExternal = async () => undefined;
    });
    await dialogIn(page)
      .getByRole('button', { name: /^Sign in with/ })
      .click();
    await page.waitForTimeout(1_000);
  }),
  part('connect-kept-back', async (page) => {
    await dialogIn(page).getByRole('button', { name: 'Do not wait for the browser' }).first().click();
    await signIn(page, 'anna@desk.example', PASSWORD);
    await expect(dialogIn(page).getByRole('heading', { name: /Anna Berg/ })).toBeVisible();
  }),
  part('connect-preview', async (page) => {
    await dialogIn(page).getByRole('button', { name: 'Sign in as somebody else' }).click();
    await signIn(page, ADMIN.email, ADMIN.password);
    await expect(dialogIn(page).getByRole('button', { name: 'Join and hand over' })).toBeEnabled({ timeout: 60_000 });
  }),
  part('connect-preview-list', async (page) => {
    await dialogIn(page).getByRole('combobox').nth(2).click();
  }),
  part('connect-preview-unmatched', async (page) => {
    await page.keyboard.press('Escape');
    await dialogIn(page).getByRole('checkbox', { name: 'Only those without a match' }).check();
  }),
  part('connect-handing-over', async (page, { way }) => {
    await dialogIn(page).getByRole('button', { name: 'Join and hand over' }).click();
    await expect(dialogIn(page).getByRole('progressbar', { name: 'Handing over' })).toBeVisible();
    way.mood = 'slow';
  }),
  part('connect-interrupted', async (page, { way }) => {
    way.pull();
    await expect(syncOf(page)).toContainText('Offline', { timeout: 60_000 });
  }),
  part('connect-done', async (page, { way }) => {
    way.mend();
    await expect(dialogIn(page).getByText(/hold the same now/)).toBeVisible({ timeout: 180_000 });
  }),
  part('server-settings', async (page) => {
    await dialogIn(page).getByRole('button', { name: 'Done' }).click();
    await place('Settings')(page);
    await page.getByRole('heading', { name: 'Server', exact: true }).scrollIntoViewIfNeeded();
  }),
  part('server-leave', async (page) => {
    await page.getByRole('button', { name: 'Disconnect…' }).click();
    await expect(dialogOf(page, 'Disconnect from the server')).toBeVisible();
  }),
  part('server-left', async (page) => {
    await dialogOf(page, 'Disconnect from the server').getByRole('button', { name: 'Disconnect', exact: true }).click();
    await expect(dialogOf(page, 'Disconnect from the server')).toBeHidden();
  }),
  part('switched-alone', async (page) => {
    await switchTo(page, 'Nils Ostberg', 'Service Desk').catch(() => undefined);
  }),
];
