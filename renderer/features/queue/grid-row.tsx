// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid places its rows itself, which a table cannot
import { IconMessageDots } from '@tabler/icons-react';
import { type CSSProperties, type MouseEvent, memo, useEffect, useRef, useState } from 'react';
import type { QueueRow } from '#contracts/engine/protocol.ts';
import type { Id } from '#domain/activity/activity.ts';
import { OwnerMark } from '#renderer/ui/owner-mark.tsx';
import { PriorityMark } from '#renderer/ui/priority-mark.tsx';
import { RelativeTime } from '#renderer/ui/relative-time.tsx';
import { StateMark } from '#renderer/ui/state-mark.tsx';
import { SyncMark } from '#renderer/ui/sync-mark.tsx';
import { useWords } from '#renderer/words/words.ts';
import type { Column, ColumnId } from './columns.ts';
import classes from './grid.module.css';

export interface GridRowProps {
  readonly id: string;
  /** 0-based place in the queue. */
  readonly index: number;
  readonly row: QueueRow | undefined;
  readonly top: number;
  readonly height: number;
  readonly columns: readonly Column[];
  readonly template: string;
  readonly me: Id | null;
  readonly focused: boolean;
  /** Id of the focused cell's column while the keyboard is on a cell. */
  readonly cell: ColumnId | null;
  readonly selected: boolean;
  readonly twoLines: boolean;
  /** At a desk that shares its log: something recorded here has not reached the others. */
  readonly pending: boolean;
  /** A conflict about it waits for the person at the desk. */
  readonly needsYou: boolean;
  readonly onPress: (event: MouseEvent, index: number, column: ColumnId | null) => void;
  readonly onOpen: (row: QueueRow) => void;
  readonly onMenu: (event: MouseEvent, index: number, column: ColumnId) => void;
  readonly onSelect: (index: number) => void;
}

/** True for 600 ms after the row changed on screen, to wash it once. */
function useJustChanged(lsn: number | undefined): boolean {
  const [changed, setChanged] = useState(false);
  const before = useRef(lsn);
  useEffect(() => {
    const was = before.current;
    before.current = lsn;
    if (was === undefined || lsn === undefined || was === lsn) return;
    setChanged(true);
    const timer = setTimeout(() => setChanged(false), 600);
    return () => clearTimeout(timer);
  }, [lsn]);
  return changed;
}

interface DescriptionProps extends Pick<GridRowProps, 'twoLines' | 'pending' | 'needsYou'> {
  readonly row: QueueRow;
}

function Description({ row, twoLines, pending, needsYou }: DescriptionProps) {
  const say = useWords('queue');
  const second = [row.callerName ?? say('noCaller'), row.categoryName, row.siteName].filter(Boolean).join(' · ');
  return (
    <span className={classes.description}>
      <span className={classes.line}>
        <SyncMark pending={pending} needsYou={needsYou} short />
        {row.unansweredMessage && (
          <IconMessageDots size={16} className={classes.speech} aria-label={say('unanswered')} role="img" />
        )}
        <span className={classes.cut} dir="auto" title={row.shortDescription}>
          {row.shortDescription || say('noDescription')}
        </span>
      </span>
      {twoLines && (
        <span className={classes.second} title={second}>
          {second}
        </span>
      )}
    </span>
  );
}

interface CellContentProps extends DescriptionProps {
  readonly column: ColumnId;
  readonly me: Id | null;
}

function CellContent({ row, column, me, ...marks }: CellContentProps) {
  switch (column) {
    case 'number':
      return <span className={classes.number}>{row.number}</span>;
    case 'priority':
      return <PriorityMark priority={row.priority} overridden={row.overridden} />;
    case 'shortDescription':
      return <Description row={row} {...marks} />;
    case 'state':
      return <StateMark state={row.state} holdReason={row.holdReason} />;
    case 'owner':
      return (
        <OwnerMark
          name={row.ownerName}
          groupName={row.groupName}
          isMe={row.ownerId !== null && row.ownerId === me}
          waitingSince={row.waitingForPickUpSince}
        />
      );
    case 'updated':
      return <RelativeTime at={row.updatedAt} short />;
    case 'caller':
      return <Caller row={row} />;
    case 'service':
    case 'category':
    case 'site':
    case 'group': {
      const text = row[`${column}Name`] ?? '';
      return (
        <span className={classes.cut} dir="auto" title={text}>
          {text}
        </span>
      );
    }
  }
}

function Caller({ row }: { row: QueueRow }) {
  const common = useWords('common');
  return (
    <>
      <span className={classes.cut} dir="auto" title={row.callerName ?? undefined}>
        {row.callerName ?? ''}
      </span>
      {row.vip && <span className={classes.vip}>{common('vip')}</span>}
    </>
  );
}

/** One incident of a queue. Quiet bars stand in its place until its content is there. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { row, index, columns } = props;
  const changed = useJustChanged(row?.lsn);
  const over = row?.state === 'closed' || row?.state === 'canceled';
  const style: CSSProperties = {
    transform: `translateY(${props.top}px)`,
    height: props.height,
    gridTemplateColumns: props.template,
  };
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus (aria-activedescendant)
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the grid's
    <div
      id={props.id}
      role="row"
      aria-rowindex={index + 1}
      aria-selected={props.selected}
      className={classes.row}
      style={style}
      data-focused={props.focused || undefined}
      data-p1={row?.priority === 1 && !over ? true : undefined}
      data-over={over || undefined}
      data-unanswered={row?.unansweredMessage || undefined}
      data-changed={changed || undefined}
      onClick={(event) => props.onPress(event, index, null)}
      onDoubleClick={() => row && props.onOpen(row)}
    >
      {columns.map(({ id: column }) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus (aria-activedescendant)
        <div
          key={column}
          id={`${props.id}-${column}`}
          role="gridcell"
          className={classes.cell}
          data-column={column}
          data-focused={(props.focused && props.cell === column) || undefined}
          onContextMenu={(event) => props.onMenu(event, index, column)}
        >
          {row ? (
            <CellContent
              row={row}
              column={column}
              me={props.me}
              twoLines={props.twoLines}
              pending={props.pending}
              needsYou={props.needsYou}
            />
          ) : (
            <span className={classes.bar} aria-hidden="true" />
          )}
        </div>
      ))}
      <span
        className={classes.box}
        aria-hidden="true"
        onClick={(event) => {
          event.stopPropagation();
          props.onSelect(index);
        }}
      />
    </div>
  );
});
