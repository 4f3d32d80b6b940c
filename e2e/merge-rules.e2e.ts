import type { Page } from '@playwright/test';
import { type Administration, PASSWORD, startAdministration } from './harness/administration.ts';
import { type ElectronDesk, launchDesk } from './harness/desk.ts';
import { expect, test } from './harness/fixtures.ts';
import { newProfile, removeProfile } from './harness/profile.ts';
import { type RunningServer, startServer } from './harness/server.ts';
import { startWay, type Way } from './harness/way.ts';
import {
  addNote,
  conflictsIn,
  decide,
  leaveDialog,
  openAt,
  openConflicts,
  openOutbox,
  reply,
  resolve,
  tryNow,
  valuesOf,
  write,
} from './steps/agreeing.ts';
import { joinFromFirstRun, syncOf } from './steps/joining.ts';
import {
  choose,
  command,
  dialogOf,
  expectState,
  incidentOf,
  openIncident,
  record,
  timelineOf,
} from './steps/people.ts';

/**
 * What two people do at once, through the screens: Anna's desk is always connected, Ben's is cut off and comes back.
 * Every merge rule of domain.md, and every way out of a conflict.
 */

let server: RunningServer;
let way: Way;
let admin: Administration;
let anna: Page;
let ben: Page;
let benId = '';
const desks: ElectronDesk[] = [];

async function joined(name: string, address: string): Promise<Page> {
  const desk = await launchDesk({ profile: await newProfile() });
  desks.push(desk);
  const page = await desk.page();
  await joinFromFirstRun(page, address, `${name}@desk.example`);
  await expect(syncOf(page)).toContainText('Synchronised');
  return page;
}

const named = (name: string) => ({ id: crypto.randomUUID(), name, active: true, source: null });
const withGroup = (name: string) => ({ ...named(name), assignmentGroupId: null });

test.beforeAll(async () => {
  server = await startServer();
  admin = await startAdministration(server.address);
  await admin.account('Anna Berg', 'agent');
  benId = (await admin.account('Ben Ode', 'technician')).personId;
  await admin.account('Carla Diaz', 'agent');
  for (const name of ['Network', 'Service Desk']) await admin.save('team', named(name));
  for (const name of ['Laptop 7', 'Router 3']) await admin.save('configurationItem', withGroup(name));
  way = await startWay(server.address);
  anna = await joined('anna', server.address);
  ben = await joined('ben', way.address);
});
test.afterAll(async () => {
  for (const desk of desks) {
    await desk.kill();
    await removeProfile(desk.profile);
  }
  await way.close();
  await server.remove();
});

/** Both look at an incident that Anna recorded; then Ben's desk is cut off. */
async function apartOver(text: string): Promise<string> {
  const number = await record(anna, text);
  await expect(ben.getByRole('button', { name: 'Outbox', exact: true })).toBeVisible();
  await openAt(number, anna, ben);
  way.pull();
  return number;
}

const offline = (waiting: number) =>
  expect(syncOf(ben)).toContainText(`Offline, ${waiting} ${waiting === 1 ? 'change' : 'changes'} waiting`);

/** What Anna did is at the server; then Ben's desk is on the network again, and level with it. */
async function together(): Promise<void> {
  await expect(anna.getByRole('button', { name: 'Outbox', exact: true })).toHaveAccessibleDescription(
    'nothing is waiting',
  );
  way.mend();
  await tryNow(ben);
  await expect(ben.getByRole('button', { name: 'Outbox', exact: true })).toHaveAccessibleDescription(
    'nothing is waiting',
  );
  await expect(syncOf(ben)).toContainText('Synchronised');
}

const needsBen = (count: number) =>
  expect(ben.getByRole('button', { name: 'Conflicts', exact: true })).toHaveAccessibleDescription(
    count === 0 ? 'nothing needs you' : count === 1 ? '1 needs you' : `${count} need you`,
  );

const has = async (pages: readonly Page[], ...texts: readonly (string | RegExp)[]) => {
  for (const page of pages) for (const text of texts) await expect(timelineOf(page)).toContainText(text);
};

const textbox = (page: Page, name: string) => incidentOf(page).getByRole('textbox', { name, exact: true });
const combobox = (page: Page, name: string) => incidentOf(page).getByRole('combobox', { name, exact: true });

async function signIn(page: Page, email: string): Promise<void> {
  const dialog = dialogOf(page, 'Sign in');
  await dialog.getByLabel('E-mail').fill(email);
  await dialog.getByLabel('Password').fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(dialog).toBeHidden();
}

