import { expect, type Page } from '@playwright/test';
import { openIncident, openQueue, timelineOf } from '../steps/people.ts';
import type { Known } from './ledger.ts';

/** Reads the desk as a person would: every row of a queue, every line of a timeline. */

export interface Row {
  readonly number: string;
  readonly shortDescription: string;
  readonly state: string;
}

/** The desk has come up and says that everything is saved; a question instead would never let it. */
export async function expectReady(page: Page): Promise<void> {
  await expect(page.getByRole('status', { name: 'Sync' })).toContainText('Saved on this device', { timeout: 30_000 });
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

/** Every row of "All incidents", in its order, page after page from the first to the last. */
export async function allRows(page: Page): Promise<readonly Row[]> {
  await openQueue(page, 'All incidents');
  const grid = page.getByRole('grid', { name: 'All incidents' });
  await expect(grid).not.toHaveAttribute('aria-busy', 'true');
  const total = Number(await grid.getAttribute('aria-rowcount'));
  const rows = new Map<number, Row>();
  await grid.focus();
  // Page by page; one whose content came late is seen when all are gone through once more.
  await expect(async () => {
    await grid.press('Home');
    for (let turn = 0; rows.size < total && turn < total; turn += 1) {
      await painted(page);
      for (const [at, row] of await visibleRows(page)) rows.set(at, row);
      await grid.press('PageDown');
    }
    expect(rows.size).toBe(total);
  }).toPass({ timeout: 30_000, intervals: [50] });
  return [...rows].sort(([a], [b]) => a - b).map(([, row]) => row);
}

/** Two frames later: what a key did is on the screen. */
const painted = (page: Page): Promise<void> =>
  page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(undefined)))),
  );

/** Rows whose content is there, by their place in the queue. */
const visibleRows = (page: Page): Promise<[number, Row][]> =>
  page
    .getByRole('grid', { name: 'All incidents' })
    .locator('[role=row][aria-rowindex]')
    .evaluateAll((elements) =>
      elements.flatMap((element): [number, Row][] => {
        const cell = (column: string) => element.querySelector(`[data-column=${column}]`)?.textContent?.trim() ?? '';
        const number = cell('number');
        const row = { number, shortDescription: cell('shortDescription'), state: cell('state') };
        return number === '' ? [] : [[Number(element.getAttribute('aria-rowindex')), row]];
      }),
    );

/** Every sentence of an incident's timeline, sorted; a hold's without its day. */
export async function timelineLines(page: Page, number: string): Promise<readonly string[]> {
  await openIncident(page, number);
  const feed = timelineOf(page);
  await expect(feed.getByRole('article').first()).toBeVisible();
  const folds = feed.getByRole('button', { expanded: false });
  while ((await folds.count()) > 0) await folds.first().click();
  const texts = await feed.locator('article li, article p').allInnerTexts();
  return texts.map((text) => text.trim().replace(/, until .*$/, '')).sort();
}

export const sortedLines = (known: Known): readonly string[] => [...known.lines].sort();
