import { networkInterfaces } from 'node:os';
import { expect } from '@playwright/test';
import { startHeadlessSession } from '#build/system/display.ts';
import { launchDesk } from '../harness/desk.ts';
import { removeProfile } from '../harness/profile.ts';
import { choose, dialogOf, introduce, recordAndOpen } from '../steps/people.ts';

/**
 * Run inside a network namespace that has nothing but its own loopback (which the test's hands need to reach the
 * pages): starts the application, records, resolves, restarts, and prints what it saw as one line of JSON.
 */

const interfaces = Object.keys(networkInterfaces());
const reaches = await fetch('http://192.0.2.1/', { signal: AbortSignal.timeout(2_000) }).then(
  () => true,
  () => false,
);
const session = await startHeadlessSession();
Object.assign(process.env, session.env);

const first = await launchDesk();
const page = await first.page();
await introduce(page);
const number = await recordAndOpen(page, 'No network at all');
await page.getByRole('region', { name: 'Incident', exact: true }).getByRole('button', { name: 'Resolve' }).click();
const dialog = dialogOf(page, 'Resolve incident');
await choose(dialog, 'Resolution code', 'Solution provided');
await dialog.getByRole('textbox', { name: 'Resolution notes' }).fill('Done on this device');
await dialog.getByRole('button', { name: 'Resolve', exact: true }).click();
await expect(page.getByRole('region', { name: 'Incident', exact: true }).getByText('Resolved').first()).toBeVisible();
const sync = await page.getByRole('status', { name: 'Sync' }).textContent();
await first.close();

const second = await launchDesk({ profile: first.profile });
const again = await second.page();
await again.getByRole('navigation', { name: 'Queues' }).getByRole('link', { name: 'Resolved', exact: true }).click();
const row = again.getByRole('grid', { name: 'Resolved' }).getByRole('row').filter({ hasText: number });
await expect(row).toHaveCount(1);
const kept = await row.textContent();
await second.close();
await removeProfile(first.profile);
session.stop();
console.log(JSON.stringify({ interfaces, reaches, number, sync, kept }));
