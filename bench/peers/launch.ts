import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type Page } from '@playwright/test';
import { build } from 'vite';
import { resolveRuntime } from '#build/electron-runtime/resolve.ts';
import { root } from '#build/system/places.ts';
import { environment, switchesFor } from '#e2e/harness/desk.ts';
import { killAll } from '#e2e/harness/processes.ts';
import type { PeerPage } from './dexie/page.ts';
import { serveRows } from './serve-rows.ts';

export const bareApp = join(import.meta.dirname, 'bare');
export const dexieApp = join(import.meta.dirname, 'dexie/app');
const built = join(root, 'node_modules/.cache/bench');

let building: Promise<string> | undefined;

const buildPage = async (): Promise<string> => {
  const outDir = join(built, 'dexie-peer');
  await build({
    configFile: false,
    root: join(import.meta.dirname, 'dexie'),
    base: './',
    logLevel: 'error',
    build: { outDir, emptyOutDir: true, minify: false, target: 'chrome114', modulePreload: { polyfill: false } },
  });
  return outDir;
};

/** The folder of the peer's page, bundled once a run. */
export const peerPage = (): Promise<string> => {
  building ??= buildPage();
  return building;
};

export interface Peer {
  readonly page: Page;
  /** Where the page finds a file of the rows folder. */
  urlOf(name: string): string;
  ask<Name extends keyof PeerPage>(
    name: Name,
    ...args: Parameters<PeerPage[Name]>
  ): Promise<Awaited<ReturnType<PeerPage[Name]>>>;
  close(): Promise<void>;
}

export interface PeerOptions {
  /** Kept when given; a new one, removed at the end, otherwise. */
  readonly profile?: string;
  readonly rows: string;
}

/** The Dexie page in a window of its own, on the same runtime as ours. */
export const launchPeer = async ({ profile, rows }: PeerOptions): Promise<Peer> => {
  const { executable } = await resolveRuntime();
  const own = profile ?? (await mkdtemp(join(tmpdir(), 'deskbell-peer-')));
  const args = [...switchesFor(own), `--page-folder=${await peerPage()}`, dexieApp];
  const server = await serveRows(rows);
  const app = await _electron.launch({ executablePath: executable, args, env: environment(), timeout: 60_000 });
  const page = await app.firstWindow();
  await page.waitForFunction(() => window.benchPeer !== undefined);
  const { pid } = app.process();
  return {
    page,
    urlOf: server.urlOf,
    ask: (name, ...args) =>
      page.evaluate(
        ([method, given]) => {
          const ask = window.benchPeer?.[method] as unknown as (...values: unknown[]) => Promise<never>;
          return ask(...given);
        },
        [name, args] as const,
      ),
    close: async () => {
      server.stop();
      await app.close();
      await killAll(pid, own);
      if (profile === undefined) await rm(own, { recursive: true, force: true, maxRetries: 5 });
    },
  };
};
