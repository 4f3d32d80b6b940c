import { expect, type Page } from '@playwright/test';
import axeCore from 'axe-core';

declare global {
  var axe: typeof import('axe-core');
}

/** The system's wish, which the theme "As the system" follows. */
const LOOKS = [
  { theme: 'light', media: { colorScheme: 'light', contrast: 'no-preference' }, rules: null },
  { theme: 'dark', media: { colorScheme: 'dark', contrast: 'no-preference' }, rules: ['color-contrast'] },
  { theme: 'contrast', media: { colorScheme: 'light', contrast: 'more' }, rules: ['color-contrast'] },
] as const;

/** What axe finds, in a few words each; nothing to read is a pass. */
export async function found(
  page: Page,
  rules: readonly string[] | null,
  without: readonly string[] = [],
): Promise<string[]> {
  // Put into the page once: it is half a megabyte, and every screen is the same document.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeCore.source);
  return page.evaluate(
    async ([values, left]) => {
      const own = values
        ? { runOnly: { type: 'rule' as const, values: [...values] } }
        : {
            rules: {
              'target-size': { enabled: true },
              ...Object.fromEntries(left.map((id) => [id, { enabled: false }])),
            },
          };
      const { violations } = await globalThis.axe.run(document, {
        resultTypes: ['violations'],
        preload: false,
        iframes: false,
        ...own,
      });
      return violations.flatMap(({ id, nodes }) =>
        nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary?.split('\n')[1]?.trim() ?? ''}`),
      );
    },
    [rules, without] as const,
  );
}

/** Every rule of axe in light, and what colours decide again in dark and in high contrast; at `where`. */
export async function expectClean(page: Page, where: string, without: readonly string[] = []): Promise<void> {
  for (const { theme, media, rules } of LOOKS) {
    await page.emulateMedia(media);
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    expect.soft(await found(page, rules, without), `${where}, ${theme}`).toEqual([]);
  }
  await page.emulateMedia(LOOKS[0].media);
}

/** Whatever is wider than its place, the grid apart, which alone may scroll sideways. */
const tooWide = (page: Page) =>
  page.evaluate(() => {
    const isGrid = (place: Element) => place.querySelector('[role="grid"]') !== null;
    const parts = [...document.querySelectorAll('main, header, nav, aside, footer, [role="dialog"]')];
    const places = [document.documentElement, ...parts.filter((part) => !isGrid(part))];
    return places
      .filter((place) => place.scrollWidth > place.clientWidth + 1)
      .map((place) => `${place.tagName} ${place.className}: ${place.scrollWidth} in ${place.clientWidth}`);
  });

/** Nothing runs out of the window, or out of its part of it, sideways. */
export async function expectFits(page: Page, where: string): Promise<void> {
  // What follows the window's width by a script comes a moment after it.
  const gently = expect.configure({ soft: true });
  await gently.poll(() => tooWide(page), { message: where }).toEqual([]);
}
