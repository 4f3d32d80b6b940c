import { expect, type Page } from '@playwright/test';
import { chooseFile } from '../steps/importing.ts';
import { dialogOf, openQueue, record } from '../steps/people.ts';
import { dialogVia, openFirst, palette, place, type Scene } from './screens.ts';

/** What one meets less often: what was refused, what was warned of, what came of it. Not in the user guide. */

const only = (name: string, set: Scene['set']): Scene => ({ name, set, guide: [] });

/** An incident's dialog as it stands once its button was pressed with nothing filled in. */
const refused = (queue: string, button: string, confirm: string) =>
  only(`${button.toLowerCase().replaceAll(' ', '-')}-refused`, async (page) => {
    await openQueue(page, queue);
    await openFirst(page);
    await page.getByRole('button', { name: button, exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: confirm, exact: true }).click();
    await expect(dialog.getByRole('alert').first()).toBeVisible();
  });

const table = `Number,Short description,Caller,Impact,Urgency,State,Opened
HD-1041,Badge reader at the north door is dead,Ida Holm,2,2,New,2026-01-05 08:12
HD-1042,A state nobody knows,Mia Falk,3,3,Frobnicated,2026-01-05 09:03
HD-1043,Too many cells,Mia Falk,3,3,New,2026-01-05 09:03,more,and more
HD-1044,Too few cells
`;

async function rehearsed(page: Page) {
  await palette('Import incidents')(page);
  const dialog = dialogOf(page, 'Import incidents');
  await chooseFile(dialog, { name: 'Rechtsschutzversicherungsgesellschaften.csv', content: table });
  await dialog.getByRole('button', { name: 'Dry run' }).click();
  await expect(dialog.getByRole('list', { name: 'Report' })).toBeVisible();
}

const cellMenu = async (page: Page) => {
  await openQueue(page, 'All open');
  await page.locator('[role=gridcell][data-column=caller]').nth(3).click({ button: 'right' });
};

export const REFUSALS: readonly Scene[] = [
  refused('My work', 'Resolve', 'Resolve'),
  refused('My work', 'Put on hold', 'Put on hold'),
  refused('My work', 'Transfer', 'Transfer'),
  refused('My work', 'Cancel incident', 'Confirm cancellation'),
  refused('My work', 'Override priority', 'Override'),
  refused('Resolved', 'Reopen', 'Reopen'),
  only('incident-resolved', async (page) => {
    await openQueue(page, 'Resolved');
    await openFirst(page);
  }),
  only('new-incident-list', async (page) => {
    await page.getByRole('button', { name: 'New incident' }).first().click();
    const dialog = dialogOf(page, 'New incident');
    await dialog.getByRole('textbox', { name: 'Short description' }).fill('Donaudampfschifffahrtsgesellschaftskapitän');
    await dialog.getByRole('combobox', { name: 'Impact' }).click();
    await expect(dialog.getByRole('option').first()).toBeVisible();
  }),
  only('import-start', dialogVia('Import incidents', 'Import incidents')),
  only('import-report', rehearsed),
  only('cell-menu', cellMenu),
  only('filtered', async (page) => {
    await cellMenu(page);
    await page.getByRole('menuitem', { name: /Show matching/ }).click();
    await expect(page.getByRole('list', { name: 'Filters' })).toBeVisible();
  }),
  only('directory-record', async (page) => {
    await place('Directory')(page);
    await page.getByRole('list', { name: 'Callers' }).getByRole('button').first().click();
  }),
  only('directory-double', async (page) => {
    await place('Directory')(page);
    const first = page.getByRole('list', { name: 'Callers' }).getByRole('button').first();
    const name = (await first.locator('span').first().textContent()) ?? '';
    await page.getByRole('button', { name: 'New caller' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog.getByRole('alert')).toBeVisible();
  }),
  only('settings-matrix', async (page) => {
    await place('Settings')(page);
    await page.getByRole('combobox', { name: 'Impact 1, urgency 1' }).selectOption('5');
    await page.getByRole('button', { name: 'Save matrix' }).scrollIntoViewIfNeeded();
  }),
  // These change what is there, so they come last.
  only('undo', async (page) => {
    await openQueue(page, 'Unassigned');
    await page.getByRole('grid').focus();
    await page.keyboard.press('a');
    await expect(page.getByRole('region', { name: 'Undo' }).getByRole('button', { name: 'Undo' })).toBeVisible();
  }),
  only('recorded', async (page) => {
    await record(page, 'Rechtsschutzversicherungsgesellschaften erreichen niemanden');
  }),
];
