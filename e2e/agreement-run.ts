import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { resolveRuntime } from '#build/electron-runtime/resolve.ts';
import { prepareTests } from '#build/prepare-tests.ts';
import { startHeadlessSession } from '#build/system/display.ts';
import { ensureBuilt } from '#build/system/outputs.ts';
import { root } from '#build/system/places.ts';
import { script } from '#build/system/run.ts';
import { table } from './agreement/report.ts';
import { runStorms } from './agreement/storm.ts';
import { seedOf } from './durability/random.ts';

/**
 * `npm run agreement -- --minutes 10 --seed 7`: four people work at three desks of the built application with two
 * servers, while desks and servers are killed and the ways between them do what bad networks do. Afterwards all of them
 * must say the same, and everything that was called saved must be there, once.
 */
const agreement = async (): Promise<number> => {
  const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' }, seed: { type: 'string' } } });
  if (!(await prepareTests()) || !(await ensureBuilt())) return 1;
  const { dist } = await resolveRuntime();
  process.env.ELECTRON_OVERRIDE_DIST_PATH = dist;
  const session = await startHeadlessSession();
  Object.assign(process.env, session.env);
  const seed = seedOf(values.seed);
  console.log(`seed ${seed}`);
  const began = performance.now();
  const say = (line: string) => console.log(`${((performance.now() - began) / 1_000).toFixed(1).padStart(6)} ${line}`);
  try {
    const lasting = Number(values.minutes) * 60_000;
    const done = await runStorms({ seed, lasting, storm: [25_000, 45_000], say });
    if (done === null) return 1;
    console.log(table(done.report, done.harm));
    const folder = join(root, 'test-results/agreement');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${seed}.json`), JSON.stringify(done.report, null, 2));
    return done.report.wrong.length === 0 ? 0 : 1;
  } finally {
    session.stop();
  }
};

await script(agreement);
