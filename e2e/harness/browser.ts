import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { chromium } from '@playwright/test';
import { root } from '#build/system/places.ts';
import { type Desk, type LaunchOptions, waitForPage } from './desk.ts';
import { killAll } from './processes.ts';
import { newProfile } from './profile.ts';

/** The same screens in a current Chromium, as `npm run web` serves them. */

export interface Web {
  readonly url: string;
  stop(): Promise<void>;
}

/** Runs `npm run web` on a free port. */
export const startWeb = async (): Promise<Web> => {
  const child = spawn('npm', ['run', '-s', 'web'], {
    cwd: root,
    detached: true,
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`npm run web ended with code ${code}`)));
    createInterface(child.stdout).on('line', (line) => {
      const found = /(http:\/\/127\.0\.0\.1:\d+)\//.exec(line)?.[1];
      if (found) resolve(found);
    });
  });
  return {
    url,
    stop: async () => {
      const ended = once(child, 'exit');
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
      await ended;
    },
  };
};

/** Chromium looks up its maker's hosts at every start unless told not to. */
const quiet = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const browserExecutable = (): string => process.env.DESKBELL_CHROMIUM ?? '/usr/bin/chromium';

/** Opens the desk in Chromium with a profile of its own. */
export const launchBrowser = async (url: string, options: LaunchOptions = {}): Promise<Desk> => {
  const profile = options.profile ?? (await newProfile());
  const timeout = options.timeout ?? 30_000;
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: browserExecutable(),
    args: [...quiet, ...(options.args ?? [])],
    chromiumSandbox: false,
    viewport: { width: 1280, height: 800 },
    timeout,
  });
  const first = context.pages()[0] ?? (await context.newPage());
  await first.goto(`${url}/desk.html`);
  return {
    profile,
    pages: () => context.pages(),
    page: (name = 'desk.html') => waitForPage(context, name, timeout),
    close: () => context.close(),
    kill: async () => {
      await killAll(undefined, profile);
      await context.close().catch(() => undefined);
    },
  };
};
