import type { Page } from '@playwright/test';
import { expect, test } from './harness/fixtures.ts';
import { addNote, decide, openAt, openConflicts, tryNow } from './steps/agreeing.ts';
import { syncOf } from './steps/joining.ts';
import { dialogOf, openIncident, record, timelineOf } from './steps/people.ts';
import { signIn, twoDesks } from './steps/two-desks.ts';

/** Who may do what, and who sits where, while two people work at once, through the screens. */

const two = twoDesks();

/** These words, searched for, lead to the incident of this title. */
async function finds(page: Page, words: string, title: string): Promise<void> {
  await page.getByRole('searchbox', { name: 'Search incidents' }).fill(words);
  await expect(page.getByRole('option').filter({ hasText: title })).toBeVisible();
  await page.keyboard.press('Escape');
}

test('recorded offline an incident bears a number of the desk, then the server’s, and is found by both', async () => {
  const { anna, ben } = two;
  two.way.pull();
  const first = await two.recordOffline('Recorded on the train');
  await two.offline(1);
  await ben.getByRole('button', { name: 'Open incident' }).click();
  await expect(ben.getByRole('heading', { name: `${first} Recorded on the train` })).toBeVisible();
  await two.together();
  await two.needsBen(0);
  const heading = ben.getByRole('heading', { name: /^INC\d{7} Recorded on the train/ });
  await expect(heading).toBeVisible();
  const final = /INC\d{7}/.exec((await heading.textContent()) ?? '')?.[0] ?? '';
  for (const page of [anna, ben]) {
    await openIncident(page, final);
    await finds(page, first, 'Recorded on the train');
  }
});

test('what is recorded by somebody whose role was taken away opens as a form once they may again', async () => {
  const { anna, ben } = two;
  two.way.pull();
  await two.recordOffline('Recorded without the right');
  await ben.getByRole('button', { name: 'Dismiss' }).click();
  const person = { name: 'Ben Ode', teamIds: [], phone: null, siteId: null, room: null, organisation: null };
  const whole = { ...person, id: two.benId, mail: 'ben@desk.example', vip: false, handlingNotes: null, active: true };
  await two.admin.save('person', { ...whole, role: 'viewer', source: null });
  await two.together();
  await two.needsBen(1);
  await two.admin.save('person', { ...whole, role: 'technician', source: null });
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
  await two.needsBen(0);
  await expect(anna.getByRole('searchbox', { name: 'Search incidents' })).toBeVisible();
  await finds(anna, 'without the right', 'Recorded without the right');
});

test('a session that is taken away in the middle of work takes what it showed and nothing that was typed', async () => {
  const { anna, ben } = two;
  const number = await record(anna, 'Signed out in between');
  await openIncident(ben, number);
  await two.admin.revoke(two.benId);
  await expect(syncOf(ben)).toContainText('The server ended your session. Sign in again');
  await expect(ben.getByRole('heading', { name: `${number} Signed out in between` })).toBeHidden();
  await two.recordOffline('Recorded while signed out');
  await syncOf(ben).getByRole('button', { name: 'The server ended your session. Sign in to send 1 change' }).click();
  await signIn(ben, 'ben@desk.example');
  await expect(syncOf(ben)).toContainText('Synchronised');
  await openIncident(ben, number);
  await finds(anna, 'while signed out', 'Recorded while signed out');
});

test('a second person signs in at the same desk, and works under their own name', async () => {
  const { anna, ben } = two;
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
