import type { Page } from '@playwright/test';
import { startAdministration } from './harness/administration.ts';
import { type ElectronDesk, launchDesk } from './harness/desk.ts';
import { expect, test } from './harness/fixtures.ts';
import { newProfile, removeProfile } from './harness/profile.ts';
import { type RunningServer, startServer } from './harness/server.ts';
import { joinFromFirstRun, syncOf } from './steps/joining.ts';
import { openIncident, record } from './steps/people.ts';

/** Two desks of the built application and a server, through the screens. */

let server: RunningServer;
const desks: ElectronDesk[] = [];
test.beforeAll(async () => {
  server = await startServer();
  const admin = await startAdministration(server.address);
  await admin.account('Anna Berg', 'agent');
  await admin.account('Ben Ode', 'technician');
});
test.afterAll(async () => {
  for (const desk of desks) {
    await desk.kill();
    await removeProfile(desk.profile);
  }
  await server.remove();
});

async function joined(email: string): Promise<Page> {
  const desk = await launchDesk({ profile: await newProfile() });
  desks.push(desk);
  const page = await desk.page();
  await joinFromFirstRun(page, server.address, email);
  await expect(syncOf(page)).toContainText('Synchronised');
  return page;
}

test('what is recorded at one desk is at the other within seconds, under the number that the server gave', async () => {
  const anna = await joined('anna@desk.example');
  const ben = await joined('ben@desk.example');
  await record(anna, 'Printer is on fire');
  await expect(ben.getByRole('row').filter({ hasText: 'Printer is on fire' })).toBeVisible();
  await expect(syncOf(anna)).toContainText('Synchronised');
  await openIncident(ben, 'INC0000001');
  await expect(ben.getByRole('heading', { name: /INC0000001 Printer is on fire/ })).toBeVisible();
});
