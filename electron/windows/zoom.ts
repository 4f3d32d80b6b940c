/** The steps people know from browsers. */
const STEPS = [0.5, 0.67, 0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3] as const;

/** A stored zoom factor within what the screens are made for; anything else is no zoom. */
export const cleanZoom = (value: unknown): number => {
  if (typeof value !== 'number' || !Number.isFinite(value)) return 1;
  return Math.min(Math.max(value, STEPS[0]), 3);
};

/** One step larger (1) or smaller (-1), or the actual size (0). */
export const nextZoom = (current: number, step: -1 | 0 | 1): number => {
  if (step === 0) return 1;
  const next =
    step === 1 ? STEPS.find((factor) => factor > current + 0.01) : STEPS.findLast((factor) => factor < current - 0.01);
  return next ?? cleanZoom(current);
};
