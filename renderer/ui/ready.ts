import { useEffect } from 'react';

/** Names what stands on screen on `body[data-ready]`, so that a test waits for it and never for a time. */
export function useReady(name: string, ready: boolean): void {
  useEffect(() => {
    if (!ready) return;
    document.body.dataset.ready = name;
    return () => {
      if (document.body.dataset.ready === name) delete document.body.dataset.ready;
    };
  }, [name, ready]);
}