test('notes and calls of both stand in the timeline, and lists hold what both put in', async () => {
  await apartOver('Notes and lists');
  await addNote(ben, 'Ben looked at it');
  await addNote(ben, 'Ben called back', true);
  await write(ben, 'Tags', 'blue');
  await choose(incidentOf(ben), 'Configuration item', 'Laptop 7');
  await incidentOf(ben).getByRole('button', { name: 'Watch', exact: true }).click();
  await offline(5);
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
  await together();
  await needsBen(0);
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
  const number = await apartOver('Two texts');
  await write(ben, 'Short description', 'Words of Ben');
  await write(ben, 'Description', 'Ben wrote this first');
  await write(anna, 'Short description', 'Words of Anna');
  await write(anna, 'Description', 'Anna wrote this later');
  await together();
  await needsBen(0);
  for (const page of [anna, ben]) {
    await expect(page.getByRole('heading', { name: `${number} Words of Anna` })).toBeVisible();
    await expect(textbox(page, 'Description')).toHaveValue('Anna wrote this later');
  }
  await has([anna, ben], 'Words of Ben', 'Ben wrote this first', 'that Ben Ode wrote at the same time');
});

test('of two owners the one that reaches the server later stands, and who lost is told', async () => {
  const number = await apartOver('Two owners');
  await command(ben, 'Assign to me').click();
  await command(anna, 'Assign to me').click();
  await expect(timelineOf(anna)).toContainText('Assigned to Anna Berg');
  await together();
  await needsBen(0);
  for (const page of [anna, ben]) await expect(combobox(page, 'Assigned to')).toHaveValue('Ben Ode');
  await has([anna, ben], 'Replaces what Anna Berg had decided meanwhile');
  await anna.getByRole('button', { name: /^Alerts/ }).click();
  await expect(anna.getByText(new RegExp(`${number}`)).first()).toBeVisible();
  await anna.keyboard.press('Escape');
});

test('impact and urgency changed by both are conflicts, decided one by one or all at once, and undone', async () => {
  await apartOver('Two weights');
  await choose(incidentOf(ben), 'Urgency', /Can wait/);
  await choose(incidentOf(ben), 'Impact', /Several people/);
  await choose(incidentOf(anna), 'Urgency', /Cannot work/);
  await choose(incidentOf(anna), 'Impact', /A site/);
  await together();
  await needsBen(2);
  await expect(incidentOf(ben).getByText('Needs you')).toBeVisible();
  await syncOf(ben).getByRole('button', { name: '2 need you' }).click();

  const dialog = dialogOf(ben, 'Conflicts');
  await expect(conflictsIn(dialog)).toHaveText([/Change INC.*Urgency/, /Change INC.*Impact/]);
  await expect(valuesOf(dialog, 'Urgency')).toHaveText(['Hindered', 'Cannot work, no way round', 'Can wait']);
  await decide(dialog, 'Keep mine');
  const last = dialog.getByRole('region', { name: 'Last decision' });
  await expect(last).toContainText('Kept mine in 1 conflict.');
  await expect(conflictsIn(dialog)).toHaveCount(1);
  await expect(combobox(anna, 'Urgency')).toHaveValue(/Can wait/);

  await decide(dialog, 'Keep theirs');
  await expect(last).toContainText('Kept theirs in 1 conflict.');
  await last.getByRole('button', { name: 'Undo' }).click();
  await expect(valuesOf(dialog, 'Impact')).toHaveText([/One person/, /A site/, /Several people/]);
  await decide(dialog, 'Keep mine');
  await expect(conflictsIn(dialog)).toHaveCount(0);
  await leaveDialog(dialog);
  for (const page of [anna, ben]) await expect(combobox(page, 'Impact')).toHaveValue(/Several people/);
});

test('a decision is applied to all conflicts like it, and undone in one', async () => {
  await apartOver('All like it');
  await choose(incidentOf(ben), 'Urgency', /Can wait/);
  await choose(incidentOf(ben), 'Impact', /Several people/);
  await choose(incidentOf(anna), 'Urgency', /Cannot work/);
  await choose(incidentOf(anna), 'Impact', /A site/);
  await together();
  await needsBen(2);
  const dialog = await openConflicts(ben);
  await dialog.getByRole('checkbox', { name: 'Apply to all 2 like it' }).check();
  await decide(dialog, 'Keep theirs');
  await expect(conflictsIn(dialog)).toHaveCount(0);
  const last = dialog.getByRole('region', { name: 'Last decision' });
  await expect(last).toContainText('Kept theirs in 2 conflicts.');
  await last.getByRole('button', { name: 'Undo' }).click();
  await expect(conflictsIn(dialog)).toHaveCount(2);
  await dialog.getByRole('checkbox', { name: 'Apply to all 2 like it' }).check();
  await decide(dialog, 'Keep theirs');
  await expect(conflictsIn(dialog)).toHaveCount(0);
  await leaveDialog(dialog);
});

