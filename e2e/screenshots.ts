import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { startHeadlessSession } from '#build/system/display.ts';
import { ensureBuilt } from '#build/system/outputs.ts';
import { root } from '#build/system/places.ts';
import { launchDesk } from './harness/desk.ts';
import { removeProfile } from './harness/profile.ts';
import { makeSmall } from './harness/small-png.ts';
import { choose, dialogOf, openQueue } from './steps/people.ts';

/**
 * `npm run screenshots`: photographs the screens, filled with sample data. The user guide's pictures go to
 * docs/screenshots; with a folder as argument, every screen in light and dark and in both sizes goes there instead.
 */

const SIZES = {
  usual: { width: 1280, height: 800 },
  wide: { width: 1920, height: 1080 },
} as const;
type Size = keyof typeof SIZES;
type Look = 'light' | 'dark';

interface Scene {
  readonly name: string;
  /** Goes from a queue to what is photographed. */
  set(page: Page): Promise<void>;
  /** What of it the user guide shows. */
  readonly guide: readonly (readonly [Look, Size])[];
}

const fileOf = (name: string, look: Look, size: Size): string =>
  `${name}${look === 'dark' ? '-dark' : ''}${size === 'wide' ? '-wide' : ''}.png`;

const LIGHT = ['light', 'usual'] as const;
const palette = (words: string) => async (page: Page) => {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Command' }).fill(words);
  await page.keyboard.press('Enter');
};
const place = (name: string) => async (page: Page) => {
  await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name }).click();
  await expect(page.getByRole('heading', { name, exact: true })).toBeVisible();
};
const queue = (name: string) => (page: Page) => openQueue(page, name);

async function openFirst(page: Page): Promise<void> {
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

const SCENES: readonly Scene[] = [
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
  { name: 'alerts', set: palette('Alerts'), guide: [] },
  { name: 'switch-person', set: palette('Switch person'), guide: [] },
  { name: 'keyboard', set: palette('Show keys'), guide: [LIGHT] },
  { name: 'commands', set: (page) => page.keyboard.press('Control+k'), guide: [LIGHT] },
  { name: 'settings', set: place('Settings'), guide: [LIGHT] },
  { name: 'directory', set: place('Directory'), guide: [LIGHT] },
];

/** Back to a plain queue, with nothing open over it. */
async function reset(page: Page): Promise<void> {
  await page.goto('app://deskbell/desk.html').catch(() => undefined);
  await page.reload();
  await expect(page.getByRole('grid').first()).toBeVisible();
}

async function shoot(page: Page, file: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
  await makeSmall(file);
  console.log(`${file} ${Math.round((await stat(file)).size / 1024)} KB`);
}

const wanted = (scene: Pick<Scene, 'guide'>, all: boolean): readonly (readonly [Look, Size])[] =>
  all
    ? (['light', 'dark'] as const).flatMap((look) => [[look, 'usual'] as const, [look, 'wide'] as const])
    : scene.guide;

async function photograph(page: Page, folder: string, all: boolean): Promise<void> {
  for (const scene of SCENES) {
    for (const [look, size] of wanted(scene, all)) {
      await page.setViewportSize(SIZES[size]);
      await page.emulateMedia({ colorScheme: look });
      await reset(page);
      await scene.set(page);
      await shoot(page, join(folder, fileOf(scene.name, look, size)));
    }
  }
}

async function main(): Promise<number> {
  if (!(await ensureBuilt())) return 1;
  const [elsewhere] = process.argv.slice(2);
  const folder = elsewhere ?? join(root, 'docs/screenshots');
  await mkdir(folder, { recursive: true });
  const session = await startHeadlessSession();
  Object.assign(process.env, session.env);
  const desk = await launchDesk();
  try {
    const page = await desk.page();
    await expect(page.getByRole('heading', { name: 'Welcome to Deskbell' })).toBeVisible();
    for (const [look, size] of wanted({ guide: [LIGHT] }, elsewhere !== undefined)) {
      await page.setViewportSize(SIZES[size]);
      await page.emulateMedia({ colorScheme: look });
      await shoot(page, join(folder, fileOf('first-run', look, size)));
    }
    await page.getByRole('button', { name: 'Explore with sample data' }).click();
    await expect(page.getByRole('navigation', { name: 'Queues' })).toBeVisible({ timeout: 30_000 });
    await openQueue(page, 'All open');
    await expect(page.getByRole('row').nth(5)).toContainText(/[A-Z]{2}/, { timeout: 30_000 });
    await photograph(page, folder, elsewhere !== undefined);
  } finally {
    await desk.kill();
    await removeProfile(desk.profile);
    session.stop();
  }
  return 0;
}

process.exit(await main());
