import type { Random } from '../durability/random.ts';
import type { Mood } from '../harness/way.ts';

/** Now and then the way is open, or nothing would ever arrive. */
export const nextMood = (random: Random): Mood =>
  random.pick([
    [4, 'pass'],
    [2, 'cut'],
    [2, 'slow'],
    [1, 'failing'],
    [1, 'busy'],
    [1, 'portal'],
    [1, 'dead'],
  ]);

export type Counts<K extends string> = Record<K, number>;

export const noMoods = (): Counts<Mood> => ({ pass: 0, cut: 0, slow: 0, failing: 0, busy: 0, portal: 0, dead: 0 });