test('both resolve: the second finds it resolved, is a conflict, and becomes a note', async () => {
  await apartOver('Both resolve');
  await resolve(ben, 'Ben put in a new cable');
  await resolve(anna, 'Anna started it anew');
  await together();
  await needsBen(1);
  const dialog = await openConflicts(ben);
  await expect(dialog).toContainText('The incident is “Resolved” by now, and from there this is not possible.');
  await expect(dialog.getByRole('region', { name: 'What you typed' })).toContainText('Ben put in a new cable');
  await decide(dialog, 'Keep mine');
  await expect(dialog.getByRole('alert')).toContainText('This one could not be decided so. It is still here:');
  await decide(dialog, 'Add mine as a note');
  await expect(conflictsIn(dialog)).toHaveCount(0);
  await leaveDialog(dialog);
  await expectState(ben, 'Resolved');
  await has([anna, ben], 'Ben put in a new cable', 'Anna started it anew');
});

test('a change of state that is still allowed from the state found is applied', async () => {
  await apartOver('Start and resolve');
  await resolve(ben, 'Resolved from the road');
  await command(anna, 'Start work').click();
  await expectState(anna, 'In Progress');
  await together();
  await needsBen(0);
  for (const page of [anna, ben]) await expectState(page, 'Resolved');
});

test('a text for an incident that was canceled meanwhile becomes a note', async () => {
  await apartOver('Canceled meanwhile');
  await write(ben, 'Description', 'What the caller told Ben');
  await command(anna, 'Cancel incident').click();
  const cancel = dialogOf(anna, 'Cancel incident');
  await choose(cancel, 'Reason', 'Recorded in error');
  await cancel.getByRole('button', { name: 'Confirm cancellation' }).click();
  await expectState(anna, 'Canceled');
  await together();
  await needsBen(1);
  const dialog = await openConflicts(ben);
  await decide(dialog, 'Add mine as a note');
  await expect(conflictsIn(dialog)).toHaveCount(0);
  await leaveDialog(dialog);
  await has([anna, ben], 'What the caller told Ben');
});

test('a reply whose writer had not seen the newest word to the caller is refused, and its text is kept', async () => {
  await apartOver('Two replies');
  await reply(ben, 'Ben says tomorrow');
  await reply(anna, 'Anna says today');
  await expect(timelineOf(anna)).toContainText('Anna says today');
  await together();
  await needsBen(1);
  const dialog = await openConflicts(ben);
  await expect(dialog).toContainText('Something was written to or by the caller that you had not seen.');
  await expect(dialog.getByRole('region', { name: 'What you typed' })).toContainText('Ben says tomorrow');
  await decide(dialog, 'Keep mine');
  await expect(conflictsIn(dialog)).toHaveCount(0);
  await leaveDialog(dialog);
  await has([anna, ben], 'Anna says today', 'Ben says tomorrow');
});

test('an undo of what somebody else changed since is refused, and says why', async () => {
  const number = await record(anna, 'Undone too late');
  await openAt(number, anna, ben);
  await choose(incidentOf(ben), 'Urgency', /Can wait/);
  await expect(combobox(anna, 'Urgency')).toHaveValue(/Can wait/);
  await expect(incidentOf(ben).getByText('Waiting to be sent')).toHaveCount(0);
  way.pull();
  await command(ben, 'Undo last change').click();
  await expect(combobox(ben, 'Urgency')).toHaveValue(/Hindered/);
  await offline(1);
  await choose(incidentOf(anna), 'Urgency', /Cannot work/);
  await together();
  await needsBen(1);
  const dialog = await openConflicts(ben);
  await expect(dialog).toContainText('What this would take back was changed again since.');
  await decide(dialog, 'Keep theirs');
  await expect(conflictsIn(dialog)).toHaveCount(0);
  await leaveDialog(dialog);
  await expect(combobox(ben, 'Urgency')).toHaveValue(/Cannot work/);
});

async function recordOffline(text: string): Promise<string> {
  await ben.getByRole('button', { name: 'New incident' }).first().click();
  const form = dialogOf(ben, 'New incident');
  await form.getByRole('textbox', { name: 'Short description' }).fill(text);
  await form.getByRole('textbox', { name: 'Description', exact: true }).fill(`All about: ${text}`);
  await form.getByRole('button', { name: 'Create incident' }).click();
  const saved = ben.getByRole('status', { name: 'Recorded' });
  await expect(saved).toContainText(/INC-\w{2}-\d{4}/);
  return /INC-\w{2}-\d{4}/.exec((await saved.textContent()) ?? '')?.[0] ?? '';
}

