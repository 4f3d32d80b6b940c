/** Work in slices: after 12 ms others get their turn, so that a person's command and its frame are never late. */
const SLICE_MS = 12;

/** Call between two pieces of work: waits only when the slice is used up. */
export type Pause = () => Promise<void>;

export function slices(elapsed: () => number, breathe: () => Promise<void>): Pause {
  let began = elapsed();
  return async () => {
    if (elapsed() - began < SLICE_MS) return;
    await breathe();
    began = elapsed();
  };
}
