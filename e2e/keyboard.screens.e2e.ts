import type { Locator, Page } from '@playwright/test';
import { expect, test } from './harness/fixtures.ts';
import { sharedDesk } from './harness/shared-desk.ts';
import { command, dialogOf, expectState, incidentOf, timelineOf } from './steps/people.ts';

/** The whole work by keyboard alone: in this file nothing is ever clicked. */

const type = (page: Page, text: string) => page.keyboard.type(text);
const press = (page: Page, ...keys: string[]) =>
  keys.reduce<Promise<void>>((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());

/** Goes with Tab to what one wants, as somebody without a mouse does. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await expect(wanted).toBeVisible();
  for (let steps = 0; steps < 60; steps += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await press(page, 'Tab');
  }
  throw new Error(`Tab does not reach ${wanted}`);
}

async function runCommand(page: Page, words: string): Promise<void> {
  await press(page, 'Control+k');
  const dialog = dialogOf(page, 'Commands');
  await expect(dialog.getByRole('combobox', { name: 'Command' })).toBeFocused();
  await type(page, words);
  await expect(dialog.getByRole('option').first()).toContainText(words);
  await press(page, 'Enter');
  await expect(dialog).toBeHidden();
}

/** `n`, what is wrong, and Ctrl+Enter; the number stands there with "Open incident" in focus. */
async function recordByKeys(page: Page, shortDescription: string): Promise<string> {
  await press(page, 'n');
  const dialog = dialogOf(page, 'New incident');
  await expect(dialog.getByRole('combobox', { name: 'Caller' })).toBeFocused();
  await press(page, 'Tab');
  await type(page, shortDescription);
  await press(page, 'Control+Enter');
  await expect(dialog).toBeHidden();
  const saved = page.getByRole('status', { name: 'Recorded' });
  await expect(saved).toContainText(shortDescription);
  await expect(page.getByRole('button', { name: 'Open incident' })).toBeFocused();
  return /INC\d{7}/.exec((await saved.textContent()) ?? '')?.[0] ?? '';
}

async function recordAndOpenByKeys(page: Page, shortDescription: string): Promise<string> {
  const number = await recordByKeys(page, shortDescription);
  await press(page, 'Enter');
  await expect(page.getByRole('heading', { name: new RegExp(number) })).toBeVisible();
  await expectState(page, 'New');
  return number;
}

async function goToQueue(page: Page, key: string, name: string): Promise<Locator> {
  await press(page, key);
  const grid = page.getByRole('grid', { name, exact: true });
  await expect(grid).toBeVisible();
  return grid;
}

const focusedRow = (grid: Locator) => grid.locator('[role="row"][data-focused]');

const desk = sharedDesk(async (page) => {
  await expect(page.getByRole('textbox', { name: 'Your name' })).toBeFocused();
  await type(page, 'Anna Berg');
  await press(page, 'Tab');
  await type(page, 'Service Desk');
  await press(page, 'Enter');
  await expect(page.getByRole('navigation', { name: 'Queues' })).toBeVisible();
});

// Where an earlier test left the keys; single keys are inert in a text.
test.beforeEach(async () => {
  const page = await desk.page();
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
});

test('an incident is recorded with impact and urgency by digit, and opened with Enter', async () => {
  const page = await desk.page();
  await press(page, 'n');
  const dialog = dialogOf(page, 'New incident');
  await expect(dialog.getByRole('combobox', { name: 'Caller' })).toBeFocused();
  await type(page, 'Carla Mendes');
  await expect(dialog.getByRole('option', { name: "New person 'Carla Mendes'" })).toBeVisible();
  await press(page, 'ArrowUp', 'Enter');
  await expect(dialog.getByRole('textbox', { name: "New person's telephone" })).toBeFocused();
  await type(page, '030 1234');
  await tabTo(page, dialog.getByRole('textbox', { name: 'Short description' }));
  await type(page, 'Whole site offline');
  await press(page, 'Tab', '1', 'Tab', '1');
  await expect(dialog.getByRole('status', { name: 'Priority' })).toContainText('P1 Critical');
  await press(page, 'Control+Enter');
  await expect(page.getByRole('status', { name: 'Recorded' })).toContainText('Whole site offline');
  await expect(page.getByRole('button', { name: 'Open incident' })).toBeFocused();
  await press(page, 'Enter');
  await expect(incidentOf(page).getByRole('status', { name: 'Priority' })).toContainText('P1 Critical');
});

test('Tab leads from the name of a new caller to their telephone, and half a date is no date', async () => {
  const page = await desk.page();
  await press(page, 'n');
  const dialog = dialogOf(page, 'New incident');
  await expect(dialog.getByRole('combobox', { name: 'Caller' })).toBeFocused();
  await type(page, 'Dora Lind');
  await expect(dialog.getByRole('option', { name: "New person 'Dora Lind'" })).toBeVisible();
  await press(page, 'Tab');
  await expect(dialog.getByRole('textbox', { name: "New person's telephone" })).toBeFocused();
  await expect(dialog.getByRole('textbox', { name: "New person's name" })).toHaveValue('Dora Lind');
  await tabTo(page, dialog.getByRole('textbox', { name: 'Short description' }));
  await type(page, 'Badge reader dead');
  await tabTo(page, dialog.getByRole('combobox', { name: 'Assignment group' }));
  await type(page, 'Nowhere');
  await press(page, 'Control+Enter');
  await expect(dialog.getByRole('alert')).toContainText('Nothing matches “Nowhere”');
  await expect(dialog.getByRole('combobox', { name: 'Assignment group' })).toBeFocused();
  await press(page, 'Escape', 'Control+Enter');
  await expect(page.getByRole('button', { name: 'Open incident' })).toBeFocused();
  await press(page, 'Enter');
  await expectState(page, 'New');
  await press(page, 'c');
  await expect(page.getByRole('textbox', { name: 'Work note' })).toBeFocused();
  await type(page, 'Was on site');
  const happenedAt = page.getByLabel('Happened at');
  await happenedAt.focus();
  await type(page, '0203');
  await press(page, 'Control+Enter');
  await expect(page.getByRole('alert')).toContainText('no whole date and time');
  await expect(happenedAt).toBeFocused();
  await expect(timelineOf(page)).not.toContainText('Was on site');
  await press(page, 'ArrowLeft', 'Backspace', 'ArrowLeft', 'Backspace', 'Control+Enter');
  await expect(timelineOf(page)).toContainText('Was on site');
});

test('Ctrl+Shift+Enter creates and resolves, and Esc puts the number away', async () => {
  const page = await desk.page();
  await press(page, 'n');
  await expect(dialogOf(page, 'New incident').getByRole('combobox', { name: 'Caller' })).toBeFocused();
  await press(page, 'Tab');
  await type(page, 'Forgot the password');
  await press(page, 'Control+Shift+Enter');
  const dialog = dialogOf(page, 'Resolve incident');
  await expect(dialog.getByRole('combobox', { name: 'Resolution code' })).toBeFocused();
  await press(page, 'Control+Enter');
  await expect(dialog.getByRole('alert')).toContainText('A resolution code is needed');
  await expect(dialog.getByRole('combobox', { name: 'Resolution code' })).toBeFocused();
  await type(page, 'Solution');
  await press(page, 'Enter', 'Tab');
  await type(page, 'Reset it');
  await press(page, 'Control+Enter');
  const saved = page.getByRole('status', { name: 'Recorded' });
  await expect(saved).toContainText('Saved and resolved on this device');
  await expect(page.getByRole('button', { name: 'Open incident' })).toBeFocused();
  await press(page, 'Escape');
  await expect(saved).toHaveCount(0);
});

test('assigned, started, held, the hold changed, resumed, resolved, reopened, resolved and closed', async () => {
  const page = await desk.page();
  await recordAndOpenByKeys(page, 'Printer jams');
  await press(page, 'a');
  await expect(timelineOf(page)).toContainText('Assigned to Anna Berg');
  await press(page, 'w');
  await expectState(page, 'In Progress');

  await press(page, 'h');
  const hold = dialogOf(page, 'Put on hold');
  await expect(hold.getByRole('combobox', { name: 'Hold reason' })).toBeFocused();
  await type(page, 'Awaiting Caller');
  await press(page, 'Enter', 'Control+Enter');
  await expect(hold.getByRole('alert')).toContainText('Awaiting Caller needs a reply to the caller');
  await expect(hold.getByRole('textbox', { name: 'Reply to caller' })).toBeFocused();
  await type(page, 'Which printer?');
  await press(page, 'Control+Enter');
  await expectState(page, 'On Hold, Awaiting Caller');

  await tabTo(page, command(page, 'Put on hold').or(command(page, 'Change the hold')));
  await press(page, 'Enter');
  await expect(hold.getByRole('combobox', { name: 'Hold reason' })).toBeFocused();
  await type(page, 'Awaiting Parts');
  await press(page, 'Enter', 'Control+Enter');
  await expectState(page, 'On Hold, Awaiting Parts');
  await press(page, 'h');
  await expectState(page, 'In Progress');

  const resolve = dialogOf(page, 'Resolve incident');
  for (const notes of ['New rollers', 'Newer rollers']) {
    await press(page, 'e');
    await expect(resolve.getByRole('combobox', { name: 'Resolution code' })).toBeFocused();
    await type(page, 'Workaround');
    await press(page, 'Enter', 'Tab');
    await type(page, notes);
    await press(page, 'Control+Enter');
    await expectState(page, 'Resolved');
    if (notes === 'Newer rollers') break;
    await runCommand(page, 'Reopen');
    await expect(dialogOf(page, 'Reopen incident').getByRole('textbox', { name: 'Reason' })).toBeFocused();
    await type(page, 'It jams again');
    await press(page, 'Control+Enter');
    await expectState(page, 'In Progress');
  }
  await runCommand(page, 'Close');
  await expectState(page, 'Closed');
});

test('transfer, priority and cancellation by key, palette and Ctrl+Enter', async () => {
  const page = await desk.page();
  await recordAndOpenByKeys(page, 'Slow laptop');
  await press(page, 'g');
  const transfer = dialogOf(page, 'Transfer');
  await expect(transfer.getByRole('combobox', { name: 'Assignment group' })).toBeFocused();
  await type(page, 'Service');
  await press(page, 'Enter', 'Control+Enter');
  await expect(timelineOf(page)).toContainText('Transferred to Service Desk');

  await press(page, 'p');
  const override = dialogOf(page, 'Override priority');
  await expect(override.getByRole('combobox', { name: 'Priority' })).toBeFocused();
  await press(page, '2');
  await tabTo(page, override.getByRole('textbox', { name: 'Reason' }));
  await type(page, 'Board meeting');
  await press(page, 'Control+Enter');
  await expect(incidentOf(page).getByRole('status', { name: 'Priority' })).toContainText('P2 (matrix says P4)');

  await press(page, 'u');
  await expect(incidentOf(page).getByRole('status', { name: 'Priority' })).toContainText('P4 Low');

  await runCommand(page, 'Cancel incident');
  const cancel = dialogOf(page, 'Cancel incident');
  await expect(cancel.getByRole('combobox', { name: 'Reason' })).toBeFocused();
  await type(page, 'Withdrawn');
  await press(page, 'Enter', 'Control+Enter');
  await expectState(page, 'Canceled');
});

test('c writes a note sent by Ctrl+Enter, r a reply sent by Ctrl+Shift+Enter and no other key', async () => {
  const page = await desk.page();
  await recordAndOpenByKeys(page, 'Wants a headset');
  await press(page, 'c');
  const note = page.getByRole('textbox', { name: 'Work note' });
  await expect(note).toBeFocused();
  await type(page, 'Asked the store');
  await press(page, 'Control+Shift+Enter');
  await expect(note).toHaveValue('Asked the store');
  await press(page, 'Control+Enter');
  await expect(timelineOf(page).getByRole('article', { name: /^Work note, internal, Anna Berg/ })).toBeVisible();
  await expect(note).toHaveValue('');

  const reply = page.getByRole('textbox', { name: 'Reply to caller' });
  await runCommand(page, 'Write a reply');
  await expect(reply).toBeFocused();
  await type(page, 'It is on its way');
  await press(page, 'Control+Enter');
  await expect(reply).toHaveValue('It is on its way');
  await press(page, 'Control+Shift+Enter');
  await expect(timelineOf(page).getByRole('article', { name: /^Reply to caller, Anna Berg/ })).toBeVisible();
});

test('u brings a reply back into the field it was written in, and says so when there is nothing more', async () => {
  const page = await desk.page();
  await recordAndOpenByKeys(page, 'Sent too early');
  await press(page, 'r');
  await type(page, 'It is on its way');
  await press(page, 'Control+Shift+Enter');
  const reply = page.getByRole('textbox', { name: 'Reply to caller' });
  await expect(reply).toHaveValue('');
  await press(page, 'Tab', 'u');
  await expect(reply).toHaveValue('It is on its way');
  await press(page, 'u');
  await expect(page.getByText('Nothing here can be undone now.')).toBeVisible();
});

test('a key that can do nothing says why', async () => {
  const page = await desk.page();
  await goToQueue(page, '1', 'My work');
  await press(page, 'c');
  await expect(page.getByText('Write a note: open an incident first.')).toBeVisible();
  await recordAndOpenByKeys(page, 'Already begun');
  await press(page, 'w');
  await expectState(page, 'In Progress');
  await press(page, 'w');
  await expect(page.getByText('Start work: not while the incident is In Progress.')).toBeVisible();
});

test('single keys are inert in text and in dialogs', async () => {
  const page = await desk.page();
  await recordAndOpenByKeys(page, 'Nothing may happen');
  await press(page, 'r');
  const reply = page.getByRole('textbox', { name: 'Reply to caller' });
  await expect(reply).toBeFocused();
  await type(page, 'neahwgpcu?123/[] ');
  await expect(reply).toHaveValue('neahwgpcu?123/[] ');
  await expectState(page, 'New');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await press(page, 'Escape', 'Tab');
  await press(page, '?');
  const keyboard = dialogOf(page, 'Keyboard');
  await expect(keyboard).toBeVisible();
  await press(page, 'n', 'e', '1');
  await expect(page.getByRole('dialog')).toHaveCount(1);
  await press(page, 'Escape');
  await expect(keyboard).toBeHidden();
  await expectState(page, 'New');
});

test('queues by digit, rows by j and k, Space peeks, Enter opens, [ and ] walk on', async () => {
  const page = await desk.page();
  const numbers: string[] = [];
  for (const text of ['First of three', 'Second of three', 'Third of three']) {
    numbers.push(await recordByKeys(page, text));
    await press(page, 'Escape');
  }
  await goToQueue(page, '1', 'My work');
  const grid = await goToQueue(page, '2', 'Unassigned');
  await press(page, 'Home');
  const rows = grid.locator('[role="row"][aria-rowindex]');
  const first = (await rows.nth(0).textContent()) ?? '';
  const second = (await rows.nth(1).textContent()) ?? '';
  await expect(focusedRow(grid)).toHaveText(first);
  await press(page, 'j');
  await expect(focusedRow(grid)).toHaveText(second);
  await press(page, 'k');
  await expect(focusedRow(grid)).toHaveText(first);

  await press(page, 'Space');
  const peek = page.getByRole('region', { name: 'Peek' });
  const numberIn = (text: string) => /INC\d{7}/.exec(text)?.[0] ?? 'none';
  await expect(peek).toContainText(numberIn(first));
  await press(page, 'j');
  await expect(peek).toContainText(numberIn(second));
  await press(page, 'Space');
  await expect(peek).toHaveCount(0);

  await press(page, 'k', 'Enter');
  await expect(page.getByRole('heading', { name: new RegExp(numberIn(first)) })).toBeVisible();
  await press(page, ']');
  await expect(page.getByRole('heading', { name: new RegExp(numberIn(second)) })).toBeVisible();
  await press(page, '[');
  await expect(page.getByRole('heading', { name: new RegExp(numberIn(first)) })).toBeVisible();
  for (const [key, name] of [
    ['3', 'My team'],
    ['6', 'On hold'],
    ['8', 'Resolved'],
    ['9', 'All open'],
  ] as const)
    await goToQueue(page, key, name);
});

test('x selects rows, and what follows is done to all of them', async () => {
  const page = await desk.page();
  for (const text of ['One of a pair', 'The other one']) {
    await recordByKeys(page, text);
    await press(page, 'Escape');
  }
  const grid = await goToQueue(page, '2', 'Unassigned');
  await press(page, 'Home', 'x', 'j', 'x');
  await expect(page.getByRole('toolbar', { name: 'Bulk actions' })).toContainText('2 selected');
  await press(page, 'a');
  await expect(page.getByRole('region', { name: 'Undo' })).toContainText('2 incidents assigned to you.');
  await press(page, 'Escape');
  await expect(page.getByRole('toolbar', { name: 'Bulk actions' })).toHaveCount(0);
  await expect(grid).toBeVisible();
});

test('/ finds an incident by its number', async () => {
  const page = await desk.page();
  const number = await recordByKeys(page, 'To be found');
  await press(page, 'Escape', '/');
  const search = page.getByRole('searchbox', { name: 'Search incidents' });
  await expect(search).toBeFocused();
  await type(page, number);
  await expect(page.getByRole('option').filter({ hasText: number })).toBeVisible();
  await press(page, 'ArrowDown', 'Enter');
  await expect(page.getByRole('heading', { name: new RegExp(number) })).toBeVisible();
});

test('the dialog of the keys names every key that acts', async () => {
  const page = await desk.page();
  await press(page, '?');
  const keyboard = dialogOf(page, 'Keyboard');
  await expect(keyboard.locator('kbd').first()).toBeVisible();
  const keys = await keyboard.locator('kbd').allTextContents();
  for (const key of 'n j k x a g w h e c r p u ? / [ ] . 1 2 3 4 5 6 7 8 9 Enter Space'.split(' '))
    expect(keys).toContain(key);
  await press(page, 'Escape');
  await expect(keyboard).toBeHidden();
});
