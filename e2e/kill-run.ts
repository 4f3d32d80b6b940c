import { parseArgs } from 'node:util';
import { resolveRuntime } from '#build/electron-runtime/resolve.ts';
import { prepareTests } from '#build/prepare-tests.ts';
import { startHeadlessSession } from '#build/system/display.ts';
import { ensureBuilt } from '#build/system/outputs.ts';
import { script } from '#build/system/run.ts';
import { runKills } from './durability/kill-rounds.ts';
import { seedOf } from './durability/random.ts';
import { newProfile, removeProfile } from './harness/profile.ts';

/**
 * `npm run durability -- --kills 100 --seed 7`: somebody works at the built application, which is killed at random
 * moments and started again; everything the screen called saved must be there afterwards, and nothing twice.
 */
const durability = async (): Promise<number> => {
  const { values } = parseArgs({ options: { kills: { type: 'string', default: '100' }, seed: { type: 'string' } } });
  if (!(await prepareTests()) || !(await ensureBuilt())) return 1;
  const { dist } = await resolveRuntime();
  process.env.ELECTRON_OVERRIDE_DIST_PATH = dist;
  const session = await startHeadlessSession();
  Object.assign(process.env, session.env);
  const [seed, kills] = [seedOf(values.seed), Number(values.kills)];
  const profile = await newProfile();
  console.log(`seed ${seed}, profile ${profile}`);
  const began = performance.now();
  try {
    const result = await runKills({ seed, kills, profile, say: (line) => console.log(line) });
    const { saved, incidents, lost, doubled, strange, undecided } = result;
    const minutes = ((performance.now() - began) / 60_000).toFixed(1);
    console.log(
      `${kills} kills in ${minutes} min: ${saved} changes called saved in ${incidents} incidents, ` +
        `${undecided.there} of ${undecided.there + undecided.notThere} under way were there; ` +
        `${lost.length} lost, ${doubled.length} doubled, ${strange.length} from nobody (seed ${seed})`,
    );
    if (lost.length + doubled.length + strange.length > 0) {
      console.log(`The profile is kept at ${profile}`);
      return 1;
    }
    await removeProfile(profile);
    return 0;
  } finally {
    session.stop();
  }
};

await script(durability);
