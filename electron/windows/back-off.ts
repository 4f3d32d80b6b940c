/** How long to wait before the next start of something that keeps crashing, in milliseconds. */
const DELAYS = [0, 500, 2_000, 5_000, 15_000, 30_000] as const;
/** Having run this long, it counts as healthy and the next crash as the first. */
const HEALTHY_AFTER = 60_000;

/** Delays that grow with each crash that follows soon on a start. Times are milliseconds of any steady clock. */
export const backOff = () => {
  let crashes = 0;
  return (startedAt: number, crashedAt: number): number => {
    crashes = crashedAt - startedAt >= HEALTHY_AFTER ? 1 : crashes + 1;
    return DELAYS[Math.min(crashes, DELAYS.length) - 1] ?? 0;
  };
};
