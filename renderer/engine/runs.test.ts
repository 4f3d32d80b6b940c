import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inRuns } from './runs.ts';

test('runs hold everything in order, none is empty, too long, or heavier than allowed unless it is one item', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20)), fc.integer({ min: 1, max: 5 }), fc.nat(30), (list, items, weight) => {
      const runs = inRuns(list, { items, weight, weightOf: (item) => item });
      expect(runs.flat()).toEqual(list);
      for (const run of runs) {
        expect(run.length).toBeGreaterThan(0);
        expect(run.length).toBeLessThanOrEqual(items);
        const heavy = run.reduce((sum, item) => sum + item, 0) > weight;
        expect(heavy && run.length > 1).toBe(false);
      }
    }),
  );
});
