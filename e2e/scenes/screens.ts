import { expect, type Page } from '@playwright/test';
import { choose, dialogOf, openQueue } from '../steps/people.ts';

/** What is photographed: every screen and dialog, and how one comes to it. */

/** 1280×800, 1920×1080, 800×800. */
export type Size = 'usual' | 'wide' | 'narrow';
export type Look = 'light' | 'dark';

export interface Scene {
  readonly name: string;
  /** Goes from a queue to what is photographed. */
  set(page: Page): Promise<void>;
  /** What of it the user guide shows. */
  readonly guide: readonly (readonly [Look, Size])[];
}

export const LIGHT = ['light', 'usual'] as const;
export const palette = (words: string) => async (page: Page) => {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Command' }).fill(words);
  await page.keyboard.press('Enter');
};
/** A dialog out of the palette, waited for: its words are fetched when it is first opened. */
export const dialogVia = (words: string, name: string) => async (page: Page) => {
  await palette(words)(page);
  await expect(dialogOf(page, name)).toBeVisible();
};
export const place = (name: string) => async (page: Page) => {
  await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name }).click();
  await expect(page.getByRole('heading', { name, exact: true })).toBeVisible();
};
const queue = (name: string) => (page: Page) => openQueue(page, name);

export async function openFirst(page: Page): Promise<void> {
  await page.getByRole('grid').first().focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Incident', exact: true })).toBeVisible();
  await expect(page.getByRole('feed', { name: 'Timeline' })).toBeVisible();
}

async function incidentDialog(page: Page, button: string): Promise<void> {
  await openQueue(page, 'Unassigned');
  await openFirst(page);
  await page.getByRole('button', { name: button, exact: true }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
}

const csv = `Number,Short description,Caller,Impact,Urgency,State,Opened
HD-1041,Badge reader at the north door is dead,Ida Holm,2,2,New,2026-01-05 08:12
HD-1042,"Printer jams, third floor",Jon Ek,3,2,In Progress,2026-01-05 08:40
HD-1043,No sound in meeting room 4,Mia Falk,3,3,New,2026-01-05 09:03
`;

export const SCENES: readonly Scene[] = [
  { name: 'queue', set: queue('All open'), guide: [LIGHT, ['dark', 'usual']] },
  { name: 'my-work', set: queue('My work'), guide: [] },
  { name: 'not-kept', set: queue('At risk'), guide: [] },
  {
    name: 'peek',
    guide: [LIGHT],
    set: async (page) => {
      await openQueue(page, 'Unassigned');
      await page.getByRole('grid').focus();
      await page.keyboard.press('Space');
      await expect(page.getByRole('region', { name: 'Peek' })).toBeVisible();
    },
  },
  {
    name: 'bulk-actions',
    guide: [],
    set: async (page) => {
      await openQueue(page, 'Unassigned');
      await page.getByRole('grid').focus();
      for (const key of ['Home', 'x', 'j', 'x', 'j', 'x']) await page.keyboard.press(key);
      await expect(page.getByRole('toolbar', { name: 'Bulk actions' })).toContainText('3 selected');
    },
  },
  {
    name: 'search',
    guide: [],
    set: async (page) => {
      await page.getByRole('searchbox', { name: 'Search incidents' }).fill('printer');
      await expect(page.getByRole('option').first()).toBeVisible();
    },
  },
  {
    name: 'new-incident',
    guide: [LIGHT],
    set: async (page) => {
      await page.getByRole('button', { name: 'New incident' }).first().click();
      const dialog = dialogOf(page, 'New incident');
      await dialog.getByRole('combobox', { name: 'Caller' }).fill('anna');
      await dialog.getByRole('option').first().click();
      await dialog.getByRole('textbox', { name: 'Short description' }).fill('Printer prints blank pages');
      await choose(dialog, 'Impact', /Several people or a team/);
      await expect(dialog.getByRole('list', { name: 'Similar incidents' }).getByRole('listitem').first()).toBeVisible();
    },
  },
  {
    name: 'incident',
    guide: [LIGHT, ['dark', 'wide']],
    set: async (page) => {
      await openQueue(page, 'My work');
      await openFirst(page);
    },
  },
  { name: 'resolve', set: (page) => incidentDialog(page, 'Resolve'), guide: [] },
  { name: 'put-on-hold', set: (page) => incidentDialog(page, 'Put on hold'), guide: [LIGHT] },
  { name: 'transfer', set: (page) => incidentDialog(page, 'Transfer'), guide: [] },
  { name: 'cancel', set: (page) => incidentDialog(page, 'Cancel incident'), guide: [] },
  {
    name: 'import',
    guide: [LIGHT],
    set: async (page) => {
      await palette('Import incidents')(page);
      const dialog = dialogOf(page, 'Import incidents');
      const file = { name: 'helpdesk.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) };
      await dialog.getByLabel('File', { exact: true }).setInputFiles(file);
      await expect(dialog.getByRole('button', { name: 'Import', exact: true })).toBeEnabled();
    },
  },
  { name: 'alerts', set: dialogVia('Alerts', 'Alerts'), guide: [] },
  { name: 'switch-person', set: dialogVia('Switch person', 'Switch person'), guide: [] },
  { name: 'connect', set: dialogVia('Connect to a server', 'Connect to a server'), guide: [] },
  { name: 'keyboard', set: dialogVia('Show keys', 'Keyboard'), guide: [LIGHT] },
  { name: 'commands', set: (page) => page.keyboard.press('Control+k'), guide: [LIGHT] },
  { name: 'settings', set: place('Settings'), guide: [LIGHT] },
  { name: 'directory', set: place('Directory'), guide: [LIGHT] },
];
