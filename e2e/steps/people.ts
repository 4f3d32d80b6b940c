import { expect, type Locator, type Page } from '@playwright/test';

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
  // In one step: the link may be drawn anew between two, as it is when a start's first page comes alive.
  const text = await link.evaluate((element) => {
    const id = element.getAttribute('aria-describedby') ?? '';
    return element.ownerDocument.getElementById(id)?.textContent ?? '';
  });
  return text === '' ? Number.NaN : Number(text);
}

/** The number that a joined desk gives until the server answers. */
export const NUMBER_MEANWHILE = /INC-[A-Z\d]+-\d{4,}/;

/**
 * Records an incident through the form and returns its number once the screen says that it is saved. At a desk with a
 * server that is its final one, so the server has answered.
 */
export async function record(page: Page, shortDescription: string, form = /INC\d{7}/): Promise<string> {
  await page.getByRole('button', { name: 'New incident' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'New incident' });
  await dialog.getByRole('textbox', { name: 'Short description' }).fill(shortDescription);
  await dialog.getByRole('button', { name: 'Create incident' }).click();
  const saved = page.getByRole('status', { name: 'Recorded' });
  await expect(saved).toContainText(form);
  const number = form.exec((await saved.textContent()) ?? '')?.[0] ?? '';
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

/** Chooses an option of a combobox by mouse. */
export async function choose(scope: Page | Locator, field: string, option: string | RegExp): Promise<void> {
  await scope.getByRole('combobox', { name: field, exact: true }).click();
  // On the incident's screen the list stands beside the region, not in it.
  const page = 'page' in scope ? scope.page() : scope;
  const list = page.getByRole('listbox', { name: `${field} options`, exact: true });
  await list.getByRole('option', { name: option, exact: typeof option === 'string' }).click();
}

export const dialogOf = (page: Page, name: string): Locator => page.getByRole('dialog', { name, exact: true });
export const incidentOf = (page: Page): Locator => page.getByRole('region', { name: 'Incident', exact: true });
export const timelineOf = (page: Page): Locator => page.getByRole('feed', { name: 'Timeline' });

/** A button of the incident's header, by its exact name. */
export const command = (page: Page, name: string): Locator =>
  incidentOf(page).getByRole('button', { name, exact: true });

/** The state as the incident's header says it: the ring and the word. */
export async function expectState(page: Page, state: string | RegExp): Promise<void> {
  await expect(incidentOf(page).getByText(state).first()).toBeVisible();
}

/** Records an incident and opens it from the notice that says its number. */
export async function recordAndOpen(page: Page, shortDescription: string): Promise<string> {
  const number = await record(page, shortDescription);
  await page.getByRole('button', { name: 'Open incident' }).click();
  await expect(page.getByRole('heading', { name: new RegExp(number) })).toBeVisible();
  return number;
}

/** Puts somebody else at the desk, who need not be known yet. */
export async function switchTo(page: Page, name: string, team?: string): Promise<void> {
  await page.getByRole('banner').locator('[aria-haspopup="menu"]').click();
  await page.getByRole('menuitem', { name: 'Switch person' }).click();
  const dialog = dialogOf(page, 'Switch person');
  if (team === undefined) {
    await choose(dialog, 'Person', new RegExp(`^${name}`));
    await dialog.getByRole('button', { name: 'Switch', exact: true }).click();
  } else {
    await choose(dialog, 'Person', 'Somebody new');
    await dialog.getByRole('textbox', { name: 'New person’s name' }).fill(name);
    await dialog.getByRole('textbox', { name: 'Team' }).fill(team);
    await dialog.getByRole('button', { name: 'Introduce and switch' }).click();
  }
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('banner').getByRole('button', { name })).toBeVisible();
}
