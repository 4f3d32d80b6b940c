import { test as base } from '@playwright/test';
import { launchBrowser, startWeb, type Web } from './browser.ts';
import { type Desk, type LaunchOptions, launchDesk } from './desk.ts';
import { launchPackaged } from './packaged.ts';
import { newProfile, removeProfile } from './profile.ts';
import { tellLogOfFailure } from './tell-log.ts';

/**
 * Tests that import `test` from here run wherever the project says: `desk` is the built application, `packaged`
 * what `npm run dist` made, `web` the screens in Chromium. Each test has a profile of its own; whatever it
 * started is ended after it, also when it failed.
 */

type Launch = (options?: Omit<LaunchOptions, 'profile'>) => Promise<Desk>;

/** Starts Deskbell the way the project says. */
export const startOn = async (project: string, web: () => Promise<Web>, options: LaunchOptions): Promise<Desk> => {
  if (project === 'web') return launchBrowser((await web()).url, options);
  return project === 'packaged' ? launchPackaged(options) : launchDesk(options);
};

interface PerTest {
  /** The test's own user-data folder. */
  readonly profile: string;
  /** Starts Deskbell on that folder; again after a kill, to see what is left. */
  readonly launch: Launch;
  readonly desk: Desk;
}

interface PerWorker {
  /** The web server, started by the first test that wants it. */
  readonly web: () => Promise<Web>;
}

export const test = base.extend<PerTest, PerWorker>({
  web: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
    async ({}, use) => {
      let web: Promise<Web> | undefined;
      await use(() => {
        web ??= startWeb();
        return web;
      });
      await (await web)?.stop();
    },
    { scope: 'worker' },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
  profile: async ({}, use) => {
    const profile = await newProfile();
    await use(profile);
    await tellLogOfFailure(profile);
    await removeProfile(profile);
  },
  launch: async ({ profile, web }, use, info) => {
    const started: Desk[] = [];
    await use(async (options) => {
      const desk = await startOn(info.project.name, web, { ...options, profile });
      started.push(desk);
      return desk;
    });
    for (const desk of started) await desk.kill();
  },
  desk: async ({ launch }, use) => {
    await use(await launch());
  },
  // The desk window takes the place of Playwright's own page.
  page: async ({ desk }, use) => {
    await use(await desk.page());
  },
});

export { expect } from '@playwright/test';
export type { Desk, LaunchOptions } from './desk.ts';
