import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

const root = join(import.meta.dirname, '..');
const report = process.env.DESKBELL_REPORT;

/**
 * Three ways to run Deskbell, three projects. A file's name says where it belongs:
 * `x.e2e.ts` runs on the built application; `x.screens.e2e.ts` there and in a current Chromium;
 * `x.smoke.e2e.ts` there and on the packaged application; `x.web.e2e.ts` in Chromium alone.
 */
// biome-ignore lint/style/noDefaultExport: Playwright reads the default export
export default defineConfig({
  testDir: import.meta.dirname,
  globalSetup: join(import.meta.dirname, 'harness/setup.ts'),
  outputDir: join(root, 'test-results/playwright'),
  fullyParallel: false,
  workers: 1,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  // A machine that builds at the same time is slow, not wrong.
  expect: { timeout: 10_000 },
  use: { actionTimeout: 15_000 },
  reporter: report ? [['list'], ['json', { outputFile: report }]] : 'list',
  projects: [
    { name: 'desk', testMatch: '**/*.e2e.ts', testIgnore: '**/*.web.e2e.ts' },
    { name: 'web', testMatch: '**/*.{web,screens}.e2e.ts' },
    { name: 'packaged', testMatch: '**/*.smoke.e2e.ts' },
  ],
});
