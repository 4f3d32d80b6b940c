import { Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { type KeyboardEvent, useRef } from 'react';
import type { QueueId } from '#domain/queue/queues.ts';
import { GuardedButton } from '#renderer/ui/guarded-button.tsx';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import { useForbidden } from '#renderer/ui/use-forbidden.ts';
import { useWords } from '#renderer/words/words.ts';
import { ACTION_OF, type BulkDeed, fitsSome } from './bulk.ts';
import { FilterChips } from './filter-chips.tsx';
import { clearSelection, type SelectedRow, useGridState } from './grid-state.ts';
import classes from './head.module.css';
import type { BulkState } from './use-bulk.ts';
import { isFiltered, type QueueView } from './view-store.ts';

const DEEDS: readonly BulkDeed[] = ['assignToMe', 'transfer', 'start', 'hold', 'resume', 'resolve', 'close'];

/**
 * "Bulk actions": stands in the queue head's place while rows are selected. Arrows move between its buttons. What the
 * list is filtered by stays in sight beside it.
 */
export function BulkToolbar(props: {
  queue: QueueId;
  view: QueueView;
  rows: readonly SelectedRow[];
  progress: BulkState['progress'];
  /** A deed is on its way: not a second one beside it. */
  busy: boolean;
  onDeed: (deed: BulkDeed) => void;
  onStop: () => void;
}) {
  const { rows, progress } = props;
  const say = useWords('queue');
  const forbidden = useForbidden();
  const { cutFrom } = useGridState();
  const bar = useRef<HTMLDivElement>(null);
  const walk = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    const buttons = [...(bar.current?.querySelectorAll('button') ?? [])];
    const at = buttons.findIndex((button) => button.matches(':focus'));
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
    event.preventDefault();
  };
  const count = rows.length;
  const selected =
    cutFrom === null ? say('bulk.selected', { count }) : say('bulk.selectedCut', { count, total: cutFrom });
  return (
    <div className={classes.bulk}>
      <div ref={bar} role="toolbar" aria-label={say('bulk')} className={classes.bulkBar} onKeyDown={walk}>
        <span className={classes.selected} role="status">
          {progress ? say('bulk.progress', { ...progress }) : selected}
        </span>
        <div className={classes.bulkActions}>
          {progress ? (
            <Button onClick={props.onStop}>{say('bulk.stop')}</Button>
          ) : (
            DEEDS.filter((deed) => fitsSome(deed, rows)).map((deed) => (
              <GuardedButton
                key={deed}
                className={classes.tool ?? ''}
                disabled={props.busy}
                whyNot={forbidden(ACTION_OF[deed])}
                onClick={() => props.onDeed(deed)}
              >
                {say(`bulk.${deed}`)}
              </GuardedButton>
            ))
          )}
        </div>
        <IconButton label={say('bulk.clear')} onClick={clearSelection}>
          <IconX size={18} aria-hidden="true" />
        </IconButton>
      </div>
      {isFiltered(props.view) && (
        <div className={classes.bulkChips}>
          <FilterChips queue={props.queue} view={props.view} />
        </div>
      )}
    </div>
  );
}
