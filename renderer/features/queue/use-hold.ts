import { useEffect, useState } from 'react';

/** Gathered changes apply after this long without a hand on pointer or keyboard. */
const IDLE = 10_000;

/**
 * Whether rows must stay where they are: the pointer is over the grid or the focus is in it, and somebody moved
 * within the last ten seconds.
 */
export function useHold(): { readonly hold: boolean; readonly touched: (what: 'pointer' | 'focus', inside: boolean) => void } {
  const [pointer, setPointer] = useState(false);
  const [focus, setFocus] = useState(false);
  const [idle, setIdle] = useState(false);
  const inside = pointer || focus;
  useEffect(() => {
    if (!inside) return;
    let timer = setTimeout(() => setIdle(true), IDLE);
    const stir = () => {
      clearTimeout(timer);
      setIdle(false);
      timer = setTimeout(() => setIdle(true), IDLE);
    };
    window.addEventListener('pointermove', stir);
    window.addEventListener('keydown', stir);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pointermove', stir);
      window.removeEventListener('keydown', stir);
    };
  }, [inside]);
  return {
    hold: inside && !idle,
    touched: (what, isInside) => (what === 'pointer' ? setPointer : setFocus)(isInside),
  };
}
