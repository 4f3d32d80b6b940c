import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareTests } from './prepare-tests.ts';
import { buildNow } from './system/outputs.ts';
import { root } from './system/places.ts';
import { foreground, script, tool } from './system/run.ts';
import { fromExit, fromPlaywright, fromReport, fromVitest, sentence, sum, type Tally } from './testing/tally.ts';

/**
 * `npm test`: everything. Types, lint, dead code and unit tests; then the build and the package; then Playwright on
 * the built application, on the screens in Chromium, and on the package; then many desks at one node. Every step runs,
 * whatever came before, and the last line says how many tests passed and failed over all of them.
 */

const results = join(root, 'test-results');
const report = (name: string) => join(results, `${name}.json`);

const simple =
  (name: string, command: string, ...args: string[]) =>
  async (): Promise<Tally> => ({
    name,
    ...fromExit(await foreground(command, args)),
  });

const unit = async (): Promise<Tally> => {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report('unit')}`];
  const code = await foreground(tool('vitest'), ['run', '--config', 'build/vitest.config.ts', ...reporters]);
  return { name: 'unit', ...fromReport(report('unit'), fromVitest, code) };
};

const playwright = (project: string) => async (): Promise<Tally> => {
  const code = await foreground(
    tool('playwright'),
    ['test', '--config', 'e2e/playwright.config.ts', '--project', project],
    { env: { ...process.env, DESKBELL_REPORT: report(project) } },
  );
  return { name: `e2e, ${project}`, ...fromReport(report(project), fromPlaywright, code) };
};

/** How the load run ends where there is no PostgreSQL. */
const NO_SUCH_DATABASE = 2;

/** A thousand desks at one node for half a minute: how fast is a benchmark's business, that nothing fails is ours. */
const load = (database: 'pglite' | 'postgres') => async (): Promise<Tally> => {
  const code = await foreground(process.execPath, ['bench/load/run.ts', '--database', database, '--minutes', '0.5']);
  const isSkipped = database === 'postgres' && code === NO_SUCH_DATABASE;
  return { name: `load, ${database}`, ...(isSkipped ? { passed: 0, failed: 0 } : fromExit(code)) };
};

const steps: (() => Promise<Tally>)[] = [
  async () => ({ name: 'system packages', ...fromExit((await prepareTests()) ? 0 : 1) }),
  simple('types', tool('tsc'), '-b'),
  simple('lint', tool('biome'), 'check', '--error-on-warnings'),
  simple('dead code', tool('knip'), '--config', 'build/knip.json'),
  unit,
  async () => ({ name: 'build', ...fromExit(await buildNow()) }),
  simple('package', process.execPath, 'build/dist.ts', '--dir'),
  playwright('desk'),
  playwright('web'),
  playwright('packaged'),
  load('pglite'),
  load('postgres'),
];

const test = async (): Promise<number> => {
  mkdirSync(results, { recursive: true });
  const tallies: Tally[] = [];
  for (const step of steps) {
    const tally = await step();
    console.log(`\n${tally.name}: ${sentence(tally)}\n`);
    tallies.push(tally);
  }
  const total = sum(tallies);
  for (const tally of tallies) console.log(`${tally.name.padEnd(16)} ${sentence(tally)}`);
  writeFileSync(join(results, 'summary'), `${sentence(total)}\n`);
  console.log(sentence(total));
  return total.failed === 0 ? 0 : 1;
};

await script(test);
