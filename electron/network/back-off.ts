/** Seconds become longer; a desk that lost its server is not one of a thousand that come back in the same moment. */
const BASE = 1_000;
const LONGEST = 60_000;

/**
 * Milliseconds before the next try: anywhere between nothing and a bound that doubles with every failure in a row,
 * and never sooner than the server asked.
 * @param random at least 0, below 1
 */
export const waitAfter = (failures: number, retryAfter: number | undefined, random: number): number => {
  const bound = Math.min(LONGEST, BASE * 2 ** Math.min(failures, 16));
  return (retryAfter ?? 0) * 1_000 + Math.floor(random * bound);
};
