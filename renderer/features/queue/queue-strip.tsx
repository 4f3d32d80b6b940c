import { useCallback, useMemo, useRef, useState } from 'react';
import type { QueueRow } from '#contracts/engine/protocol.ts';
import type { QueueId } from '#domain/queue/queues.ts';
import { usePersonId } from '#renderer/platform/hooks.ts';
import { navigate } from '#renderer/ui/navigation.ts';
import { useWords } from '#renderer/words/words.ts';
import type { Column } from './columns.ts';
import { QueueGrid } from './queue-grid.tsx';
import classes from './screen.module.css';
import { useChoose } from './use-choosing.ts';
import { useHold } from './use-hold.ts';
import { type Range, useList } from './use-list.ts';
import { specOf, useViews } from './view-store.ts';

const COLUMNS: readonly Column[] = [
  { id: 'number', width: 116, from: 0, optional: false },
  { id: 'shortDescription', width: 160, from: 0, optional: false },
  { id: 'priority', width: 44, from: 0, optional: false },
];
const nothing = () => undefined;

/**
 * The queue beside an open incident on a wide screen: 400 px, two lines a row, selection kept. `marksRow` while the
 * open incident is one of the queue's: no other row looks as if it were the open one.
 */
export function QueueStrip({ queue, marksRow }: { queue: QueueId; marksRow: boolean }) {
  const common = useWords('common');
  const me = usePersonId();
  const view = useViews()[queue];
  const [range, setRange] = useState<Range>({ from: 0, to: 60 });
  const area = useRef<HTMLElement>(null);
  const hold = useHold(area);
  const spec = useMemo(() => specOf(queue, view), [queue, view]);
  const choose = useChoose(me, spec);
  const list = useList(me, spec, range, hold, null);
  const open = useCallback((row: QueueRow) => navigate({ name: 'incident', idOrNumber: row.number }, 'replace'), []);
  const askRange = useCallback(
    (next: Range) => setRange((was) => (was.from === next.from && was.to === next.to ? was : next)),
    [],
  );
  return (
    <aside ref={area} className={classes.strip} aria-label={common(`queue.${queue}`)}>
      <QueueGrid
        name={common(`queue.${queue}`)}
        part={list.shown}
        columns={COLUMNS}
        rowHeight={48}
        me={me}
        held={list.held}
        onShowHeld={list.apply}
        onRange={askRange}
        onOpen={open}
        onPeek={nothing}
        onMenu={nothing}
        onChoose={choose}
        marksRow={marksRow}
        empty={null}
        pressOpens
      />
    </aside>
  );
}
