import { type RefObject, useCallback, useEffect, useRef } from 'react';

function focusOn(target: Element | null, otherwise: HTMLElement | null = null): void {
  const known = target instanceof HTMLElement && target.isConnected && target !== document.body;
  (known ? target : otherwise)?.focus({ preventScroll: true });
}

/**
 * Gives the focus back to what had it before something opened, unless it has gone elsewhere meanwhile. Holds also
 * for a dialog that is taken off the screen at once instead of being closed. The function returned gives it back
 * now, and then never again for this opening: what runs after it owns the focus. `otherwise` takes the keys when
 * what had them is gone, as a button is that its own command made vanish.
 */
export function useReturnFocus(opened: boolean, otherwise?: RefObject<HTMLElement | null>): () => void {
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
        if (nowhere) focusOn(target, otherwise?.current);
      }, 0);
    };
  }, [opened, otherwise]);
  return useCallback(() => {
    const target = before.current;
    before.current = null;
    // Out of what is about to go, also when there is nothing to go back to.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    focusOn(target);
  }, []);
}
