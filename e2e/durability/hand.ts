import { expect, type Page } from '@playwright/test';
import { choose, command, dialogOf, incidentOf, openIncident, timelineOf } from '../steps/people.ts';
import type { Deed, Known, Ledger } from './ledger.ts';
import type { Random } from './random.ts';

/** A busy agent: does one deed after the other through the screen, and believes what the screen says. */

/** How long the screen may take to call something saved before that counts as a failure. */
const PATIENCE = 15_000;
const wait = { timeout: PATIENCE };

/** The next deed of this agent: what comes naturally in the incident's state, now and then a new call. */
export function nextDeed(random: Random, ledger: Ledger, word: string): Deed {
  const open = [...ledger.incidents.values()].filter(({ state }) => state !== 'Resolved').slice(-6);
  const shortDescription = `Call ${word}`;
  if (open.length === 0 || random.next() < 0.3) return { do: 'record', shortDescription };
  const { number, state } = random.pick(open.map((known) => [1, known] as const));
  const deeds: [number, Deed][] = [
    [3, { do: 'edit', number, shortDescription }],
    [3, { do: 'note', number, text: `Note ${word}` }],
    [state === 'New' ? 3 : 0, { do: 'start', number }],
    [state === 'In Progress' ? 2 : 0, { do: 'hold', number, vendor: `Vendor ${word}` }],
    [state === 'New' ? 0.5 : 2, { do: 'resolve', number, notes: `Helped ${word}` }],
  ];
  return random.pick(deeds);
}

/**
 * Does a deed: fills in everything, tells `sent` when the deciding key or button is about to be pressed, and comes
 * back once the screen says that it is saved.
 */
export async function perform(page: Page, deed: Deed, ledger: Ledger, sent: () => void): Promise<void> {
  if (deed.do === 'record') {
    ledger.confirm(await record(page, deed, ledger, sent));
    return;
  }
  await openIncident(page, deed.number);
  const before = ledger.get(deed.number);
  const send = () => {
    ledger.ask(deed);
    sent();
  };
  await HOW[deed.do](page, deed as never, before, send);
  ledger.confirm(deed.number);
}

async function record(page: Page, deed: Deed & { do: 'record' }, ledger: Ledger, sent: () => void): Promise<string> {
  await page.getByRole('button', { name: 'New incident' }).first().click();
  const dialog = dialogOf(page, 'New incident');
  const text = dialog.getByRole('textbox', { name: 'Short description' });
  await expect(dialog).toBeVisible(wait);
  // A half-written one from before a kill is continued: this agent writes over it.
  await text.fill(deed.shortDescription);
  ledger.ask(deed);
  sent();
  await dialog.getByRole('button', { name: 'Create incident' }).click();
  const notice = page.getByRole('status', { name: 'Recorded' });
  await expect(notice).toContainText(deed.shortDescription, wait);
  const number = /INC\d{7}/.exec((await notice.textContent()) ?? '')?.[0];
  if (!number) throw new Error('the notice names no number');
  await notice.press('Escape').catch(() => undefined);
  return number;
}

type How<D extends Deed['do']> = (
  page: Page,
  deed: Extract<Deed, { do: D }>,
  before: Known,
  send: () => void,
) => Promise<void>;

const HOW: { readonly [D in Exclude<Deed['do'], 'record'>]: How<D> } = {
  edit: async (page, { shortDescription }, _, send) => {
    const title = incidentOf(page).getByRole('textbox', { name: 'Short description' });
    await title.fill(shortDescription);
    send();
    await title.press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toContainText(shortDescription, wait);
  },
  note: async (page, { text }, _, send) => {
    const box = incidentOf(page).getByRole('textbox', { name: 'Work note' });
    await box.fill(text);
    send();
    await box.press('Control+Enter');
    await expect(timelineOf(page).getByText(text, { exact: true })).toBeVisible(wait);
  },
  start: async (page, _deed, _, send) => {
    const button = command(page, 'Start work');
    await expect(button).toBeVisible(wait);
    send();
    await button.click();
    await expect(timelineOf(page).getByText('Work started', { exact: true })).toBeVisible(wait);
  },
  hold: async (page, { vendor }, _, send) => {
    await command(page, 'Put on hold').click();
    const dialog = dialogOf(page, 'Put on hold');
    await choose(dialog, 'Hold reason', 'Awaiting Vendor');
    await dialog.getByRole('textbox', { name: 'Vendor', exact: true }).fill(vendor);
    send();
    await dialog.getByRole('button', { name: 'Put on hold' }).click();
    await expect(dialog).toBeHidden(wait);
  },
  resolve: async (page, { notes }, _, send) => {
    await command(page, 'Resolve').click();
    const dialog = dialogOf(page, 'Resolve incident');
    await choose(dialog, 'Resolution code', 'Solution provided');
    await dialog.getByRole('textbox', { name: 'Resolution notes' }).fill(notes);
    send();
    await dialog.getByRole('button', { name: 'Resolve', exact: true }).click();
    await expect(dialog).toBeHidden(wait);
  },
};
