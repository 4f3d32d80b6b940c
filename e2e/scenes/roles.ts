import { expect } from '@playwright/test';
import { joinFromFirstRun, signInAs, syncOf } from '../steps/joining.ts';
import { openIncident, openQueue } from '../steps/people.ts';
import { dialogVia, place } from './screens.ts';
import { numberOf, type Part } from './world.ts';

/** What a desk shows to those who do not work on incidents. */

const part = (name: string, tell: Part['tell']): Part => ({ name, guide: [], tell });

export const ROLES: readonly Part[] = [
  part('viewer-queue', async (page, { way }) => {
    await joinFromFirstRun(page, way.address, 'vera@desk.example');
    await expect(syncOf(page)).toContainText('Synchronised');
    await openQueue(page, 'All open');
    await page.getByRole('button', { name: 'New incident' }).hover({ force: true });
  }),
  part('viewer-key', async (page) => {
    await page.getByRole('grid').focus();
    await page.keyboard.press('n');
    await expect(page.getByText(/may not do this/).first()).toBeVisible();
  }),
  part('viewer-peek', async (page) => {
    await page.getByRole('grid').focus();
    await page.keyboard.press('Space');
    await expect(page.getByRole('region', { name: 'Peek' })).toBeVisible();
  }),
  part('viewer-directory', place('Directory')),
  part('viewer-incident', async (page) => {
    await openIncident(page, numberOf(1));
  }),
  part('requester-other-incident', async (page, { admin, incidents, rita }) => {
    const callerId = crypto.randomUUID();
    await admin.save('person', {
      ...{ id: callerId, name: 'Jon Ek', teamIds: [], mail: null, phone: null, siteId: null, room: null },
      ...{ organisation: null, vip: false, handlingNotes: null, active: true, role: 'requester', source: null },
    });
    const changes = { callerId: { from: rita.personId, to: callerId } };
    await admin.send('incident.update', { incidentId: incidents[1], changes });
    await dialogVia('Switch person', 'Switch person')(page);
    await signInAs(page, 'rita@desk.example');
    await expect(page.getByRole('heading', { name: /^No incident/ })).toBeVisible();
  }),
  part('requester-queue', async (page) => {
    await openQueue(page, 'All open');
  }),
  part('requester-incident', async (page) => {
    await openIncident(page, numberOf(4));
  }),
];
