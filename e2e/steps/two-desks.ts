import { expect, type Page, test } from '@playwright/test';
import { type Administration, PASSWORD, startAdministration } from '../harness/administration.ts';
import { type ElectronDesk, launchDesk } from '../harness/desk.ts';
import { newProfile, removeProfile } from '../harness/profile.ts';
import { type RunningServer, startServer } from '../harness/server.ts';
import { startWay, type Way } from '../harness/way.ts';
import { openAt, tryNow } from './agreeing.ts';
import { joinFromFirstRun, syncOf } from './joining.ts';
import { dialogOf, incidentOf, record, timelineOf } from './people.ts';

const named = (name: string) => ({ id: crypto.randomUUID(), name, active: true, source: null });
const withGroup = (name: string) => ({ ...named(name), assignmentGroupId: null });

/** Two desks of one server: Anna's is always connected, Ben's is cut off and comes back. */
export class TwoDesks {
  way = {} as Way;
  admin = {} as Administration;
  anna = {} as Page;
  ben = {} as Page;
  benId = '';
  private server = {} as RunningServer;
  private readonly desks: ElectronDesk[] = [];

  async begin(): Promise<void> {
    this.server = await startServer();
    const { address } = this.server;
    this.admin = await startAdministration(address);
    await this.admin.account('Anna Berg', 'agent');
    this.benId = (await this.admin.account('Ben Ode', 'technician')).personId;
    await this.admin.account('Carla Diaz', 'agent');
    for (const name of ['Network', 'Service Desk']) await this.admin.save('team', named(name));
    for (const name of ['Laptop 7', 'Router 3']) await this.admin.save('configurationItem', withGroup(name));
    this.way = await startWay(address);
    this.anna = await this.joined('anna', address);
    this.ben = await this.joined('ben', this.way.address);
  }

  async end(): Promise<void> {
    for (const desk of this.desks) {
      await desk.kill();
      await removeProfile(desk.profile);
    }
    await this.way.close();
    await this.server.remove();
  }

  private async joined(name: string, address: string): Promise<Page> {
    const desk = await launchDesk({ profile: await newProfile() });
    this.desks.push(desk);
    const page = await desk.page();
    await joinFromFirstRun(page, address, `${name}@desk.example`);
    await expect(syncOf(page)).toContainText('Synchronised');
    return page;
  }

  /** Both look at an incident that Anna recorded; then Ben's desk is cut off. */
  async apartOver(text: string): Promise<string> {
    const number = await record(this.anna, text);
    await expect(this.outboxOf(this.ben)).toBeVisible();
    await openAt(number, this.anna, this.ben);
    this.way.pull();
    return number;
  }

  offline(waiting: number): Promise<void> {
    const changes = `${waiting} ${waiting === 1 ? 'change' : 'changes'}`;
    return expect(syncOf(this.ben)).toContainText(`Offline, ${changes} waiting`);
  }

  /** What Anna did is at the server; then Ben's desk is on the network again, and level with it. */
  async together(): Promise<void> {
    await expect(this.outboxOf(this.anna)).toHaveAccessibleDescription('nothing is waiting');
    this.way.mend();
    await tryNow(this.ben);
    await expect(this.outboxOf(this.ben)).toHaveAccessibleDescription('nothing is waiting');
    await expect(syncOf(this.ben)).toContainText('Synchronised');
  }

  needsBen(count: number): Promise<void> {
    return expect(this.ben.getByRole('button', { name: 'Conflicts', exact: true })).toHaveAccessibleDescription(
      count === 0 ? 'nothing needs you' : count === 1 ? '1 needs you' : `${count} need you`,
    );
  }

  /** Ben records without a network; answers the number of his desk's own. */
  async recordOffline(text: string): Promise<string> {
    const { ben } = this;
    await ben.getByRole('button', { name: 'New incident' }).first().click();
    const form = dialogOf(ben, 'New incident');
    await form.getByRole('textbox', { name: 'Short description' }).fill(text);
    await form.getByRole('textbox', { name: 'Description', exact: true }).fill(`All about: ${text}`);
    await form.getByRole('button', { name: 'Create incident' }).click();
    const saved = ben.getByRole('status', { name: 'Recorded' });
    await expect(saved).toContainText(/INC-\w{2}-\d{4}/);
    return /INC-\w{2}-\d{4}/.exec((await saved.textContent()) ?? '')?.[0] ?? '';
  }

  private outboxOf(page: Page) {
    return page.getByRole('button', { name: 'Outbox', exact: true });
  }
}

/** Two desks for the tests of one file. */
export function twoDesks(): TwoDesks {
  const two = new TwoDesks();
  test.beforeAll(() => two.begin());
  test.afterAll(() => two.end());
  return two;
}

export const has = async (pages: readonly Page[], ...texts: readonly (string | RegExp)[]): Promise<void> => {
  for (const page of pages) for (const text of texts) await expect(timelineOf(page)).toContainText(text);
};

export const textbox = (page: Page, name: string) => incidentOf(page).getByRole('textbox', { name, exact: true });
export const combobox = (page: Page, name: string) => incidentOf(page).getByRole('combobox', { name, exact: true });

export async function signIn(page: Page, email: string): Promise<void> {
  const dialog = dialogOf(page, 'Sign in');
  await dialog.getByLabel('E-mail').fill(email);
  await dialog.getByLabel('Password').fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(dialog).toBeHidden();
}
