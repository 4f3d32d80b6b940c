interface Bounds<T> {
  readonly items: number;
  /** How much one item weighs, and how much a run may; an item heavier than that makes a run of its own. */
  readonly weightOf?: (item: T) => number;
  readonly weight?: number;
}

/** A list cut into runs that are short and light enough for one write, in order. */
export function inRuns<T>(
  list: readonly T[],
  { items, weightOf = () => 0, weight = Number.POSITIVE_INFINITY }: Bounds<T>,
): T[][] {
  const runs: T[][] = [];
  let held = 0;
  for (const item of list) {
    const mine = weightOf(item);
    const last = runs.at(-1);
    if (last && last.length < items && held + mine <= weight) {
      last.push(item);
      held += mine;
    } else {
      runs.push([item]);
      held = mine;
    }
  }
  return runs;
}
