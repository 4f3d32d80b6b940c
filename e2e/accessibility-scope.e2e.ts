import { expect, test } from './harness/fixtures.ts';
import { expectClean } from './harness/reading.ts';
import { place } from './scenes/screens.ts';
import { numberOf, startWorld, type World } from './scenes/world.ts';
import { joinFromFirstRun } from './steps/joining.ts';
import { countOf, dialogOf, incidentOf, openQueue } from './steps/people.ts';

/** What a device that keeps a part says of it, read by axe, and the way back to everything. */

test.describe.configure({ timeout: 180_000 });

/** One that no team has, and that does not concern Ben: it leaves his device. */
const ELSEWHERE = numberOf(0);
/** Of the ten incidents there are, those assigned to Ben. */
const BENS = 6;

let world: World;
test.beforeAll(async () => {
  world = await startWorld();
});
test.afterAll(() => world.close());

test('what is left out is said where somebody looks for it, readable by everybody, and everything comes back', async () => {
  const { desk, way } = world;
  const page = await desk.page();
  await joinFromFirstRun(page, way.address, 'ben@desk.example');
  await expect.poll(() => countOf(page, 'All incidents')).toBe(10);

  await place('Settings')(page);
  await expect(page.getByText('Keeps: everything you may see')).toBeVisible();
  await page.getByRole('button', { name: 'Change what this device keeps' }).click();
  const dialog = dialogOf(page, 'What this device keeps');
  await expect(dialog.getByText(/^10 incidents, about/)).toBeVisible();
  await dialog.getByRole('radio', { name: 'A part of it' }).check();
  await expect(dialog.getByText(new RegExp(`^${BENS} incidents, about`))).toBeVisible();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Keeps: Network, Service Desk; open, or changed within 90 days')).toBeVisible();
  await expect.poll(() => countOf(page, 'All incidents')).toBe(BENS);

  await openQueue(page, 'Unassigned');
  await expect(page.getByText(/^This device keeps only a part/)).toBeVisible();
  await expectClean(page, 'an empty queue of a part');
  const box = page.getByRole('searchbox', { name: 'Search incidents' });
  await box.fill(ELSEWHERE);
  await expect(page.getByRole('option', { name: `Ask the server for ${ELSEWHERE}` })).toBeVisible();
  await expectClean(page, 'a number that is not here');
  await box.press('Enter');
  await expect(incidentOf(page).getByRole('heading', { name: new RegExp(`^${ELSEWHERE} `) })).toBeVisible();
  expect(await countOf(page, 'All incidents')).toBe(BENS + 1);

  await box.fill('INC0099999');
  await page.getByRole('option', { name: 'Ask the server for INC0099999' }).click();
  await expect(page.getByText('The server knows no INC0099999, or it is not for you.').first()).toBeVisible();

  await place('Settings')(page);
  await page.getByRole('button', { name: 'Change what this device keeps' }).click();
  await dialog.getByRole('radio', { name: 'Everything' }).check();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect.poll(() => countOf(page, 'All incidents')).toBe(10);
  await openQueue(page, 'Unassigned');
  await expect(page.getByText(/^This device keeps only a part/)).toHaveCount(0);
});
