import { type RefObject, useEffect, useState } from 'react';

/** Gathered changes apply after this long without a hand on pointer or keyboard. */
const IDLE = 10_000;

/** Whether the pointer is over an element or the focus in it. */
function useInside(area: RefObject<HTMLElement | null>): boolean {
  const [pointer, setPointer] = useState(false);
  const [focus, setFocus] = useState(false);
  useEffect(() => {
    const element = area.current;
    if (!element) return;
    const listeners = {
      pointerenter: () => setPointer(true),
      pointerleave: () => setPointer(false),
      focusin: () => setFocus(true),
      focusout: (event: Event) =>
        setFocus(
          event instanceof FocusEvent && event.relatedTarget instanceof Node && element.contains(event.relatedTarget),
        ),
    };
    for (const [name, listener] of Object.entries(listeners)) element.addEventListener(name, listener);
    return () => {
      for (const [name, listener] of Object.entries(listeners)) element.removeEventListener(name, listener);
    };
  }, [area]);
  return pointer || focus;
}

/**
 * Whether rows must stay where they are: the pointer is over the grid or the focus is in it, and somebody moved
 * within the last ten seconds.
 */
export function useHold(area: RefObject<HTMLElement | null>): boolean {
  const inside = useInside(area);
  const [idle, setIdle] = useState(false);
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
  return inside && !idle;
}
