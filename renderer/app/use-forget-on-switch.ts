import { useEffect, useRef } from 'react';
import { usePersonId } from '#renderer/platform/hooks.ts';
import { useRecordedStore } from '#renderer/ui/recorded-store.ts';
import { useUndoStore } from '#renderer/ui/undo-store.ts';

/** What one person has just recorded or done is not the next one's to read out or to take back. */
export function useForgetOnSwitch(): void {
  const personId = usePersonId();
  const before = useRef(personId);
  useEffect(() => {
    if (before.current !== null && personId !== before.current) {
      useUndoStore.getState().withdraw();
      useRecordedStore.getState().dismiss();
    }
    before.current = personId;
  }, [personId]);
}
