import { useEffect, useRef } from 'react';

/**
 * Gives the focus back to what had it before something opened, unless it has gone elsewhere meanwhile. Holds also
 * for a dialog that is taken off the screen at once instead of being closed.
 */
export function useReturnFocus(opened: boolean): void {
  const before = useRef<Element | null>(null);
  const was = useRef(false);
  // While rendering the focus is still where it was: the dialog takes it only once it is there.
  if (opened && !was.current) before.current = document.activeElement;
  was.current = opened;
  useEffect(() => {
    if (!opened) return;
    return () => {
      const target = before.current;
      setTimeout(() => {
        const nowhere = document.activeElement === null || document.activeElement === document.body;
        if (nowhere && target instanceof HTMLElement && target.isConnected) target.focus({ preventScroll: true });
      }, 0);
    };
  }, [opened]);
}
