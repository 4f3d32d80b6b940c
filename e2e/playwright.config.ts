import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

const root = join(import.meta.dirname, '..');

/**
 * Three ways to run the screens' tests: `desk` is the built application, `packaged` the same against what
 * `npm run dist` made, `web` the screens in a current Chromium. A file says by its name where it belongs.
 */
// biome-ignore lint/style/noDefaultExport: Playwright reads the default export
export default defineConfig({
  testDir: import.meta.dirname,
  outputDir: join(root, 'test-results'),
  fullyParallel: false,
  workers: 1,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  reporter: process.env.CI ? [['list'], ['json', { outputFile: join(root, 'test-results/report.json') }]] : 'list',
  projects: [
    { name: 'desk', testMatch: '**/*.e2e.ts', testIgnore: ['**/*.web.e2e.ts', '**/*.packaged.e2e.ts'] },
    { name: 'packaged', testMatch: '**/*.packaged.e2e.ts' },
    { name: 'web', testMatch: '**/*.web.e2e.ts' },
  ],
});