test('recorded offline an incident bears a number of the desk, then the server’s, and is found by both', async () => {
  way.pull();
  const first = await recordOffline('Recorded on the train');
  await offline(1);
  await ben.getByRole('button', { name: 'Open incident' }).click();
  await expect(ben.getByRole('heading', { name: `${first} Recorded on the train` })).toBeVisible();
  await together();
  await needsBen(0);
  const heading = ben.getByRole('heading', { name: /^INC\d{7} Recorded on the train/ });
  await expect(heading).toBeVisible();
  const final = /INC\d{7}/.exec((await heading.textContent()) ?? '')?.[0] ?? '';
  for (const page of [anna, ben]) {
    await openIncident(page, final);
    await page.getByRole('searchbox', { name: 'Search incidents' }).fill(first);
    await expect(page.getByRole('option').filter({ hasText: 'Recorded on the train' })).toBeVisible();
    await page.keyboard.press('Escape');
  }
});

test('what is recorded by somebody whose role was taken away opens as a form once they may again', async () => {
  way.pull();
  await recordOffline('Recorded without the right');
  await ben.getByRole('button', { name: 'Dismiss' }).click();
  const person = { name: 'Ben Ode', teamIds: [], phone: null, siteId: null, room: null, organisation: null };
  const whole = { ...person, id: benId, mail: 'ben@desk.example', vip: false, handlingNotes: null, active: true };
  await admin.save('person', { ...whole, role: 'viewer', source: null });
  await together();
  await needsBen(1);
  await admin.save('person', { ...whole, role: 'technician', source: null });
  await tryNow(ben);
  const dialog = await openConflicts(ben);
  await expect(dialog).toContainText('Your role does not allow this.');
  await expect(dialog.getByRole('region', { name: 'What you typed' })).toContainText(
    'All about: Recorded without the right',
  );
  await decide(dialog, 'Open as a form');
  const form = dialogOf(ben, 'New incident');
  await expect(form.getByRole('textbox', { name: 'Short description' })).toHaveValue('Recorded without the right');
  await expect(ben.getByRole('button', { name: 'Create incident' })).toBeEnabled();
  await form.getByRole('button', { name: 'Create incident' }).click();
  await expect(form).toBeHidden();
  await needsBen(0);
  await expect(anna.getByRole('searchbox', { name: 'Search incidents' })).toBeVisible();
  await anna.getByRole('searchbox', { name: 'Search incidents' }).fill('without the right');
  await expect(anna.getByRole('option').filter({ hasText: 'Recorded without the right' })).toBeVisible();
  await anna.keyboard.press('Escape');
});

test('a session that is taken away in the middle of work loses nothing, and signing in sends it', async () => {
  const number = await record(anna, 'Signed out in between');
  await openIncident(ben, number);
  await admin.revoke(benId);
  await expect(syncOf(ben)).toContainText('Sign in to synchronise');
  await incidentOf(ben)
    .or(ben.getByRole('heading', { name: /No incident/ }))
    .first()
    .waitFor();
  await recordOffline('Recorded while signed out');
  await syncOf(ben).getByRole('button', { name: 'Sign in to send 1 change' }).click();
  await signIn(ben, 'ben@desk.example');
  await expect(syncOf(ben)).toContainText('Synchronised');
  await openIncident(ben, number);
  await anna.getByRole('searchbox', { name: 'Search incidents' }).fill('while signed out');
  await expect(anna.getByRole('option').filter({ hasText: 'Recorded while signed out' })).toBeVisible();
  await anna.keyboard.press('Escape');
});

test('a second person signs in at the same desk, and works under their own name', async () => {
  const number = await record(anna, 'Shared desk');
  await openAt(number, anna, ben);
  await ben.getByRole('banner').getByRole('button', { name: 'Ben Ode' }).click();
  await ben.getByRole('menuitem', { name: 'Switch person' }).click();
  await dialogOf(ben, 'Switch person').getByRole('button', { name: 'Sign in as somebody else' }).click();
  await signIn(ben, 'carla@desk.example');
  await expect(ben.getByRole('banner').getByRole('button', { name: 'Carla Diaz' })).toBeVisible();
  await openIncident(ben, number);
  await addNote(ben, 'Carla took the call');
  await expect(timelineOf(anna).getByRole('article', { name: /^Work note, internal, Carla Diaz/ })).toContainText(
    'Carla took the call',
  );
});
