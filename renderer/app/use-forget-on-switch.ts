import { useEffect, useRef } from 'react';
import { forgetShared } from '#renderer/features/queue/bulk-dialog.tsx';
import { clearSelection } from '#renderer/features/queue/grid-state.ts';
import { usePersonId } from '#renderer/platform/hooks.ts';
import { useRecordedStore } from '#renderer/ui/recorded-store.ts';
import { useUndoStore } from '#renderer/ui/undo-store.ts';

/** What one person has just recorded, done, chosen or half typed is not the next one's to read out or go on with. */
export function useForgetOnSwitch(): void {
  const personId = usePersonId();
  const before = useRef(personId);
  useEffect(() => {
    if (before.current !== null && personId !== before.current) {
      useUndoStore.getState().withdraw();
      useRecordedStore.getState().dismiss();
      clearSelection();
      forgetShared();
    }
    before.current = personId;
  }, [personId]);
}
