import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { type Browser, chromium, type Page } from '@playwright/test';
import { packagedExecutable } from '#build/packaging/places.ts';
import { type Desk, environment, type LaunchOptions, switchesFor, waitForPage } from './desk.ts';
import { killAll } from './processes.ts';
import { newProfile } from './profile.ts';

/**
 * The packaged application. Its fuses forbid Node's inspector, so Playwright cannot hold its main process; its
 * pages are driven over Chromium's own debugging port instead, which is what a person's hands reach as well.
 */

const debuggingAddress = (child: ChildProcess, timeout: number): Promise<string> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`The packaged application said nothing in ${timeout} ms`)),
      timeout,
    );
    child.once('exit', (code) => reject(new Error(`The packaged application ended with code ${code}`)));
    child.once('error', reject);
    if (!child.stderr) return;
    createInterface(child.stderr).on('line', (line) => {
      const address = /^DevTools listening on (ws:\S+)/.exec(line)?.[1];
      if (!address) return;
      clearTimeout(timer);
      resolve(address);
    });
  });

const pagesOf = (browser: Browser): Page[] => browser.contexts().flatMap((context) => context.pages());

export const launchPackaged = async (options: LaunchOptions = {}): Promise<Desk> => {
  const executable = packagedExecutable();
  if (!existsSync(executable)) throw new Error(`There is no packaged application at ${executable}: npm run dist`);
  const profile = options.profile ?? (await newProfile());
  const timeout = options.timeout ?? 30_000;
  const args = ['--remote-debugging-port=0', ...switchesFor(profile), ...(options.args ?? [])];
  const child = spawn(executable, args, { env: environment(options.env), stdio: ['ignore', 'ignore', 'pipe'] });
  // Without Playwright's own defaults: Electron has no downloads or contexts for it to set up.
  const browser = await chromium.connectOverCDP(await debuggingAddress(child, timeout), { noDefaults: true });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const kill = async () => {
    await killAll(child.pid, profile);
    await browser.close().catch(() => undefined);
  };
  return {
    profile,
    pages: () => pagesOf(browser),
    page: (name = 'desk.html') => waitForPage({ pages: () => pagesOf(browser) }, name, timeout),
    kill,
    close: async () => {
      child.kill('SIGTERM');
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 10_000))]);
      await kill();
    },
  };
};
