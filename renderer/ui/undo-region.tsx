import { Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useWords } from '#renderer/words/words.ts';
import { IconButton } from './icon-button.tsx';
import { NotNowStatus } from './keys/not-now.tsx';
import classes from './notes.module.css';
import { type UndoableDeed, useUndoStore } from './undo-store.ts';

const STAYS_FOR = 12_000;

/**
 * The foot of the desk. The region "Undo": what was just done, and a way back while there is one; above it, why a key
 * was pressed in vain. Mounted once by the shell.
 */
export function UndoRegion({ onUndo }: { onUndo: (deed: UndoableDeed) => void }) {
  const say = useWords('common');
  const { deed, withdraw } = useUndoStore();
  useEffect(() => {
    if (!deed) return;
    const timer = setTimeout(withdraw, STAYS_FOR);
    return () => clearTimeout(timer);
  }, [deed, withdraw]);
  return (
    <>
      <section aria-label={say('undo')} aria-live="polite" hidden={deed === null}>
        {deed && (
          <div className={classes.undo}>
            <span className={classes.undoText}>{deed.sentence}</span>
            {deed.commandIds.length > 0 && <Button onClick={() => onUndo(deed)}>{say('undo')}</Button>}
            <IconButton label={say('dismiss')} onClick={withdraw}>
              <IconX size={16} aria-hidden="true" />
            </IconButton>
          </div>
        )}
      </section>
      <NotNowStatus />
    </>
  );
}
