import { useEffect, useMemo } from 'react';
import { useSettings } from '#renderer/platform/settings-store.ts';
import { perform } from '#renderer/ui/keys/action-store.ts';
import { keyMap } from '#renderer/ui/keys/actions.ts';
import { actionOf } from '#renderer/ui/keys/listen.ts';
import { isCommandKey } from '#renderer/ui/small-dialog.tsx';
import { openDialog, useDialogs } from './dialogs.ts';

function wantsCommands(event: KeyboardEvent): boolean {
  return isCommandKey(event) && !event.shiftKey && event.key.toLowerCase() === 'k';
}

/** Alt with an arrow walks the window's history, as in any browser. */
function walksHistory(event: KeyboardEvent): -1 | 1 | 0 {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return 0;
  return event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
}

/** The one key listener of a window. */
export function useKeyListener(): void {
  const { singleKeys, keys } = useSettings();
  const map = useMemo(() => keyMap(keys), [keys]);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { open } = useDialogs.getState();
      if (wantsCommands(event) && (open === null || open === 'commands')) {
        event.preventDefault();
        openDialog('commands');
        return;
      }
      const step = walksHistory(event);
      if (step !== 0 && open === null) {
        event.preventDefault();
        window.history.go(step);
        return;
      }
      const action = singleKeys ? actionOf(event, map) : undefined;
      if (action && perform(action)) event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [map, singleKeys]);
}
