import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { resolveRuntime } from '#build/electron-runtime/resolve.ts';
import { root, runsAsRoot } from '#build/system/places.ts';
import { killAll } from './processes.ts';
import { newProfile } from './profile.ts';

/** What every test may ask of a running Deskbell, wherever it runs. */
export interface Desk {
  readonly profile: string;
  /** The pages that are open, the engine's hidden one among them. */
  pages(): Page[];
  /** The first page whose file is `name`, waited for: `desk.html` unless said otherwise. */
  page(name?: string): Promise<Page>;
  /** An orderly end. */
  close(): Promise<void>;
  /** `kill -9` for every process of it. */
  kill(): Promise<void>;
}

/** The real application from out/, with Electron's main process in reach. */
export interface ElectronDesk extends Desk {
  readonly app: ElectronApplication;
  readonly pid: number | undefined;
}

export interface LaunchOptions {
  /** A profile from an earlier run; a new one otherwise. */
  readonly profile?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly timeout?: number;
}

/** The environment without what would point a test at the developer's own desk. */
export const environment = (extra: LaunchOptions['env'] = {}): Record<string, string> => {
  const own = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const { NODE_OPTIONS: _options, ELECTRON_RUN_AS_NODE: _asNode, ...env } = Object.fromEntries(own);
  return { ...env, ELECTRON_DISABLE_SECURITY_WARNINGS: 'true', ...extra };
};

export const switchesFor = (profile: string): string[] => [
  `--user-data-dir=${profile}`,
  ...(runsAsRoot() ? ['--no-sandbox'] : []),
];

const named = (page: Page, name: string): boolean => {
  try {
    return new URL(page.url()).pathname.endsWith(`/${name}`);
  } catch {
    return false;
  }
};

/** Waits for a page by its file name among those open now and those to come. */
export const waitForPage = async (
  source: { pages(): Page[] },
  name: string,
  timeout: number,
  alive: () => boolean = () => true,
): Promise<Page> => {
  const deadline = Date.now() + timeout;
  while (Date.now() < deadline && alive()) {
    const found = source.pages().find((page) => !page.isClosed() && named(page, name));
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const urls = source.pages().map((page) => page.url());
  throw new Error(`${name} did not open within ${timeout} ms; open are: ${urls.join(', ') || 'none'}`);
};

/**
 * Playwright's own preload, which keeps the application from opening windows until Playwright listens. It comes by
 * itself only with an executable Playwright finds alone; without it, a first page that is just being loaded while
 * Playwright attaches is waited for in vain, about once in ten starts.
 */
const loader = join(root, 'node_modules/playwright-core/lib/server/electron/loader.js');

/** Starts the built application under Playwright, with a profile of its own. */
export const launchDesk = async (options: LaunchOptions = {}): Promise<ElectronDesk> => {
  const profile = options.profile ?? (await newProfile());
  const timeout = options.timeout ?? 30_000;
  // Named by the environment rather than by its path: only then does Playwright hold the application back until it
  // has taken hold of it, and never waits for a window that navigated away under its hands.
  process.env.ELECTRON_OVERRIDE_DIST_PATH ??= (await resolveRuntime()).dist;
  const app = await _electron.launch({
    args: [...switchesFor(profile), '-r', loader, root, ...(options.args ?? [])],
    env: environment(options.env),
    cwd: root,
    timeout,
  });
  const pid = app.process().pid;
  let running = true;
  app.once('close', () => {
    running = false;
  });
  const kill = async () => {
    await killAll(pid, profile);
    // Playwright must see the end too, or it waits for it when the worker stops.
    if (running) await new Promise<void>((resolve) => app.once('close', () => resolve()));
  };
  return {
    app,
    pid,
    profile,
    pages: () => app.windows(),
    page: (name = 'desk.html') => waitForPage({ pages: () => app.windows() }, name, timeout, () => running),
    kill,
    close: async () => {
      if (running) await app.evaluate(({ app: main }) => main.quit()).catch(() => undefined);
      const deadline = Date.now() + 10_000;
      while (running && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
      await kill();
    },
  };
};
