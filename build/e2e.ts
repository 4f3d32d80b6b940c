import { prepareTests } from './prepare-tests.ts';
import { foreground, script, tool } from './system/run.ts';

/** `npm run e2e`: the application's tests on this machine; arguments go to Playwright, as in `-- --project=web`. */
const projects = ['--project=desk', '--project=web'];

const e2e = async (args: readonly string[]): Promise<number> => {
  if (!(await prepareTests())) return 1;
  const chosen = args.some((arg) => arg.startsWith('--project')) ? [] : projects;
  return foreground(tool('playwright'), ['test', '--config', 'e2e/playwright.config.ts', ...chosen, ...args]);
};

await script(() => e2e(process.argv.slice(2)));
