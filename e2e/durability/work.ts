import { expect, type Page } from '@playwright/test';
import { checkDesk } from './check.ts';
import { nextDeed, perform } from './hand.ts';
import type { Ledger } from './ledger.ts';
import type { Random } from './random.ts';

/** Does so many deeds through the screen, each waited for until it is saved. */
export async function work(page: Page, ledger: Ledger, random: Random, deeds: number): Promise<void> {
  for (let nth = 1; nth <= deeds; nth += 1) {
    const deed = nextDeed(random, ledger, `${ledger.saved}.${nth}`);
    await perform(page, deed, ledger, () => undefined);
  }
}

/** Everything is there, nothing twice, and nobody was asked anything. */
export async function expectEverything(page: Page, ledger: Ledger): Promise<void> {
  const { lost, doubled, strange } = await checkDesk(page, ledger, [...ledger.incidents.keys()]);
  expect({ lost, doubled, strange }).toEqual({ lost: [], doubled: [], strange: [] });
}
