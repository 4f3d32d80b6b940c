/**
 * Many simulated runs from the command line: `npx node sync/simulation/run.ts --seeds 10000 --from 1 --deeds 40`.
 * One that fails is told with its seed; the same seed replays it.
 */
import { simulate } from './simulate.suite.ts';

const given = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const say = (line: string) => process.stdout.write(`${line}\n`);

const seeds = given('seeds', 1_000);
const from = given('from', 1);
const deeds = given('deeds', 40);
const sum = { accepted: 0, rejected: 0, restores: 0 };
const failed: number[] = [];
for (let seed = from; seed < from + seeds; seed++) {
  const run = await simulate(seed, deeds).catch((error: unknown) => {
    const problems = [error instanceof Error ? (error.stack ?? error.message) : String(error)];
    return { seed, problems, accepted: 0, rejected: 0, restores: 0 };
  });
  sum.accepted += run.accepted;
  sum.rejected += run.rejected;
  sum.restores += run.restores;
  if (run.problems.length === 0) continue;
  failed.push(seed);
  say(`seed ${seed} failed:`);
  for (const problem of run.problems.slice(0, 8)) say(`  ${problem}`);
  say(`  replay: npx node sync/simulation/run.ts --seeds 1 --from ${seed} --deeds ${deeds}`);
}
say(
  `${seeds} seeds from ${from}: ${failed.length} failed; ${sum.accepted} commands accepted, ${sum.rejected} rejected, ${sum.restores} restores`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
