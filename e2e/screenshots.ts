import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { startHeadlessSession } from '#build/system/display.ts';
import { ensureBuilt } from '#build/system/outputs.ts';
import { root } from '#build/system/places.ts';
import { launchDesk } from './harness/desk.ts';
import { removeProfile } from './harness/profile.ts';
import { makeSmall } from './harness/small-png.ts';
import { REFUSALS } from './scenes/refusals.ts';
import { LIGHT, type Look, SCENES, type Scene, type Size } from './scenes/screens.ts';
import { openQueue } from './steps/people.ts';

/**
 * `npm run screenshots`: photographs the screens, filled with sample data. The user guide's pictures go to
 * docs/screenshots; with a folder as argument, every screen in light and dark and in both sizes goes there instead.
 */

const SIZES = {
  usual: { width: 1280, height: 800 },
  wide: { width: 1920, height: 1080 },
} as const;

const fileOf = (name: string, look: Look, size: Size): string =>
  `${name}${look === 'dark' ? '-dark' : ''}${size === 'wide' ? '-wide' : ''}.png`;

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
  for (const scene of all ? [...SCENES, ...REFUSALS] : SCENES) {
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
