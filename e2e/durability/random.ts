/** Numbers that look random and come again from the same seed, so that a run that found something can be repeated. */
export interface Random {
  /** From 0 up to 1. */
  next(): number;
  /** From `from` up to `to`. */
  between(from: number, to: number): number;
  /** One of these, as often as its weight says. */
  pick<T>(choices: readonly (readonly [weight: number, choice: T])[]): T;
}

/** Mulberry32: small, and good enough to choose moments and deeds. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    between: (from, to) => from + next() * (to - from),
    pick: (choices) => {
      let left = next() * choices.reduce((sum, [weight]) => sum + weight, 0);
      for (const [weight, choice] of choices) {
        left -= weight;
        if (left < 0) return choice;
      }
      const last = choices.at(-1);
      if (!last) throw new Error('nothing to choose from');
      return last[1];
    },
  };
}

/** The seed asked for by `DESKBELL_SEED`, or a fresh one. */
export const seedOf = (given = process.env.DESKBELL_SEED): number =>
  given === undefined || given === '' ? Math.floor(Math.random() * 2 ** 31) : Number(given);
