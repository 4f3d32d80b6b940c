import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { build } from 'vite';
import { root } from '#build/system/places.ts';
import { type ElectronDesk, launchDesk } from '#e2e/harness/desk.ts';
import type { DeskDriver } from './driver/driver.ts';

let building: Promise<string> | undefined;

const buildDriver = async (): Promise<string> => {
  const outDir = join(root, 'node_modules/.cache/bench/desk-driver');
  const entry = join(import.meta.dirname, 'driver/driver.ts');
  await build({
    configFile: false,
    root: join(import.meta.dirname, 'driver'),
    logLevel: 'error',
    build: {
      outDir,
      emptyOutDir: true,
      minify: false,
      target: 'chrome114',
      lib: { entry, formats: ['iife'], name: 'benchDriver', fileName: () => 'driver.js' },
    },
  });
  return readFile(join(outDir, 'driver.js'), 'utf8');
};

export interface DrivenDesk {
  readonly desk: ElectronDesk;
  readonly page: Page;
  ask<Name extends keyof DeskDriver>(
    name: Name,
    ...args: Parameters<DeskDriver[Name]>
  ): Promise<Awaited<ReturnType<DeskDriver[Name]>>>;
  /** Quits as a person would, so that the next start finds everything in order. */
  quit(): Promise<void>;
}

/** The built application with the driver in its first window. */
export const driveDesk = async (profile: string): Promise<DrivenDesk> => {
  building ??= buildDriver();
  const desk = await launchDesk({ profile, timeout: 60_000 });
  const page = await desk.page();
  // The engine keeps one port a window, the last: ours must come after the screen's own.
  await page.waitForFunction(() => (document.querySelector('#root')?.childElementCount ?? 0) > 0);
  await page.waitForFunction(() => document.querySelector('[role="status"]') !== null);
  await page.evaluate(await building);
  return {
    desk,
    page,
    ask: (name, ...args) =>
      page.evaluate(
        ([method, given]) => {
          const ask = window.benchDesk?.[method] as unknown as (...values: unknown[]) => Promise<never>;
          return ask(...given);
        },
        [name, args] as const,
      ),
    quit: () => desk.close(),
  };
};

/** Puts the file where the driver finds it, as the person's own file chooser would. */
export const chooseFile = async (page: Page, path: string): Promise<void> => {
  await page.evaluate(() => {
    const input = document.createElement('input');
    input.type = 'file';
    input.id = 'bench-file';
    input.hidden = true;
    document.body.append(input);
  });
  await page.locator('#bench-file').setInputFiles(path);
};
