import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const root = join(import.meta.dirname, '..');
const screens = '**/*.ui.test.tsx';
const outside = ['**/node_modules/**', 'out/**', 'dist/**', 'e2e/**'];

// biome-ignore lint/style/noDefaultExport: vitest reads the default export
export default defineConfig({
  root,
  test: {
    // The main process only waits: every core runs tests.
    maxWorkers: '100%',
    projects: [
      {
        root,
        test: {
          name: 'rules',
          environment: 'node',
          // A busy machine is no failure: nothing here asserts a time.
          testTimeout: 60_000,
          include: ['{domain,contracts,sync,server,electron,renderer,build,bench}/**/*.test.{ts,tsx}'],
          exclude: [...outside, screens],
        },
      },
      {
        root,
        // Whole screens in jsdom on a busy machine: slow is no failure.
        test: {
          name: 'screens',
          environment: 'jsdom',
          testTimeout: 60_000,
          include: [`renderer/${screens}`],
          exclude: outside,
        },
      },
    ],
  },
});
