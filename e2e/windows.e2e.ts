import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Page } from '@playwright/test';
import { resolveRuntime } from '#build/electron-runtime/resolve.ts';
import { root } from '#build/system/places.ts';
import { type ElectronDesk, environment, launchDesk, switchesFor } from './harness/desk.ts';
import { expect, test } from './harness/fixtures.ts';
import { newProfile, removeProfile } from './harness/profile.ts';
import { tellLogOfFailure } from './harness/tell-log.ts';
import {
  countOf,
  dialogOf,
  introduce,
  openIncident,
  openQueue,
  record,
  recordAndOpen,
  timelineOf,
} from './steps/people.ts';

/** Several windows, none, a second start, links, and what happens when a process goes away. */

let desk: ElectronDesk;
test.beforeEach(async () => {
  desk = await launchDesk({ profile: await newProfile() });
  await introduce(await desk.page());
});
test.afterEach(async () => {
  await desk.kill();
  await tellLogOfFailure(desk.profile);
  await removeProfile(desk.profile);
});

const deskPages = () => desk.pages().filter((page) => !page.isClosed() && page.url().includes('/desk.html'));

async function openSecondWindow(): Promise<Page> {
  const [before] = deskPages();
  await desk.app.evaluate(({ Menu }) => {
    const all = Menu.getApplicationMenu()?.items.flatMap((item) => item.submenu?.items ?? []) ?? [];
    all.find((item) => item.label.replaceAll('&', '').startsWith('New window'))?.click();
  });
  await expect.poll(() => deskPages().length).toBe(2);
  const opened = deskPages().find((page) => page !== before);
  if (!opened) throw new Error('No second window');
  await expect(opened.getByRole('navigation', { name: 'Queues' })).toBeVisible();
  return opened;
}

/** Starts the program once more on the same profile, as a click on its icon or on a link does. */
async function startAgain(...args: string[]): Promise<number | null> {
  const { executable } = await resolveRuntime();
  const words = [...switchesFor(desk.profile), root, ...args];
  const child = spawn(executable, words, { env: environment(), stdio: 'ignore' });
  const [code] = await once(child, 'exit');
  return code;
}

async function closeAllWindows(): Promise<void> {
  await desk.app.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows())
      if (window.webContents.getURL().endsWith('/desk.html') || window.webContents.getURL().includes('/desk.html#'))
        window.close();
  });
  await expect.poll(() => deskPages().length).toBe(0);
}

const enginePid = () =>
  desk.app.evaluate(({ webContents }) =>
    webContents
      .getAllWebContents()
      .find((contents) => contents.getURL().includes('/engine.html'))
      ?.getOSProcessId(),
  );

/** The moment, on the machine's clock, at which `text` first stands in the page. */
const momentOf = (page: Page, text: string) =>
  page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        const look = () => {
          const fields = [...document.querySelectorAll('input')].map((input) => input.value);
          if (!document.body.textContent?.includes(wanted) && !fields.includes(wanted)) return;
          observer.disconnect();
          resolve(performance.timeOrigin + performance.now());
        };
        const observer = new MutationObserver(look);
        observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
        look();
      }),
    text,
  );

/** The moment at which the page first says that its edit is saved. */
const savedAt = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let saving = false;
        const observer = new MutationObserver(() => {
          const state = document.querySelector('[data-state="saving"]') ? 'saving' : '';
          if (state === 'saving') saving = true;
          if (!saving || !document.querySelector('[data-state="saved"]')) return;
          observer.disconnect();
          resolve(performance.timeOrigin + performance.now());
        });
        observer.observe(document.body, { subtree: true, attributes: true, attributeFilter: ['data-state'] });
      }),
  );

