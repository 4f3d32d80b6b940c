import { expect, test } from './harness/fixtures.ts';
import {
  conflictsIn,
  decide,
  leaveDialog,
  openAt,
  openConflicts,
  reply,
  resolve,
  valuesOf,
  write,
} from './steps/agreeing.ts';
import { syncOf } from './steps/joining.ts';
import { choose, command, dialogOf, expectState, incidentOf, record, timelineOf } from './steps/people.ts';
import { combobox, has, twoDesks } from './steps/two-desks.ts';

/** What two people do at once and no rule merges, through the screens, with every way out of a conflict. */

const two = twoDesks();

/** Ben and Anna weigh the same incident, each without the other. */
async function weighedApart(title: string): Promise<void> {
  const { anna, ben } = two;
  await two.apartOver(title);
  await choose(incidentOf(ben), 'Urgency', /Can wait/);
  await choose(incidentOf(ben), 'Impact', /Several people/);
  await choose(incidentOf(anna), 'Urgency', /Cannot work/);
  await choose(incidentOf(anna), 'Impact', /A site/);
  await two.together();
  await two.needsBen(2);
}

test('impact and urgency changed by both are conflicts, decided one by one or all at once, and undone', async () => {
  const { anna, ben } = two;
  await weighedApart('Two weights');
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
  const { ben } = two;
  await weighedApart('All like it');
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
  const { anna, ben } = two;
  await two.apartOver('Both resolve');
  await resolve(ben, 'Ben put in a new cable');
  await resolve(anna, 'Anna started it anew');
  await two.together();
  await two.needsBen(1);
  const dialog = await openConflicts(ben);
  await expect(dialog).toContainText('The incident is “Resolved” by now, and from there this is not possible.');
  await expect(dialog.getByRole('region', { name: 'What you typed' })).toContainText('Ben put in a new cable');
  await expect(dialog.getByRole('button', { name: 'Keep mine' })).toHaveCount(0);
  await decide(dialog, 'Add mine as a note');
  await expect(conflictsIn(dialog)).toHaveCount(0);
  await leaveDialog(dialog);
  await expectState(ben, 'Resolved');
  await has([anna, ben], 'Ben put in a new cable', 'Anna started it anew');
});

test('a text for an incident that was canceled meanwhile becomes a note', async () => {
  const { anna, ben } = two;
  await two.apartOver('Canceled meanwhile');
  await write(ben, 'Description', 'What the caller told Ben');
  await command(anna, 'Cancel incident').click();
  const cancel = dialogOf(anna, 'Cancel incident');
  await choose(cancel, 'Reason', 'Recorded in error');
  await cancel.getByRole('button', { name: 'Confirm cancellation' }).click();
  await expectState(anna, 'Canceled');
  await two.together();
  await two.needsBen(1);
  const dialog = await openConflicts(ben);
  await decide(dialog, 'Add mine as a note');
  await expect(conflictsIn(dialog)).toHaveCount(0);
  await leaveDialog(dialog);
  await has([anna, ben], 'What the caller told Ben');
});

test('a reply whose writer had not seen the newest word to the caller is refused, and its text is kept', async () => {
  const { anna, ben } = two;
  await two.apartOver('Two replies');
  await reply(ben, 'Ben says tomorrow');
  await reply(anna, 'Anna says today');
  await expect(timelineOf(anna)).toContainText('Anna says today');
  await two.together();
  await two.needsBen(1);
  const dialog = await openConflicts(ben);
  await expect(dialog).toContainText('Something was written to or by the caller that you had not seen.');
  await expect(dialog.getByRole('region', { name: 'What you typed' })).toContainText('Ben says tomorrow');
  await decide(dialog, 'Keep mine');
  await expect(conflictsIn(dialog)).toHaveCount(0);
  await leaveDialog(dialog);
  await has([anna, ben], 'Anna says today', 'Ben says tomorrow');
});

test('an undo of what somebody else changed since is refused, and says why', async () => {
  const { anna, ben } = two;
  const number = await record(anna, 'Undone too late');
  await openAt(number, anna, ben);
  await choose(incidentOf(ben), 'Urgency', /Can wait/);
  await expect(combobox(anna, 'Urgency')).toHaveValue(/Can wait/);
  await expect(incidentOf(ben).getByText('Waiting to be sent')).toHaveCount(0);
  two.way.pull();
  await command(ben, 'Undo last change').click();
  await expect(combobox(ben, 'Urgency')).toHaveValue(/Hindered/);
  await two.offline(1);
  await choose(incidentOf(anna), 'Urgency', /Cannot work/);
  await two.together();
  await two.needsBen(1);
  const dialog = await openConflicts(ben);
  await expect(dialog).toContainText('What this would take back was changed again since.');
  await decide(dialog, 'Keep theirs');
  await expect(conflictsIn(dialog)).toHaveCount(0);
  await leaveDialog(dialog);
  await expect(combobox(ben, 'Urgency')).toHaveValue(/Cannot work/);
});
