import type { Page } from '@playwright/test';
import { expect, test } from './harness/fixtures.ts';
import { addNote, leaveDialog, openOutbox, resolve, write } from './steps/agreeing.ts';
import { choose, command, dialogOf, expectState, incidentOf, timelineOf } from './steps/people.ts';
import { combobox, has, textbox, twoDesks } from './steps/two-desks.ts';

/** What two people do at once, through the screens: what merges by the rules of domain.md, with nobody asked. */

const two = twoDesks();

async function transfer(page: Page, group: string): Promise<void> {
  await command(page, 'Transfer').click();
  const dialog = dialogOf(page, 'Transfer');
  await choose(dialog, 'Assignment group', group);
  await dialog.getByRole('button', { name: 'Transfer', exact: true }).click();
  await expect(dialog).toBeHidden();
}

/** The alert says which incident it is about, and that its owner was replaced, by whom. */
async function expectAlertOf(page: Page, number: string): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: 'Alerts' }).click();
  const alert = dialogOf(page, 'Alerts').getByRole('listitem').filter({ hasText: number });
  // It settles first: somebody who takes it back at once alerts nobody.
  const why = 'Your assignment was replaced by Ben Ode, who had not seen it';
  await expect(alert).toContainText(why, { timeout: 30_000 });
  await page.keyboard.press('Escape');
}

test('notes and calls of both stand in the timeline, and lists hold what both put in', async () => {
  const { anna, ben } = two;
  await two.apartOver('Notes and lists');
  await addNote(ben, 'Ben looked at it');
  await addNote(ben, 'Ben called back', true);
  await write(ben, 'Tags', 'blue');
  await choose(incidentOf(ben), 'Configuration item', 'Laptop 7');
  await incidentOf(ben).getByRole('button', { name: 'Watch', exact: true }).click();
  await two.offline(5);
  await expect(incidentOf(ben).getByText('Waiting to be sent')).toBeVisible();

  const outbox = await openOutbox(ben);
  const waits = outbox.getByRole('list', { name: 'What waits' });
  await expect(waits.getByRole('button', { name: /^Add a work note to INC\d{7} Notes and lists$/ })).toBeVisible();
  await expect(waits.getByRole('button', { name: /^Log a call on INC\d{7} Notes and lists$/ })).toBeVisible();
  await expect(outbox).not.toContainText('being sent');
  await leaveDialog(outbox);

  await addNote(anna, 'Anna looked at it');
  await write(anna, 'Tags', 'red');
  await choose(incidentOf(anna), 'Configuration item', 'Router 3');
  await incidentOf(anna).getByRole('button', { name: 'Watch', exact: true }).click();
  await two.together();
  await two.needsBen(0);
  await has([anna, ben], 'Anna looked at it', 'Ben looked at it', 'Ben called back');
  for (const page of [anna, ben]) {
    await expect(textbox(page, 'Tags')).toHaveValue(/^(?=.*red)(?=.*blue)/);
    await expect(combobox(page, 'Configuration item')).toHaveValue('Router 3');
    await expect(incidentOf(page).getByText('Laptop 7', { exact: true })).toBeVisible();
    await expect(incidentOf(page).getByText('2 watchers')).toBeVisible();
    await expect(incidentOf(page).getByText('Waiting to be sent')).toHaveCount(0);
  }
});

test('of two texts the later one stands, and the other is kept in the timeline', async () => {
  const { anna, ben } = two;
  const number = await two.apartOver('Two texts');
  await write(ben, 'Short description', 'Words of Ben');
  await write(ben, 'Description', 'Ben wrote this first');
  await write(anna, 'Short description', 'Words of Anna');
  await write(anna, 'Description', 'Anna wrote this later');
  await two.together();
  await two.needsBen(0);
  for (const page of [anna, ben]) {
    await expect(page.getByRole('heading', { name: `${number} Words of Anna` })).toBeVisible();
    await expect(textbox(page, 'Description')).toHaveValue('Anna wrote this later');
  }
  await has([anna, ben], 'Words of Ben', 'Ben wrote this first', 'that Ben Ode wrote at the same time');
});

test('of two texts the later one stands also when it comes from the desk that was cut off', async () => {
  const { anna, ben } = two;
  const number = await two.apartOver('Two texts once more');
  await write(anna, 'Short description', 'Anna was first');
  await write(anna, 'Description', 'Anna wrote this first');
  await expect(anna.getByRole('heading', { name: `${number} Anna was first` })).toBeVisible();
  await write(ben, 'Short description', 'Ben was later');
  await write(ben, 'Description', 'Ben wrote this later');
  await two.offline(2);
  await two.together();
  await two.needsBen(0);
  for (const page of [anna, ben]) {
    await expect(page.getByRole('heading', { name: `${number} Ben was later` })).toBeVisible();
    await expect(textbox(page, 'Description')).toHaveValue('Ben wrote this later');
  }
  await has([anna, ben], 'Anna was first', 'Anna wrote this first', 'that Anna Berg wrote at the same time');
});

test('of two owners the one that reaches the server later stands, and who lost is told', async () => {
  const { anna, ben } = two;
  const number = await two.apartOver('Two owners');
  await command(ben, 'Assign to me').click();
  await command(anna, 'Assign to me').click();
  await expect(timelineOf(anna)).toContainText('Assigned to Anna Berg');
  await two.together();
  await two.needsBen(0);
  for (const page of [anna, ben]) await expect(combobox(page, 'Assigned to')).toHaveValue('Ben Ode');
  await has([anna, ben], 'Replaces what Anna Berg had decided meanwhile');
  await expectAlertOf(anna, number);
});

test('of two groups the one that reaches the server later stands', async () => {
  const { anna, ben } = two;
  await two.apartOver('Two groups');
  await transfer(ben, 'Network');
  await transfer(anna, 'Service Desk');
  await has([anna], 'Transferred to Service Desk');
  await two.together();
  await two.needsBen(0);
  for (const page of [anna, ben]) await expect(combobox(page, 'Assignment group')).toHaveValue('Network');
  await has([anna, ben], 'Transferred to Network', 'Replaces what Anna Berg had decided meanwhile');
});

test('a transfer that comes later takes it from who took it meanwhile, and who lost is told', async () => {
  const { anna, ben } = two;
  const number = await two.apartOver('An owner and a group');
  await transfer(ben, 'Network');
  await command(anna, 'Assign to me').click();
  await has([anna], 'Assigned to Anna Berg');
  await two.together();
  await two.needsBen(0);
  for (const page of [anna, ben]) {
    await expect(combobox(page, 'Assignment group')).toHaveValue('Network');
    await expect(combobox(page, 'Assigned to')).toHaveValue('');
  }
  await has([anna, ben], 'Replaces what Anna Berg had decided meanwhile');
  await expectAlertOf(anna, number);
});

test('a change of state that is still allowed from the state found is applied', async () => {
  const { anna, ben } = two;
  await two.apartOver('Start and resolve');
  await resolve(ben, 'Resolved from the road');
  await command(anna, 'Start work').click();
  await expectState(anna, 'In Progress');
  await two.together();
  await two.needsBen(0);
  for (const page of [anna, ben]) await expectState(page, 'Resolved');
});
