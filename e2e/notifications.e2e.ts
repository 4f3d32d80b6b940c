import type { Page } from '@playwright/test';
import { type ElectronDesk, launchDesk } from './harness/desk.ts';
import { expect, test } from './harness/fixtures.ts';
import { type Daemon, type NotificationBus, startNotificationBus } from './harness/notification-daemon.ts';
import { newProfile, removeProfile } from './harness/profile.ts';
import { tellLogOfFailure } from './harness/tell-log.ts';
import { choose, command, dialogOf, introduce, recordAndOpen, switchTo, timelineOf } from './steps/people.ts';

/** What reaches a person on the desktop, with a real notification daemon, and what is said when there is none. */

let bus: NotificationBus;
let daemon: Daemon;
let desk: ElectronDesk;

test.beforeEach(async () => {
  bus = await startNotificationBus();
  daemon = await bus.startDaemon();
  desk = await launchDesk({ profile: await newProfile(), env: bus.env });
  await introduce(await desk.page());
});
test.afterEach(async () => {
  await desk.kill();
  await tellLogOfFailure(desk.profile);
  await removeProfile(desk.profile);
  await daemon.stop();
  await bus.stop();
});

const header = 'Number,Short description,Impact,Urgency,Priority,State,Opened\n';
const row = (n: number, priority: 1 | 2, state = 'New') =>
  `GEN${n},Generated outage ${n},${priority},1,${priority},${state},2026-01-05 08:00:00\n`;

/** File → Import incidents…, with a file made here. */
async function importFile(page: Page, csv: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Command' }).fill('Import incidents');
  await page.keyboard.press('Enter');
  const dialog = dialogOf(page, 'Import incidents');
  const input = dialog.getByLabel('File', { exact: true });
  const another = dialog.getByRole('button', { name: 'Import another file' });
  await expect(input.or(another).first()).toBeAttached();
  if (await another.isVisible()) await another.click();
  await input.setInputFiles({ name: 'generated.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(dialog).toContainText(/imported from generated\.csv/);
  await dialog.getByRole('button', { name: 'Dismiss' }).click();
}

const openAlerts = (page: Page) => page.getByRole('banner').getByRole('button', { name: 'Alerts' }).click();
const summaries = () => daemon.shown.map(({ summary }) => summary);

test('an open P1 of an import is shown, and a click opens it with all windows closed', async () => {
  const page = await desk.page();
  await importFile(page, header + row(1, 1) + row(2, 1, 'Resolved') + row(3, 1, 'Closed'));
  await expect.poll(summaries).toHaveLength(1);
  expect(daemon.shown[0]).toMatchObject({ summary: expect.stringContaining('P1 GEN1'), urgency: 'critical' });
  expect(daemon.shown[0]?.body).toContain('Generated outage 1');

  await desk.app.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) if (window.isVisible()) window.close();
  });
  await expect.poll(() => desk.pages().filter((one) => one.url().includes('/desk.html')).length).toBe(0);
  await daemon.click();
  const opened = await desk.page();
  await expect(opened.getByRole('heading', { name: /GEN1/ })).toBeVisible();
  await expect.poll(() => daemon.displayed()).toBe(0);
});

/** Records an incident of priority 1 through the form. */
async function recordCritical(page: Page, shortDescription: string): Promise<void> {
  await page.getByRole('button', { name: 'New incident' }).first().click();
  const form = dialogOf(page, 'New incident');
  await form.getByRole('textbox', { name: 'Short description' }).fill(shortDescription);
  await choose(form, 'Impact', /A site or a service/);
  await choose(form, 'Urgency', /Cannot work/);
  await form.getByRole('button', { name: 'Create incident' }).click();
  await expect(page.getByRole('status', { name: 'Recorded' })).toBeVisible();
}

