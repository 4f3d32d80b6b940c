import { expect, type Page } from '@playwright/test';
import {
  addNote,
  conflictsIn,
  decide,
  openConflicts,
  openOutbox,
  reply,
  resolve,
  tryNow,
  write,
} from '../steps/agreeing.ts';
import { joinFromFirstRun, signInAs, syncOf } from '../steps/joining.ts';
import { choose, command, dialogOf, incidentOf, openIncident, openQueue } from '../steps/people.ts';
import { dialogVia, LIGHT } from './screens.ts';
import { NETWORK, numberOf, type Part, type World } from './world.ts';

/** A day at a desk that shares its incidents: in step, cut off, back again with things to decide. */

const part = (name: string, tell: Part['tell'], guide: Part['guide'] = []): Part => ({ name, guide, tell });
const leave = async (page: Page) => {
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
};
const LONG =
  'Die Kollegin meldet, dass die Datenverarbeitungsanlagenzugangsberechtigungsverlängerung seit gestern früh nicht ' +
  'mehr angenommen wird; Neustart, anderes Netzwerkkabel und ein frisches Benutzerprofil haben nichts geändert.';

/** What somebody else does meanwhile. */
const change = ({ admin, incidents }: World, at: number, changes: object) =>
  admin.send('incident.update', { incidentId: incidents[at], changes });

const choice = (at: number) => async (page: Page) => {
  await conflictsIn(dialogOf(page, 'Conflicts')).nth(at).click();
};