test('a change made in one window stands in the other within a frame or two, without reloading', async () => {
  const first = await desk.page();
  const number = await recordAndOpen(first, 'Round 0');
  const second = await openSecondWindow();
  await openQueue(second, 'All incidents');
  await expect(second.getByRole('grid', { name: 'All incidents' })).toContainText('Round 0');

  const lags: number[] = [];
  for (let round = 1; round <= 7; round += 1) {
    const text = `Round ${round}`;
    const seen = momentOf(second, text);
    const saved = savedAt(first);
    const field = first.getByRole('textbox', { name: 'Short description' });
    await field.fill(text);
    await field.press('Enter');
    lags.push((await seen) - (await saved));
  }
  const sorted = lags.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  console.log(
    `From "Saved" in one window to the change in the other's list: median ${median.toFixed(1)} ms, ` +
      `all ${sorted.map((lag) => lag.toFixed(1)).join(', ')} ms`,
  );
  expect(median).toBeLessThan(500);
  await expect(second.getByRole('row').filter({ hasText: number })).toContainText('Round 7');
});

test('a note half-written in two windows is one text, and is sent once', async () => {
  const first = await desk.page();
  const number = await recordAndOpen(first, 'Two windows');
  const second = await openSecondWindow();
  await openIncident(second, number);
  const [one, other] = [first, second].map((page) => page.getByRole('textbox', { name: 'Work note' }));
  if (!one || !other) throw new Error('No field');
  await one.pressSequentially('Half');
  await expect(other).toHaveValue('Half');
  await other.press('End');
  await other.pressSequentially(' a note');
  await expect(one).toHaveValue('Half a note');
  await other.press('Control+Enter');
  await expect(one).toHaveValue('');
  await expect(other).toHaveValue('');
  await one.press('Control+Enter');
  await expect(timelineOf(first).getByRole('article', { name: /^Work note/ })).toHaveCount(1);
});

test('a new incident half-written in two windows is one draft, and is recorded once', async () => {
  const first = await desk.page();
  const second = await openSecondWindow();
  const formIn = async (page: Page) => {
    await page.getByRole('button', { name: 'New incident' }).first().click();
    return dialogOf(page, 'New incident');
  };
  const [here, there] = [await formIn(first), dialogOf(second, 'New incident')];
  await here.getByRole('textbox', { name: 'Short description' }).fill('Lift stands still');
  await formIn(second);
  const subject = there.getByRole('textbox', { name: 'Short description' });
  await expect(subject).toHaveValue('Lift stands still');
  await subject.fill('Lift stands still, two inside');
  await expect(here.getByRole('textbox', { name: 'Short description' })).toHaveValue('Lift stands still, two inside');
  await here.getByRole('button', { name: 'Create incident' }).click();
  await expect(first.getByRole('status', { name: 'Recorded' })).toContainText('two inside');
  await expect(there.getByText('This draft was recorded or discarded in another window')).toBeVisible();
  await expect(subject).toHaveValue('');
  await there.getByRole('button', { name: 'Create incident' }).click();
  await expect(there.getByRole('alert')).toContainText('A short description is needed');
});

test('a second start brings the first window forward and ends', async () => {
  await desk.page();
  await desk.app.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) window.hide();
  });
  expect(await startAgain()).toBe(0);
  const visible = () =>
    desk.app.evaluate(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows().filter((window) => window.isVisible()).length,
    );
  await expect.poll(visible).toBe(1);
  expect(deskPages()).toHaveLength(1);
});

test('with all windows closed the engine lives, and a link opens its incident', async () => {
  const page = await desk.page();
  const number = await record(page, 'Opened by a link');
  const before = await enginePid();
  await closeAllWindows();
  expect(await enginePid()).toBe(before);

  expect(await startAgain(`deskbell://incident/${number}`)).toBe(0);
  const opened = await desk.page();
  await expect(opened.getByRole('heading', { name: new RegExp(number) })).toBeVisible();
  expect(await enginePid()).toBe(before);
  expect(deskPages()).toHaveLength(1);

  const other = await record(opened, 'In the window that is open');
  expect(await startAgain(`deskbell://incident/${other}`)).toBe(0);
  await expect(opened.getByRole('heading', { name: new RegExp(other) })).toBeVisible();
  expect(deskPages()).toHaveLength(1);
});

