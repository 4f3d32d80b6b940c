import { type RefObject, useEffect, useRef } from 'react';
import { create } from 'zustand';
import { focusRow, useGridState } from './grid-state.ts';
import type { ListPart } from './held-rows.ts';

const useWanted = create<{ wanted: boolean }>(() => ({ wanted: false }));

/** Whoever went to a queue by a key goes on by keys: its grid takes the focus as soon as it is there. */
export const wantGridFocus = (): void => useWanted.setState({ wanted: true });

export function useWantedFocus(grid: RefObject<HTMLElement | null>): void {
  const { wanted } = useWanted();
  useEffect(() => {
    if (!wanted) return;
    useWanted.setState({ wanted: false });
    grid.current?.focus({ preventScroll: true });
  }, [wanted, grid]);
}

const gridOnScreen = () => document.querySelector<HTMLElement>('[role="grid"]');

const isNowhere = () =>
  (document.activeElement === null || document.activeElement === document.body) &&
  document.querySelector('[role="dialog"]') === null;

/** When what had the focus has vanished, as a toolbar does with its selection, the keys are the grid's again. */
export function useFocusFallsToGrid(...vanishing: readonly boolean[]): void {
  const key = vanishing.join();
  const before = useRef(key);
  useEffect(() => {
    if (before.current === key) return;
    before.current = key;
    const timer = setTimeout(() => isNowhere() && gridOnScreen()?.focus({ preventScroll: true }), 0);
    return () => clearTimeout(timer);
  }, [key]);
}

/** The focus stays on its incident when rows come or go above it; when it has gone, on its place. */
export function useFocusFollows(part: ListPart | undefined): void {
  const { index, id } = useGridState();
  useEffect(() => {
    if (!part || part.total === 0) return;
    const found = id === null ? -1 : part.rows.findIndex((row) => row.id === id);
    if (found >= 0) {
      if (part.from + found !== index) focusRow(part.from + found, id);
      return;
    }
    const at = Math.min(index, part.total - 1);
    const row = part.rows[at - part.from];
    if (row) focusRow(at, row.id);
  }, [part, id, index]);
}
