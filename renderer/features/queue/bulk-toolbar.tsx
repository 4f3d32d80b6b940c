import { Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { type KeyboardEvent, useRef } from 'react';
import type { QueueRow } from '#contracts/engine/protocol.ts';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import { useWords } from '#renderer/words/words.ts';
import { type BulkDeed, fitsSome } from './bulk.ts';
import { clearSelection } from './grid-state.ts';
import classes from './head.module.css';
import type { BulkState } from './use-bulk.ts';

const DEEDS: readonly BulkDeed[] = ['assignToMe', 'transfer', 'start', 'hold', 'resume', 'resolve', 'close'];

/** "Bulk actions": stands in the queue head's place while rows are selected. Arrows move between its buttons. */
export function BulkToolbar(props: {
  rows: readonly QueueRow[];
  progress: BulkState['progress'];
  onDeed: (deed: BulkDeed) => void;
  onStop: () => void;
}) {
  const { rows, progress } = props;
  const say = useWords('queue');
  const bar = useRef<HTMLDivElement>(null);
  const walk = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    const buttons = [...(bar.current?.querySelectorAll('button') ?? [])];
    const at = buttons.findIndex((button) => button.matches(':focus'));
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
    event.preventDefault();
  };
  return (
    <div ref={bar} role="toolbar" aria-label={say('bulk')} className={classes.bulk} onKeyDown={walk}>
      <span className={classes.selected} role="status">
        {progress ? say('bulk.progress', { ...progress }) : say('bulk.selected', { count: rows.length })}
      </span>
      <div className={classes.bulkActions}>
        {progress ? (
          <Button onClick={props.onStop}>{say('bulk.stop')}</Button>
        ) : (
          DEEDS.filter((deed) => fitsSome(deed, rows)).map((deed) => (
            <Button key={deed} className={classes.tool ?? ''} onClick={() => props.onDeed(deed)}>
              {say(`bulk.${deed}`)}
            </Button>
          ))
        )}
      </div>
      <IconButton label={say('bulk.clear')} onClick={clearSelection}>
        <IconX size={18} aria-hidden="true" />
      </IconButton>
    </div>
  );
}
