import type { Page } from '@playwright/test';
import { type Desk, type LaunchOptions, startOn, test } from './fixtures.ts';
import { newProfile, removeProfile } from './profile.ts';

export interface SharedDesk {
  /** The desk of this file's tests, once their `beforeAll` has run. */
  readonly now: () => Desk;
  /** Its first window. */
  page(): Promise<Page>;
}

/**
 * One desk for all tests of a file, started before the first. Tests that share it record incidents of their own
 * and take nothing for granted that another test left behind.
 *
 * @param begin what every test of the file needs: somebody at the desk, say
 */
export function sharedDesk(begin: (page: Page, desk: Desk) => Promise<void>, options: LaunchOptions = {}): SharedDesk {
  let desk: Desk | undefined;
  const now = () => {
    if (!desk) throw new Error('The shared desk has not been started');
    return desk;
  };
  test.beforeAll(async ({ web }, info) => {
    desk = await startOn(info.project.name, web, { profile: await newProfile(), ...options });
    await begin(await desk.page(), desk);
  });
  test.afterAll(async () => {
    if (!desk) return;
    await desk.kill();
    await removeProfile(desk.profile);
  });
  return { now, page: () => now().page() };
}
