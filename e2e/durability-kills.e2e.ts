import { runKills } from './durability/kill-rounds.ts';
import { seedOf } from './durability/random.ts';
import { expect, test } from './harness/fixtures.ts';

/** The short form of `npm run durability`, which does the same a hundred times. */

test('killed at random moments, nothing saved is lost and nothing is there twice', async ({ profile }) => {
  test.setTimeout(240_000);
  const seed = seedOf();
  const say = (line: string) => console.log(`    ${line}`);
  say(`DESKBELL_SEED=${seed} repeats this`);
  const { lost, doubled, strange, saved } = await runKills({ seed, kills: 5, profile, say });
  expect({ lost, doubled, strange }).toEqual({ lost: [], doubled: [], strange: [] });
  say(`${saved} changes called saved, all there`);
});
