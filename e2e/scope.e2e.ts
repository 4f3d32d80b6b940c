import type { Locator, Page } from '@playwright/test';
import { type Account, type Administration, startAdministration } from './harness/administration.ts';
import { expect, test } from './harness/fixtures.ts';
import { type RunningServer, startServer } from './harness/server.ts';
import { startWay, type Way } from './harness/way.ts';

import { addNote } from './steps/agreeing.ts';
import { joinFromFirstRun } from './steps/joining.ts';
import { countOf, dialogOf, openIncident } from './steps/people.ts';

/** A desk keeps a part of what a real server has, and what its people ask for beside it. */

test.describe.configure({ timeout: 300_000 });

const [NETWORK, SERVICE_DESK] = [crypto.randomUUID(), crypto.randomUUID()];
const TEAMS = { [NETWORK]: 'Network', [SERVICE_DESK]: 'Service Desk' };

let server: RunningServer;
let way: Way;
let admin: Administration;
let anna: Account;
/** Of the network's team, then of the service desk's. */
let incidents: readonly string[] = [];

test.beforeAll(async () => {
  server = await startServer();
  way = await startWay(server.address);
  admin = await startAdministration(server.address);
  for (const [id, name] of Object.entries(TEAMS)) await admin.save('team', { id, name, active: true, source: null });
  anna = await admin.account('Anna Berg', 'agent', { teamIds: [SERVICE_DESK] });
  incidents = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()];
  for (const [at, incidentId] of incidents.entries()) {
    const assignmentGroupId = at < 2 ? NETWORK : SERVICE_DESK;
    const given = { incidentId, shortDescription: `Line ${at + 1} is dead`, impact: 3, urgency: 2, channel: 'phone' };
    await admin.send('incident.record', { ...given, assignmentGroupId });
  }
});
test.afterAll(async () => {
  await way.close();
  await server.remove();
});

const holds = (page: Page, count: number) => expect.poll(() => countOf(page, 'All incidents')).toBe(count);

async function choosing(page: Page): Promise<Locator> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Command' }).fill('What this device keeps');
  await page.keyboard.press('Enter');
  return dialogOf(page, 'What this device keeps');
}

async function keepOnly(page: Page, team: string, size: RegExp): Promise<void> {
  const dialog = await choosing(page);
  await dialog.getByRole('radio', { name: 'A part of it' }).check();
  await expect(dialog.getByRole('checkbox', { name: team })).toBeChecked();
  await expect(dialog.getByText(size)).toBeVisible();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toHaveCount(0);
}

test('a part stays, what is asked for by number comes beside it, and both are there without a network', async ({
  launch,
}) => {
  const desk = await launch();
  const page = await desk.page();
  await joinFromFirstRun(page, way.address, anna.email);
  await holds(page, 4);

  await keepOnly(page, 'Service Desk', /^2 incidents/);
  await holds(page, 2);

  // One of the network's is asked for by its number, and worked on.
  const search = page.getByRole('searchbox', { name: 'Search incidents' });
  await search.fill('INC0000001');
  await page.getByRole('option', { name: 'Ask the server for INC0000001' }).click();
  await expect(page.getByRole('heading', { name: /INC0000001/ })).toBeVisible();
  await addNote(page, 'The caller rang again.');
  await holds(page, 3);
  await search.fill('INC9999999');
  await page.getByRole('option', { name: 'Ask the server for INC9999999' }).click();
  await expect(page.getByText('The server knows no INC9999999, or it is not for you.', { exact: true })).toBeVisible();
  await search.fill('');

  // What others do comes too: to the one that was asked for, and to one that comes into the part.
  await admin.send('incident.transfer', { incidentId: incidents[1], assignmentGroupId: SERVICE_DESK, note: 'yours' });
  await holds(page, 4);
  await admin.send('incident.transfer', { incidentId: incidents[3], assignmentGroupId: NETWORK, note: 'ours' });
  await holds(page, 3);

  // And back: what was asked for stays beside whichever part is chosen.
  const dialog = await choosing(page);
  await dialog.getByRole('radio', { name: 'Everything' }).check();
  await expect(dialog.getByText(/^4 incidents/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await holds(page, 4);
  await keepOnly(page, 'Service Desk', /^2 incidents/);
  await holds(page, 3);

  await desk.kill();
  way.pull();
  const again = await (await launch()).page();
  await holds(again, 3);
  await openIncident(again, 'INC0000001');
  await expect(again.getByText('The caller rang again.')).toBeVisible();
});
