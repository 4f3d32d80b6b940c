import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { startHeadlessSession } from '#build/system/display.ts';
import { ensureBuilt } from '#build/system/outputs.ts';
import { root } from '#build/system/places.ts';
import { launchDesk } from './harness/desk.ts';
import { removeProfile } from './harness/profile.ts';
import { makeSmall } from './harness/small-png.ts';
import { JOINING } from './scenes/joining.ts';
import { REFUSALS } from './scenes/refusals.ts';
import { ROLES } from './scenes/roles.ts';
import { LIGHT, type Look, SCENES, type Scene, type Size } from './scenes/screens.ts';
import { SHARING } from './scenes/sharing.ts';
import { type Part, startWorld } from './scenes/world.ts';
import { openQueue } from './steps/people.ts';

/**
 * `npm run screenshots`: photographs the screens, filled with sample data. The user guide's pictures go to
 * docs/screenshots; with a folder as argument, every screen in light and dark and in every size goes there instead,
 * of all albums or of the one that is named after it (alone, joining, sharing, roles). `guide` as folder is the guide's.
 */

const SIZES = {
  usual: { width: 1280, height: 800 },
  wide: { width: 1920, height: 1080 },
  narrow: { width: 800, height: 800 },
} as const;

const fileOf = (name: string, look: Look, size: Size): string =>
  `${name}${look === 'dark' ? '-dark' : ''}${size === 'usual' ? '' : `-${size}`}.png`;

/** Back to a plain queue, with nothing open over it. */
async function reset(page: Page): Promise<void> {
  await page.goto('app://deskbell/desk.html').catch(() => undefined);
  await page.reload();
  await expect(page.getByRole('grid').first()).toBeVisible();
}

async function shoot(page: Page, file: string, small: boolean): Promise<void> {
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
  if (small) await makeSmall(file);
  console.log(`${file} ${Math.round((await stat(file)).size / 1024)} KB`);
}

const wanted = (scene: Pick<Scene, 'guide'>, all: boolean): readonly (readonly [Look, Size])[] =>
  all ? [LIGHT, ['light', 'wide'], ['light', 'narrow'], ['dark', 'usual'], ['dark', 'wide']] : scene.guide;

async function photograph(page: Page, folder: string, all: boolean): Promise<void> {
  for (const scene of all ? [...SCENES, ...REFUSALS] : SCENES) {
    for (const [look, size] of wanted(scene, all)) {
      await page.setViewportSize(SIZES[size]);
      await page.emulateMedia({ colorScheme: look });
      await reset(page);
      await scene.set(page);
      await shoot(page, join(folder, fileOf(scene.name, look, size)), !all);
    }
  }
}

async function atItsOwnDesk(folder: string, all: boolean): Promise<void> {
  const desk = await launchDesk();
  try {
    const page = await desk.page();
    await expect(page.getByRole('heading', { name: 'Welcome to Deskbell' })).toBeVisible();
    for (const [look, size] of wanted({ guide: [LIGHT] }, all)) {
      await page.setViewportSize(SIZES[size]);
      await page.emulateMedia({ colorScheme: look });
      await shoot(page, join(folder, fileOf('first-run', look, size)), !all);
    }
    await page.getByRole('button', { name: 'Explore with sample data' }).click();
    await expect(page.getByRole('navigation', { name: 'Queues' })).toBeVisible({ timeout: 30_000 });
    await openQueue(page, 'All open');
    await expect(page.getByRole('row').nth(5)).toContainText(/[A-Z]{2}/, { timeout: 30_000 });
    await photograph(page, folder, all);
  } finally {
    await desk.kill();
    await removeProfile(desk.profile);
  }
}

/** A story at one desk, told once; what it shows at each of its parts is photographed in every way that is wanted. */
async function story(parts: readonly Part[], folder: string, all: boolean): Promise<void> {
  const world = await startWorld();
  try {
    const page = await world.desk.page();
    for (const part of parts) {
      await page.setViewportSize(SIZES.usual);
      await page.emulateMedia({ colorScheme: 'light' });
      await part.tell(page, world).catch(async (cause) => {
        await page.screenshot({ path: join(folder, `${part.name}-failed.png`) });
        throw cause;
      });
      for (const [look, size] of wanted(part, all)) {
        await page.setViewportSize(SIZES[size]);
        await page.emulateMedia({ colorScheme: look });
        await shoot(page, join(folder, fileOf(part.name, look, size)), !all);
      }
    }
  } finally {
    await world.close();
  }
}

const ALBUMS: Readonly<Record<string, (folder: string, all: boolean) => Promise<void>>> = {
  alone: atItsOwnDesk,
  joining: (folder, all) => story(JOINING, folder, all),
  sharing: (folder, all) => story(SHARING, folder, all),
  roles: (folder, all) => story(ROLES, folder, all),
};

/** Instead of a folder: the user guide's pictures. */
const GUIDE = 'guide';

async function main(): Promise<number> {
  if (!(await ensureBuilt())) return 1;
  const [to = GUIDE, only] = process.argv.slice(2);
  const all = to !== GUIDE;
  const folder = all ? to : join(root, 'docs/screenshots');
  await mkdir(folder, { recursive: true });
  const session = await startHeadlessSession();
  Object.assign(process.env, session.env);
  try {
    for (const [name, take] of Object.entries(ALBUMS)) {
      if (only === undefined || only === name) await take(folder, all);
    }
  } finally {
    session.stop();
  }
  return 0;
}

process.exit(await main());
