import type { Locator, Page } from '@playwright/test';
import { randomFrom, seedOf } from './durability/random.ts';
import { expectReady } from './durability/reading.ts';
import type { Desk } from './harness/desk.ts';
import { expect, test } from './harness/fixtures.ts';
import {
  choose,
  command,
  dialogOf,
  expectState,
  incidentOf,
  introduce,
  openIncident,
  recordAndOpen,
  timelineOf,
} from './steps/people.ts';

/** Nothing typed is ever lost: what is half-written outlives a kill, to the last second, until it is saved. */

const SENTENCE = 'The projector in the hall goes dark after ten minutes and comes back when it has cooled down. ';

/** Types until the machine dies, and tells what had been typed a second before that, and all that ever was tried. */
async function typeUntilKilled(field: Locator, desk: Desk, afterMs: number): Promise<{ safe: string; all: string }> {
  const typed: { at: number; text: string }[] = [{ at: 0, text: '' }];
  // Of the last key nobody hears any more whether it came through.
  let tried = '';
  await field.focus();
  let killed = Number.POSITIVE_INFINITY;
  const death = new Promise<void>((resolve) =>
    setTimeout(() => {
      killed = performance.now();
      resolve(desk.kill());
    }, afterMs),
  );
  for (let at = 0; killed === Number.POSITIVE_INFINITY; at += 1) {
    const text = (typed.at(-1)?.text ?? '') + (SENTENCE[at % SENTENCE.length] ?? '');
    tried = text;
    const pressed = await field.press(text.at(-1) ?? ' ').then(
      () => true,
      () => false,
    );
    if (pressed) typed.push({ at: performance.now(), text });
  }
  await death;
  const safe = typed.findLast(({ at }) => at <= killed - 1_000)?.text ?? '';
  return { safe, all: tried };
}

async function openForm(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'New incident' }).first().click();
  const form = dialogOf(page, 'New incident');
  await expect(form).toBeVisible();
  return form;
}

const noteOn = (page: Page) => incidentOf(page).getByRole('textbox', { name: 'Work note' });
const reportOf = (page: Page) => incidentOf(page).getByRole('textbox', { name: 'Description', exact: true });
const notesOfResolution = (page: Page) =>
  dialogOf(page, 'Resolve incident').getByRole('textbox', { name: 'Resolution notes' });

test('half-written texts survive a kill to the last second, and are gone once they are saved', async ({ launch }) => {
  test.setTimeout(180_000);
  const seed = seedOf();
  console.log(`    DESKBELL_SEED=${seed} repeats this`);
  const random = randomFrom(seed);
  let desk = await launch();
  let page = await desk.page();
  await introduce(page);
  const number = await recordAndOpen(page, 'Projector dark');

  const note = await typeUntilKilled(noteOn(page), desk, random.between(1_500, 3_000));
  desk = await launch();
  page = await desk.page();
  await openIncident(page, number);
  await expect(noteOn(page)).toHaveValue(new RegExp(`^${note.safe}`));
  const keptNote = await noteOn(page).inputValue();
  expect(note.all.startsWith(keptNote)).toBe(true);

  const report = await typeUntilKilled(reportOf(page), desk, random.between(1_500, 3_000));
  desk = await launch();
  page = await desk.page();
  await openIncident(page, number);
  await expect(reportOf(page)).toHaveValue(new RegExp(`^${report.safe}`));
  const keptReport = await reportOf(page).inputValue();
  expect(report.all.startsWith(keptReport)).toBe(true);
  await expect(incidentOf(page)).toContainText('Typed here earlier and not saved.');

  await command(page, 'Resolve').click();
  const resolution = await typeUntilKilled(notesOfResolution(page), desk, random.between(1_500, 3_000));
  desk = await launch();
  page = await desk.page();
  await openIncident(page, number);
  await command(page, 'Resolve').click();
  await expect(notesOfResolution(page)).toHaveValue(new RegExp(`^${resolution.safe}`));
  expect(resolution.all.startsWith(await notesOfResolution(page).inputValue())).toBe(true);
  await dialogOf(page, 'Resolve incident').getByRole('button', { name: 'Dismiss' }).click();

  let form = await openForm(page);
  await form.getByRole('textbox', { name: 'Short description' }).fill('Half a call');
  const description = form.getByRole('textbox', { name: 'Description', exact: true });
  const call = await typeUntilKilled(description, desk, random.between(1_500, 3_000));
  desk = await launch();
  page = await desk.page();
  await expectReady(page);
  form = await openForm(page);
  await expect(form.getByRole('textbox', { name: 'Short description' })).toHaveValue('Half a call');
  const again = form.getByRole('textbox', { name: 'Description', exact: true });
  await expect(again).toHaveValue(new RegExp(`^${call.safe}`));
  expect(call.all.startsWith(await again.inputValue())).toBe(true);

  // All of it is saved, and the machine dies at once.
  await form.getByRole('button', { name: 'Create incident' }).click();
  await expect(page.getByRole('status', { name: 'Recorded' })).toContainText('Half a call');
  await page.getByRole('status', { name: 'Recorded' }).press('Escape');
  await openIncident(page, number);
  await noteOn(page).press('Control+Enter');
  await expect(timelineOf(page)).toContainText(keptNote.trim());
  await reportOf(page).press('Control+Enter');
  await expect(incidentOf(page)).not.toContainText('Typed here earlier');
  await command(page, 'Resolve').click();
  await choose(dialogOf(page, 'Resolve incident'), 'Resolution code', 'Solution provided');
  await dialogOf(page, 'Resolve incident').getByRole('button', { name: 'Resolve', exact: true }).click();
  await expectState(page, 'Resolved');
  await desk.kill();

  desk = await launch();
  page = await desk.page();
  await openIncident(page, number);
  await expect(noteOn(page)).toBeEditable();
  await expect(noteOn(page)).toHaveValue('');
  await expect(reportOf(page)).toHaveValue(keptReport.trim());
  await expect(incidentOf(page)).not.toContainText('Typed here earlier');
  await command(page, 'Reopen').click();
  await dialogOf(page, 'Reopen incident').getByRole('textbox', { name: 'Reason' }).fill('Dark again');
  await dialogOf(page, 'Reopen incident').getByRole('button', { name: 'Reopen', exact: true }).click();
  await expectState(page, 'In Progress');
  await command(page, 'Resolve').click();
  await expect(notesOfResolution(page)).toHaveValue('');
  await dialogOf(page, 'Resolve incident').getByRole('button', { name: 'Dismiss' }).click();
  form = await openForm(page);
  // The engine answers in order: once it has found the caller, it has told of every draft.
  await form.getByRole('combobox', { name: 'Caller' }).fill('Anna');
  await expect(form.getByRole('option', { name: /Anna Berg/ })).toBeVisible();
  await expect(form.getByRole('textbox', { name: 'Short description' })).toHaveValue('');
  await expect(form.getByText(/continued|other draft/)).toHaveCount(0);
});
