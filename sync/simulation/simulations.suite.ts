import { describe, expect, it } from 'vitest';
import { simulate } from './simulate.suite.ts';

const FILES = 4;
/** Seeds of one file: seconds while one works, ten thousand over all files where every change is judged. */
const RUNS = (process.env.CI ? 10_000 / FILES : 400) * Number(process.env.PROPERTY_TIMES ?? 1);
const first = Number(process.env.PROPERTY_SEED ?? Date.now() % 2 ** 31);

/** New seeds every time, each file its own. */
export function simulations(file: number): void {
  describe('devices and a server that break in every way', () => {
    it(`SPEC 1, 2, 3, 4, 5, 6, 13: agree once they have healed, and nothing was lost or done twice (${file} of ${FILES})`, async () => {
      const from = first + (file - 1) * RUNS;
      process.stdout.write(`simulation: seeds ${from} to ${from + RUNS - 1} (PROPERTY_SEED=${first})\n`);
      const failed: unknown[] = [];
      const sum = { accepted: 0, rejected: 0, restores: 0 };
      for (let seed = from; seed < from + RUNS; seed++) {
        const run = await simulate(seed);
        if (run.problems.length > 0) failed.push(run);
        sum.accepted += run.accepted;
        sum.rejected += run.rejected;
        sum.restores += run.restores;
      }
      // Replay: npx node sync/simulation/run.ts --seeds 1 --from <seed>
      expect(failed).toEqual([]);
      // A simulation in which next to nothing happens proves nothing.
      expect(sum.accepted).toBeGreaterThan(RUNS * 4);
      expect(sum.rejected).toBeGreaterThan(RUNS);
      expect(sum.restores).toBeGreaterThan(RUNS / 5);
    }, 600_000);
  });
}
