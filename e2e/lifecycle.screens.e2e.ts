import type { Page } from '@playwright/test';
import { expect, test } from './harness/fixtures.ts';
import { sharedDesk } from './harness/shared-desk.ts';
import {
  choose,
  command,
  dialogOf,
  expectState,
  incidentOf,
  introduce,
  openIncident,
  recordAndOpen,
  switchTo,
  timelineOf,
} from './steps/people.ts';

/** The life of an incident by mouse: every transition, what it needs, and how each refusal is said. */

const desk = sharedDesk(async (page) => {
  await introduce(page, 'Ben Ito', 'Network');
  await switchTo(page, 'Anna Berg', 'Service Desk');
});

/** What a dialog says when it can't do it: the sentence, and that nothing typed is gone. */
async function expectRefusal(page: Page, dialog: string, sentence: RegExp): Promise<void> {
  await expect(dialogOf(page, dialog).getByRole('alert')).toContainText(sentence);
}

async function resolve(page: Page, notes = 'Cleared the print queue'): Promise<void> {
  await command(page, 'Resolve').click();
  const dialog = dialogOf(page, 'Resolve incident');
  await choose(dialog, 'Resolution code', 'Solution provided');
  await dialog.getByRole('textbox', { name: 'Resolution notes' }).fill(notes);
  await dialog.getByRole('button', { name: 'Resolve', exact: true }).click();
  await expect(dialog).toBeHidden();
  await expectState(page, 'Resolved');
}

