/** A small seeded generator (mulberry32): the same seed gives the same desk, everywhere. */
export interface Random {
  /** 0 up to, not including, 1. */
  next(): number;
  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number;
  pick<T>(from: readonly T[]): T;
  /** Picks by weight; absent weights count 1. */
  weighted<T extends { readonly weight?: number }>(from: readonly T[]): T;
  chance(share: number): boolean;
}

export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)] as T;
  return {
    next,
    pick,
    whole: (least, most) => least + Math.floor(next() * (most - least + 1)),
    weighted: <T extends { readonly weight?: number }>(from: readonly T[]): T => {
      const total = from.reduce((sum, one) => sum + (one.weight ?? 1), 0);
      let left = next() * total;
      for (const one of from) {
        left -= one.weight ?? 1;
        if (left < 0) return one;
      }
      return from.at(-1) as T;
    },
    chance: (share) => next() < share,
  };
}
