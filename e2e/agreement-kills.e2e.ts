import { table } from './agreement/report.ts';
import { runStorms } from './agreement/storm.ts';
import { seedOf } from './durability/random.ts';
import { expect, test } from './harness/fixtures.ts';

/** The short form of `agreement-run.ts`: one storm. */

test('three desks and two servers, killed at random on bad networks, agree afterwards, and nothing saved is lost or doubled', async () => {
  test.setTimeout(300_000);
  const seed = seedOf();
  const say = (line: string) => console.log(`    ${line}`);
  say(`DESKBELL_SEED=${seed} repeats this`);
  const done = await runStorms({ seed, lasting: 15_000, storm: [15_000, 15_000], say });
  // biome-ignore lint/suspicious/noSkippedTests: a machine without PostgreSQL has no two nodes
  test.skip(done === null, 'there is no PostgreSQL on this machine');
  if (done === null) return;
  say(table(done.report, done.harm));
  expect(done.report.wrong).toEqual([]);
  expect(done.report.saved).toBeGreaterThan(0);
});