test('a link that is not one of ours only brings the window forward', async () => {
  const page = await desk.page();
  await openQueue(page, 'Resolved');
  expect(await startAgain('deskbell://incident/../../settings?x=1')).toBe(0);
  expect(await startAgain('deskbell://run/calculator')).toBe(0);
  await expect(page.getByRole('grid', { name: 'Resolved' })).toBeVisible();
  expect(deskPages()).toHaveLength(1);
});

test('a window comes back where it was left', async () => {
  await desk.page();
  const box = { x: 120, y: 90, width: 1010, height: 705 };
  await desk.app.evaluate(({ BrowserWindow }, bounds) => {
    BrowserWindow.getAllWindows()
      .find((window) => window.isVisible())
      ?.setBounds(bounds);
  }, box);
  await desk.close();
  desk = await launchDesk({ profile: desk.profile });
  await desk.page();
  const visible = () =>
    desk.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()
        .find((window) => window.isVisible())
        ?.getBounds(),
    );
  await expect.poll(visible).toEqual(box);
});

test('a window that crashes loads itself anew and keeps what was typed', async () => {
  const page = await desk.page();
  await page.getByRole('button', { name: 'New incident' }).first().click();
  await dialogOf(page, 'New incident')
    .getByRole('textbox', { name: 'Short description' })
    .fill('Typed before the crash');
  await expect(dialogOf(page, 'New incident')).toContainText('Draft kept on this device');
  // "To the last second": the promise is a file within 250 ms of typing.
  await page.waitForTimeout(300);
  const process = () =>
    desk.app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows().find((window) => window.isVisible())?.webContents;
      return contents && !contents.isCrashed() && !contents.isLoadingMainFrame()
        ? contents.getOSProcessId()
        : undefined;
    });
  const before = await process();
  await desk.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()
      .find((window) => window.isVisible())
      ?.webContents.forcefullyCrashRenderer();
  });
  await expect.poll(async () => ![before, undefined].includes(await process())).toBe(true);
  // Playwright gives a crashed page up for good, so the window is asked through main.
  const inWindow = (script: string): Promise<unknown> =>
    desk.app.evaluate(
      ({ BrowserWindow }, source) =>
        BrowserWindow.getAllWindows()
          .find((window) => window.isVisible())
          ?.webContents.executeJavaScript(source),
      script,
    );
  await expect.poll(() => inWindow(`document.querySelectorAll('nav a').length > 5`)).toBe(true);
  await inWindow(
    `[...document.querySelectorAll('header button')].find((one) => one.textContent === 'New incident').click()`,
  );
  const typed = `[...document.querySelectorAll('[role=dialog] input')].map((input) => input.value).join('|')`;
  await expect.poll(() => inWindow(typed)).toContain('Typed before the crash');
});

test('the engine killed in the middle of work: nothing is lost, and what was asked is asked again', async () => {
  const page = await desk.page();
  await record(page, 'Before the kill');
  for (const round of [1, 2]) {
    await page.getByRole('button', { name: 'New incident' }).first().click();
    const dialog = dialogOf(page, 'New incident');
    await dialog.getByRole('textbox', { name: 'Short description' }).fill(`Asked while the engine was gone, ${round}`);
    const pid = await enginePid();
    if (pid === undefined) throw new Error('No engine');
    process.kill(pid, 'SIGKILL');
    await dialog.getByRole('button', { name: 'Create incident' }).click();
    await expect(page.getByRole('status', { name: 'Recorded' })).toContainText(`INC000000${round + 1}`, {
      timeout: 20_000,
    });
    await expect.poll(enginePid).not.toBe(pid);
  }
  await openQueue(page, 'All incidents');
  await expect.poll(() => countOf(page, 'All incidents')).toBe(3);
  await openIncident(page, 'INC0000001');
  await expect(page.getByRole('textbox', { name: 'Short description' })).toHaveValue('Before the kill');
});