test('an incident is recorded with everything the caller said, and opened from its number', async () => {
  const page = await desk.page();
  await page.getByRole('button', { name: 'New incident' }).first().click();
  const dialog = dialogOf(page, 'New incident');
  await dialog.getByRole('combobox', { name: 'Caller' }).fill('Carla Mendes');
  await dialog.getByRole('option', { name: "New person 'Carla Mendes'" }).click();
  await dialog.getByRole('textbox', { name: "New person's telephone" }).fill('030 1234');
  await dialog.getByRole('textbox', { name: 'Short description' }).fill('Whole floor offline');
  await choose(dialog, 'Impact', /Several people or a team/);
  await choose(dialog, 'Urgency', /Cannot work, no way round/);
  await expect(dialog.getByRole('status', { name: 'Priority' })).toContainText('P2 High, several people or a team');
  await choose(dialog, 'Assignment group', 'Network');
  await dialog.getByRole('textbox', { name: 'Description', exact: true }).fill('Since nine o’clock\nThird floor');
  await choose(dialog, 'Channel', 'Walk-in');
  await dialog.getByRole('button', { name: 'Create incident' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('status', { name: 'Recorded' })).toContainText(/INC\d{7}/);
  await page.getByRole('button', { name: 'Open incident' }).click();
  await expectState(page, 'New');
  const incident = incidentOf(page);
  await expect(incident.getByRole('textbox', { name: 'Short description' })).toHaveValue('Whole floor offline');
  await expect(incident.getByRole('combobox', { name: 'Caller' })).toHaveValue('Carla Mendes');
  await expect(incident.getByRole('status', { name: 'Priority' })).toContainText('P2 High');
});

test('without a short description nothing is recorded, and what was typed stays', async () => {
  const page = await desk.page();
  await page.getByRole('button', { name: 'New incident' }).first().click();
  const dialog = dialogOf(page, 'New incident');
  await dialog.getByRole('textbox', { name: 'Description', exact: true }).fill('No idea what it is');
  await dialog.getByRole('button', { name: 'Create incident' }).click();
  await expectRefusal(page, 'New incident', /A short description is needed\. Nothing was saved yet/);
  await expect(dialog.getByRole('textbox', { name: 'Description', exact: true })).toHaveValue('No idea what it is');
  await dialog.getByRole('button', { name: 'Discard draft' }).click();
  await dialog.getByRole('button', { name: 'Dismiss' }).click();
  await expect(dialog).toBeHidden();
});

test('an incident is created and resolved in one step', async () => {
  const page = await desk.page();
  await page.getByRole('button', { name: 'New incident' }).first().click();
  const form = dialogOf(page, 'New incident');
  await form.getByRole('textbox', { name: 'Short description' }).fill('Forgot the password');
  await form.getByRole('button', { name: 'Create and resolve' }).click();
  const dialog = dialogOf(page, 'Resolve incident');
  await dialog.getByRole('button', { name: 'Resolve', exact: true }).click();
  await expectRefusal(page, 'Resolve incident', /A resolution code is needed/);
  await choose(dialog, 'Resolution code', 'Solution provided');
  await dialog.getByRole('button', { name: 'Resolve', exact: true }).click();
  await expectRefusal(page, 'Resolve incident', /Resolution notes are needed/);
  await dialog.getByRole('textbox', { name: 'Resolution notes' }).fill('Reset it');
  await expect(dialog.getByRole('checkbox', { name: 'Caller confirmed' })).toBeChecked();
  await dialog.getByRole('button', { name: 'Resolve', exact: true }).click();
  await expect(form).toBeHidden();
  await expect(page.getByRole('status', { name: 'Recorded' })).toContainText('Saved and resolved on this device');
  await page.getByRole('button', { name: 'Open incident' }).click();
  await expectState(page, 'Resolved');
});

test('assigned to me, started, resolved, reopened, resolved and closed', async () => {
  const page = await desk.page();
  await recordAndOpen(page, 'Printer jams');
  await expect(command(page, 'Resume')).toHaveCount(0);
  await command(page, 'Assign to me').click();
  await expect(timelineOf(page)).toContainText('Assigned to Anna Berg');
  await expect(command(page, 'Assign to me')).toHaveCount(0);
  await command(page, 'Start work').click();
  await expectState(page, 'In Progress');
  await resolve(page);

  await command(page, 'Reopen').click();
  const reopen = dialogOf(page, 'Reopen incident');
  await reopen.getByRole('button', { name: 'Reopen', exact: true }).click();
  await expectRefusal(page, 'Reopen incident', /A reason is needed\. Nothing was changed yet/);
  await reopen.getByRole('textbox', { name: 'Reason' }).fill('It jams again');
  await reopen.getByRole('button', { name: 'Reopen', exact: true }).click();
  await expectState(page, 'In Progress');
  await expect(timelineOf(page)).toContainText('Reopened: It jams again');

  await resolve(page, 'New rollers');
  await command(page, 'Close').click();
  await expectState(page, 'Closed');
  for (const name of ['Resolve', 'Reopen', 'Transfer', 'Put on hold', 'Cancel incident'])
    await expect(command(page, name)).toHaveCount(0);
});

test('a hold asks for what its reason needs, can be changed, and is resumed', async () => {
  const page = await desk.page();
  await recordAndOpen(page, 'Screen flickers');
  await command(page, 'Start work').click();
  await expectState(page, 'In Progress');
  await command(page, 'Put on hold').click();
  const dialog = dialogOf(page, 'Put on hold');
  const confirm = dialog.getByRole('button', { name: 'Put on hold', exact: true });
  await confirm.click();
  await expectRefusal(page, 'Put on hold', /A hold needs a reason/);
  await choose(dialog, 'Hold reason', 'Awaiting Caller');
  await confirm.click();
  await expectRefusal(page, 'Put on hold', /Awaiting Caller needs a reply to the caller or a logged call/);
  await dialog.getByRole('textbox', { name: 'Reply to caller' }).fill('Which screen is it?');
  await expect(dialog).toContainText('The caller can read this reply');
  await confirm.click();
  await expectState(page, 'On Hold, Awaiting Caller');
  await expect(timelineOf(page).getByRole('article', { name: /^Reply to caller, Anna Berg/ })).toContainText(
    'Which screen is it?',
  );

  await command(page, 'Put on hold').or(command(page, 'Change the hold')).click();
  await expect(dialog).toContainText('On hold now: Awaiting Caller');
  await choose(dialog, 'Hold reason', 'Awaiting Vendor');
  await confirm.click();
  await expectRefusal(page, 'Put on hold', /Awaiting Vendor needs the vendor’s name/);
  await dialog.getByRole('textbox', { name: 'Vendor', exact: true }).fill('Displays Ltd');
  await dialog.getByLabel('Until').fill('2020-01-01T10:00');
  await confirm.click();
  await expectRefusal(page, 'Put on hold', /The hold must end in the future\. What you typed is kept/);
  await expect(dialog.getByRole('textbox', { name: 'Vendor', exact: true })).toHaveValue('Displays Ltd');
  await dialog.getByLabel('Until').fill('2099-01-01T10:00');
  await confirm.click();
  await expectState(page, 'On Hold, Awaiting Vendor');

  await command(page, 'Resume').click();
  await expectState(page, 'In Progress');
});

test('a transfer carries its hand-over note, and is sent back with a reason', async () => {
  const page = await desk.page();
  const number = await recordAndOpen(page, 'Slow network');
  await command(page, 'Transfer').click();
  const dialog = dialogOf(page, 'Transfer');
  await choose(dialog, 'Assignment group', 'Service Desk');
  await dialog.getByRole('button', { name: 'Transfer', exact: true }).click();
  await expect(timelineOf(page)).toContainText('Transferred to Service Desk');
  await command(page, 'Start work').click();
  await expectState(page, 'In Progress');

  await command(page, 'Transfer').click();
  await dialog.getByRole('button', { name: 'Transfer', exact: true }).click();
  await expectRefusal(page, 'Transfer', /An assignment group is needed/);
  await choose(dialog, 'Assignment group', 'Network');
  await choose(dialog, 'Assigned to', /^Ben Ito/);
  await dialog.getByRole('button', { name: 'Transfer', exact: true }).click();
  await expectRefusal(page, 'Transfer', /Work has begun, so a hand-over note is needed/);
  await expect(dialog.getByRole('combobox', { name: 'Assigned to' })).toHaveValue('Ben Ito');
  await dialog.getByRole('textbox', { name: 'Hand-over note' }).fill('Switch 3 drops packets');
  await dialog.getByRole('button', { name: 'Transfer', exact: true }).click();
  await expect(timelineOf(page)).toContainText('Transferred to Network, Ben Ito');
  await expect(timelineOf(page)).toContainText('Switch 3 drops packets');

  await switchTo(page, 'Ben Ito');
  await openIncident(page, number);
  await command(page, 'Transfer').click();
  await dialog.getByRole('button', { name: 'Send back' }).click();
  await expectRefusal(page, 'Transfer', /a hand-over note is needed/);
  await dialog.getByRole('textbox', { name: 'Hand-over note' }).fill('The switch is fine');
  await dialog.getByRole('button', { name: 'Send back' }).click();
  await expect(timelineOf(page)).toContainText('Sent back to Service Desk');
  await switchTo(page, 'Anna Berg');
});

test('what is typed into a dialog is there again after leaving it, and gone once it is done', async () => {
  const page = await desk.page();
  await recordAndOpen(page, 'Keyboard sticks');
  await command(page, 'Resolve').click();
  const dialog = dialogOf(page, 'Resolve incident');
  await dialog.getByRole('textbox', { name: 'Resolution notes' }).fill('Half a sentence');
  await dialog.getByRole('button', { name: 'Dismiss' }).click();
  await expect(dialog).toBeHidden();
  await command(page, 'Resolve').click();
  await expect(dialog.getByRole('textbox', { name: 'Resolution notes' })).toHaveValue('Half a sentence');
  await choose(dialog, 'Resolution code', 'Workaround provided');
  await dialog.getByRole('button', { name: 'Resolve', exact: true }).click();
  await expectState(page, 'Resolved');
});

test('an incident recorded in error is canceled, or kept', async () => {
  const page = await desk.page();
  await recordAndOpen(page, 'Wrong number');
  await command(page, 'Cancel incident').click();
  const dialog = dialogOf(page, 'Cancel incident');
  await dialog.getByRole('button', { name: 'Keep incident' }).click();
  await expect(dialog).toBeHidden();
  await command(page, 'Cancel incident').click();
  await dialog.getByRole('button', { name: 'Confirm cancellation' }).click();
  await expectRefusal(page, 'Cancel incident', /A reason is needed/);
  await choose(dialog, 'Reason', 'Recorded in error');
  await dialog.getByRole('button', { name: 'Confirm cancellation' }).click();
  await expectState(page, 'Canceled');
  await expect(command(page, 'Reopen')).toHaveCount(0);
});

test('a duplicate needs its original, which gains the caller’s report', async () => {
  const page = await desk.page();
  const original = await recordAndOpen(page, 'Mail server down');
  await recordAndOpen(page, 'No mail arrives');
  await command(page, 'Resolve').click();
  const dialog = dialogOf(page, 'Resolve incident');
  await choose(dialog, 'Resolution code', 'Duplicate');
  await dialog.getByRole('textbox', { name: 'Resolution notes' }).fill('Same outage');
  await dialog.getByRole('button', { name: 'Resolve', exact: true }).click();
  await expectRefusal(page, 'Resolve incident', /A duplicate needs the incident it repeats/);
  await dialog.getByRole('combobox', { name: 'Duplicate of' }).fill(original);
  await dialog.getByRole('option', { name: new RegExp(original) }).click();
  await dialog.getByRole('button', { name: 'Resolve', exact: true }).click();
  await expectState(page, 'Resolved');
  await expect(timelineOf(page)).toContainText(original);
});

test('the last change is taken back, from its notice and from the header', async () => {
  const page = await desk.page();
  await recordAndOpen(page, 'Mouse lost');
  await command(page, 'Assign to me').click();
  const notice = page.getByRole('region', { name: 'Undo' });
  await expect(notice).toContainText('Assigned to you.');
  await notice.getByRole('button', { name: 'Undo' }).click();
  await expect(command(page, 'Assign to me')).toBeVisible();

  await choose(incidentOf(page), 'Urgency', /Can wait/);
  await expect(incidentOf(page).getByRole('status', { name: 'Priority' })).toContainText('P5 Planning');
  await command(page, 'Undo last change').click();
  await expect(incidentOf(page).getByRole('status', { name: 'Priority' })).toContainText('P4 Low');
});

test('a note and a reply stand in the timeline under their own names, and a reply can be taken back', async () => {
  const page = await desk.page();
  await recordAndOpen(page, 'Wants a headset');
  await page.getByRole('textbox', { name: 'Work note' }).fill('Asked the store');
  await page.getByRole('button', { name: 'Add note' }).click();
  await expect(timelineOf(page).getByRole('article', { name: /^Work note, internal, Anna Berg, / })).toContainText(
    'Asked the store',
  );
  await page.getByRole('tab', { name: 'Reply to caller' }).click();
  await page.getByRole('textbox', { name: 'Reply to caller' }).fill('It is on its way');
  await page.getByRole('button', { name: 'Send reply' }).click();
  const reply = timelineOf(page).getByRole('article', { name: /^Reply to caller, Anna Berg, / });
  await reply.getByRole('button', { name: 'Undo' }).click();
  await expect(reply).toContainText('Withdrawn before it went out');
  // What was written is back where it was written.
  await expect(page.getByRole('textbox', { name: 'Reply to caller' })).toHaveValue('It is on its way');
});

test('a priority other than the matrix gives needs a reason, and shows both', async () => {
  const page = await desk.page();
  await recordAndOpen(page, 'The director’s laptop');
  await page.getByRole('button', { name: 'Override priority' }).click();
  const dialog = dialogOf(page, 'Override priority');
  await choose(dialog, 'Priority', /P2 High/);
  await dialog.getByRole('button', { name: 'Override', exact: true }).click();
  await expectRefusal(page, 'Override priority', /A reason is needed/);
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Board meeting at ten');
  await dialog.getByRole('button', { name: 'Override', exact: true }).click();
  await expect(incidentOf(page).getByRole('button', { name: 'P2 (matrix says P4)' })).toBeVisible();
});