test('one’s own deeds are never shown, whoever sits at the desk', async () => {
  const page = await desk.page();
  await recordCritical(page, 'Site down');
  await switchTo(page, 'Ben Ito', 'Service Desk');
  await recordAndOpen(page, 'Ben keeps this one');
  await command(page, 'Assign to me').click();
  await expect(timelineOf(page)).toContainText('Assigned to Ben Ito');
  // A P1 that an import brings is somebody else's, and proves that notifications do come through here.
  await importFile(page, header + row(7, 1));
  await expect.poll(summaries).toHaveLength(1);
  expect(summaries()[0]).toContain('P1 GEN7');
  await openAlerts(page);
  await expect(dialogOf(page, 'Alerts').getByRole('listitem')).toHaveCount(1);
});

test('what one person of a shared desk records or hands over is told to the other on coming back, once', async () => {
  const page = await desk.page();
  await switchTo(page, 'Ben Ito', 'Service Desk');
  await switchTo(page, 'Anna Berg');
  await recordCritical(page, 'Mail is down for all');
  await recordAndOpen(page, 'Laptop of the director');
  await command(page, 'Transfer').click();
  const dialog = dialogOf(page, 'Transfer');
  await choose(dialog, 'Assignment group', 'Service Desk');
  await choose(dialog, 'Assigned to', /^Ben Ito/);
  await dialog.getByRole('button', { name: 'Transfer', exact: true }).click();
  await expect(dialog).toBeHidden();
  expect(summaries()).toEqual([]);

  await switchTo(page, 'Ben Ito');
  await expect.poll(summaries).toHaveLength(2);
  expect(daemon.shown.map(({ body }) => body).join('\n')).toMatch(/Mail is down for all/);
  expect(daemon.shown.map(({ body }) => body).join('\n')).toMatch(/Laptop of the director/);

  await switchTo(page, 'Anna Berg');
  await switchTo(page, 'Ben Ito');
  // An import's own P1 proves that whatever was to be told has been told by now.
  await importFile(page, header + row(8, 1));
  await expect.poll(summaries).toHaveLength(3);
  expect(summaries()[2]).toContain('P1 GEN8');
});

test('a file with hundreds of open P1: three alone, then one digest that grows', async () => {
  test.setTimeout(90_000);
  const page = await desk.page();
  const many = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) => row(from + index, 1)).join('');
  await importFile(page, header + many(1, 300));
  await expect.poll(() => summaries().at(-1), { timeout: 20_000 }).toBe('297 more incidents need attention');
  expect(await daemon.displayed()).toBe(4);
  expect(summaries().filter((summary) => summary.startsWith('P1 GEN'))).toHaveLength(3);

  await page.keyboard.press('Escape');
  await importFile(page, header + many(301, 310));
  await expect.poll(() => summaries().at(-1), { timeout: 20_000 }).toBe('307 more incidents need attention');
  expect(await daemon.displayed()).toBe(4);

  await openAlerts(page);
  const ledger = dialogOf(page, 'Alerts');
  await expect(ledger).toContainText('310 to acknowledge');
  await expect(ledger.getByRole('listitem').filter({ hasText: 'Shown on the desktop' })).toHaveCount(4);
});

test('with the daemon gone the ledger says why nothing was shown, and the desk goes on', async () => {
  const page = await desk.page();
  await daemon.stop();
  await importFile(page, header + row(1, 1));
  await openAlerts(page);
  const ledger = dialogOf(page, 'Alerts');
  await expect(ledger).toContainText('P1 GEN1');
  await expect(ledger).toContainText('Not shown on the desktop: nothing on this system shows notifications');
  await ledger.getByRole('button', { name: 'Acknowledge' }).click();
  await expect(ledger).toContainText('Nothing to acknowledge');
});

test('switched off in the settings, nothing is shown and the ledger says so', async () => {
  const page = await desk.page();
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('switch', { name: 'Notifications on the desktop' }).uncheck();
  await importFile(page, header + row(1, 1));
  await openAlerts(page);
  await expect(dialogOf(page, 'Alerts')).toContainText(/Not shown on the desktop: /);
  expect(summaries()).toEqual([]);
});