export const SHARING: readonly Part[] = [
  part('shared-queue', async (page, { way }) => {
    await joinFromFirstRun(page, way.address, 'ben@desk.example');
    await expect(syncOf(page)).toContainText('Synchronised');
    await openQueue(page, 'All open');
    await expect(page.getByRole('row').nth(5)).toBeVisible();
  }),
  part('outbox-empty', async (page) => {
    await openOutbox(page);
  }),
  part('conflicts-empty', async (page) => {
    await leave(page);
    await openConflicts(page);
  }),
  part('road', async (page) => {
    await leave(page);
    await dialogVia('Prepare for the road', 'Prepare for the road')(page);
    await expect(page.getByRole('status').filter({ hasText: 'of 100' })).toBeVisible();
  }),
  part('scope', async (page) => {
    await leave(page);
    await dialogVia('What this device keeps', 'What this device keeps')(page);
    const dialog = dialogOf(page, 'What this device keeps');
    await dialog.getByRole('radio', { name: 'A part of it' }).check();
    await dialog.getByRole('checkbox', { name: NETWORK }).check();
    await expect(dialog.getByRole('status').filter({ hasText: /incidents?, about/ })).toBeVisible();
  }),
  part('switch-seated', async (page) => {
    await leave(page);
    await dialogVia('Switch person', 'Switch person')(page);
  }),
  part('shared-incident', async (page) => {
    await leave(page);
    await openIncident(page, numberOf(1));
  }),
  part('shared-incident-offline', async (page, { way }) => {
    way.pull();
    await addNote(page, 'Two access points answer on one channel. Moved the one in the corridor to channel 11.');
    await choose(incidentOf(page), 'Urgency', /Can wait/);
    await choose(incidentOf(page), 'Impact', /A site/);
    await expect(syncOf(page)).toContainText('Offline, 3 changes waiting');
  }),
  part(
    'outbox-waiting',
    async (page) => {
      await openIncident(page, numberOf(2));
      await write(page, 'Description', LONG);
      await openIncident(page, numberOf(4));
      await resolve(page, 'Line card reseated, dial tone is back. Caller rang through to Lyon.');
      await openIncident(page, numberOf(5));
      await reply(page, 'We will be at the gate at two with another scanner.');
      await expect(page.getByRole('feed', { name: 'Timeline' })).toContainText('We will be at the gate');
      await openIncident(page, numberOf(7));
      await command(page, 'Start work').click();
      await openIncident(page, numberOf(8));
      await choose(incidentOf(page), 'Urgency', /Hindered/);
      await page.getByRole('button', { name: 'New incident' }).first().click();
      const form = dialogOf(page, 'New incident');
      await form.getByRole('textbox', { name: 'Short description' }).fill('No light in the stairwell of the depot');
      await form.getByRole('button', { name: 'Create incident' }).click();
      await expect(syncOf(page)).toContainText('Offline, 9 changes waiting');
      await openOutbox(page);
    },
    [LIGHT],
  ),
  part('shared-queue-offline', async (page) => {
    await leave(page);
    await openQueue(page, 'All open');
    await expect(page.getByRole('img', { name: 'Waiting to be sent' }).first()).toBeVisible();
  }),
  part('road-offline', async (page) => {
    await dialogVia('Prepare for the road', 'Prepare for the road')(page);
  }),
  part('server-leave-waiting', async (page) => {
    await leave(page);
    await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Disconnect…' }).click();
    await expect(dialogOf(page, 'Disconnect from the server')).toBeVisible();
  }),
  part('status-portal', async (page, { way }) => {
    await leave(page);
    way.mood = 'portal';
    await tryNow(page);
    await expect(syncOf(page)).toContainText('not our server');
    await openOutbox(page);
  }),
  part(
    'conflicts',
    async (page, world) => {
      await leave(page);
      const { way, admin, incidents } = world;
      await change(world, 1, { urgency: { from: 2, to: 1 } });
      await change(world, 1, { impact: { from: 2, to: 3 } });
      await change(world, 8, { urgency: { from: 3, to: 1 } });
      await admin.send('incident.cancel', { incidentId: incidents[2], reason: 'recordedInError' });
      await admin.send('incident.resolve', {
        incidentId: incidents[4],
        resolutionCode: 'solutionProvided',
        resolutionNotes: 'The carrier switched the line over.',
      });
      const body = 'A spare scanner is on its way.';
      const entryId = crypto.randomUUID();
      await admin.send('incident.reply', { incidentId: incidents[5], entryId, body, releaseAt: Date.now() });
      await admin.send('incident.start', { incidentId: incidents[7] });
      way.mend();
      await tryNow(page);
      await expect(syncOf(page)).toContainText(/need you/, { timeout: 60_000 });
      await openIncident(page, numberOf(1));
      await openConflicts(page);
    },
    [LIGHT],
  ),
  part('conflicts-1', choice(1)),
  part('conflicts-2', choice(2)),
  part('conflicts-3', choice(3)),
  part('conflicts-4', choice(4)),
  part('conflicts-5', choice(5)),
  part('conflicts-alike', async (page) => {
    await choice(0)(page);
    await dialogOf(page, 'Conflicts').getByRole('checkbox').check();
  }),
  part('conflicts-decided', async (page) => {
    const dialog = dialogOf(page, 'Conflicts');
    await conflictsIn(dialog)
      .filter({ hasText: /^Resolve/ })
      .click();
    // Resolved already: sent again it would only be refused again.
    await expect(dialog.getByRole('button', { name: 'Keep mine' })).toHaveCount(0);
    await decide(dialog, 'Keep theirs');
    await expect(dialog.getByRole('region', { name: 'Last decision' })).toContainText('Kept theirs');
  }),
  part('shared-queue-needs', async (page) => {
    await leave(page);
    await openQueue(page, 'All open');
  }),
  part('shared-incident-needs', async (page) => {
    await openIncident(page, numberOf(5));
  }),
  part('attachment-refused', async (page) => {
    const input = page.locator('input[data-attach]');
    await input.setInputFiles([
      {
        name: 'Netzwerkprotokollaufzeichnung-Besprechungsraum-vier-2026-01-05.txt',
        mimeType: '',
        buffer: Buffer.from('a line of a log\n'),
      },
      { name: 'setup.exe', mimeType: '', buffer: Buffer.from('MZ nothing to run') },
      { name: 'huge.log', mimeType: '', buffer: Buffer.alloc(24 * 1024 * 1024) },
    ]);
    await expect(incidentOf(page).getByText('A program').first()).toBeVisible();
  }),
  part('attachment-drop', async (page) => {
    const transfer = await page.evaluateHandle(() => {
      const data = new DataTransfer();
      data.items.add(new File(['x'], 'photo.png', { type: 'image/png' }));
      return data;
    });
    await incidentOf(page).dispatchEvent('dragover', { dataTransfer: transfer });
    await page.getByRole('feed', { name: 'Timeline' }).dispatchEvent('dragover', { dataTransfer: transfer });
  }),
  part('sign-in-again', async (page, { admin, ben }) => {
    await expect(incidentOf(page).getByText(/^huge\.log is attached/)).toBeAttached({ timeout: 60_000 });
    const outbox = page.getByRole('button', { name: 'Outbox', exact: true });
    await expect(outbox).toHaveAccessibleDescription('nothing is waiting', { timeout: 60_000 });
    await admin.revoke(ben.personId);
    await expect(syncOf(page)).toContainText('Sign in', { timeout: 60_000 });
  }),
  part('sign-in-dialog', async (page) => {
    await syncOf(page).getByRole('button').click();
    await expect(dialogOf(page, 'Sign in')).toBeVisible();
  }),
  part('sign-in-switch', async (page) => {
    await leave(page);
    await dialogVia('Switch person', 'Switch person')(page);
  }),
  part('colleagues-decide', async (page) => {
    await signInAs(page, 'anna@desk.example');
    await expect(syncOf(page)).toContainText('wait for colleagues’ decisions', { timeout: 60_000 });
    await openQueue(page, 'All open');
  }),
  part('conflicts-of-colleagues', async (page) => {
    await openConflicts(page);
  }),
  part('switch-two-seated', async (page) => {
    await leave(page);
    await dialogVia('Switch person', 'Switch person')(page);
  }),
];
