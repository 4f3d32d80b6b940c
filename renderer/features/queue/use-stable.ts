import { useCallback, useRef } from 'react';

/** A function whose identity never changes, so that rows that did not change do not draw again. */
export function useStable<A extends unknown[]>(latest: (...args: A) => void): (...args: A) => void {
  const kept = useRef(latest);
  kept.current = latest;
  return useCallback((...args: A) => kept.current(...args), []);
}
