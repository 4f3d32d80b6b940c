import { expect, type Page } from '@playwright/test';

/** What a person does at the desk, by the names that screen readers and tests share. */

export async function introduce(page: Page, name = 'Anna Berg', team = 'Service Desk', role?: string): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Welcome to Deskbell' })).toBeVisible();
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('Team').fill(team);
  if (role) {
    await page.getByLabel('Role').click();
    await page.getByRole('option', { name: role, exact: true }).click();
  }
  await page.getByRole('button', { name: 'Work on this device' }).click();
  await expect(page.getByRole('navigation', { name: 'Queues' })).toBeVisible();
}

export async function openQueue(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Queues' }).getByRole('link', { name, exact: true }).click();
  await expect(page.getByRole('grid', { name, exact: true })).toBeVisible();
}

/** The exact count beside a queue's name. */
export async function countOf(page: Page, name: string): Promise<number> {
  const link = page.getByRole('navigation', { name: 'Queues' }).getByRole('link', { name, exact: true });
  const id = await link.getAttribute('aria-describedby');
  return Number(await page.locator(`[id="${id}"]`).textContent());
}

/** Records an incident through the form and returns its number once the screen says that it is saved. */
export async function record(page: Page, shortDescription: string): Promise<string> {
  await page.getByRole('button', { name: 'New incident' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'New incident' });
  await dialog.getByRole('textbox', { name: 'Short description' }).fill(shortDescription);
  await dialog.getByRole('button', { name: 'Create incident' }).click();
  const saved = page.getByRole('status', { name: 'Recorded' });
  await expect(saved).toContainText(/INC\d{7}/);
  const number = /INC\d{7}/.exec((await saved.textContent()) ?? '')?.[0] ?? '';
  return number;
}

export async function openIncident(page: Page, number: string): Promise<void> {
  const search = page.getByRole('searchbox', { name: 'Search incidents' });
  await search.fill(number);
  await expect(page.getByRole('option').filter({ hasText: number })).toBeVisible();
  await search.press('ArrowDown');
  await search.press('Enter');
  await expect(page.getByRole('region', { name: 'Incident', exact: true })).toBeVisible();
  await expect(page.getByRole('heading', { name: new RegExp(number) })).toBeVisible();
}
