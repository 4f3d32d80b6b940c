import type { Random } from './random.ts';

/** When the machine dies in a round. */
export type KillPlan =
  /** At a moment of the clock, whatever the agent is at. */
  | { readonly at: 'moment'; readonly afterMs: number }
  /** Around a save: so long after the deciding key of the nth deed went down. */
  | { readonly at: 'save'; readonly deed: number; readonly afterMs: number }
  /** Some deeds, an orderly quit, and in the middle of it. */
  | { readonly at: 'quit'; readonly deeds: number; readonly afterMs: number }
  /** While it starts again, before anybody could work. */
  | { readonly at: 'start'; readonly afterMs: number };

export function planKill(random: Random): KillPlan {
  const at = random.pick([
    [35, 'moment'],
    [40, 'save'],
    [12, 'quit'],
    [13, 'start'],
  ] as const);
  switch (at) {
    case 'moment':
      return { at, afterMs: random.between(100, 4_000) };
    case 'save':
      // A click takes its time to arrive: most fall around the journal being written, some when the database follows.
      return {
        at,
        deed: Math.floor(random.between(1, 5)),
        afterMs: random.between(10, random.next() < 0.8 ? 250 : 900),
      };
    case 'quit':
      return { at, deeds: Math.floor(random.between(1, 4)), afterMs: random.between(0, 400) };
    case 'start':
      return { at, afterMs: random.between(100, 2_500) };
  }
}

export function planInWords(plan: KillPlan): string {
  const after = `${Math.round(plan.afterMs)} ms`;
  switch (plan.at) {
    case 'moment':
      return `after ${after} of work`;
    case 'save':
      return `${after} into save ${plan.deed}`;
    case 'quit':
      return `${after} into a quit after ${plan.deeds}`;
    case 'start':
      return `${after} into a start`;
  }
}
