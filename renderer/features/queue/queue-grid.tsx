// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid places its rows itself, which a table cannot
import { Button } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, memo, type ReactNode, useCallback, useEffect, useId, useRef, useState } from 'react';
import type { ListSpec, OrderKey, QueueRow } from '#contracts/engine/protocol.ts';
import type { Id } from '#domain/activity/activity.ts';
import { useIsShared } from '#renderer/platform/hooks.ts';
import { useNeedsYou } from '#renderer/ui/use-needs-you.ts';
import { useWords } from '#renderer/words/words.ts';
import { type Column, type ColumnId, templateOf } from './columns.ts';
import classes from './grid.module.css';
import { useFocusFollows, useWantedFocus } from './grid-focus.ts';
import { HeaderRow } from './grid-header.tsx';
import { leaveSelection, pressOnGrid } from './grid-keys.ts';
import { GridRow } from './grid-row.tsx';
import { focusColumn, focusRow, selectAlso, toggleSelected, useGridState } from './grid-state.ts';
import type { ListPart } from './held-rows.ts';
import { type Range, rangeAround } from './use-list.ts';
import { useStable } from './use-stable.ts';

const HEADER = 32;

export interface QueueGridProps {
  readonly name: string;
  readonly part: ListPart | undefined;
  readonly columns: readonly Column[];
  readonly rowHeight: number;
  readonly me: Id | null;
  readonly held: number;
  readonly onShowHeld: () => void;
  readonly onRange: (range: Range) => void;
  readonly onOpen: (row: QueueRow) => void;
  readonly onPeek: () => void;
  readonly onMenu: (place: { x: number; y: number }, row: QueueRow, column: ColumnId) => void;
  /** Selects what is not all at hand: the whole list (null), or all between two incidents. */
  readonly onChoose: (between: readonly [Id, Id] | null) => void;
  /** The order the list is in, and how to ask for another; absent where the head is plain. */
  readonly order?: ListSpec['order'];
  readonly onSort?: (key: OrderKey) => void;
  /** False: the row the keys would begin at is marked only while the grid has the focus. */
  readonly marksRow?: boolean;
  readonly empty: ReactNode;
  /** A press anywhere on a row opens it, not only on its number. */
  readonly pressOpens?: boolean;
}

/**
 * A queue as a grid of any length: only rows in sight exist. The grid itself has the focus and names its row or
 * cell by `aria-activedescendant`.
 */
export const QueueGrid = memo(function QueueGrid(props: QueueGridProps) {
  const { part, columns, rowHeight, onRange, onOpen, onMenu, onChoose, onSort, pressOpens = false } = props;
  const say = useWords('queue');
  const gridId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const { index, id, column, selected } = useGridState();
  const [inside, setInside] = useState(false);
  const marked = inside || (props.marksRow ?? true);
  useWantedFocus(scroller);
  const total = part?.total ?? 0;
  const rowAt = useCallback((at: number): QueueRow | undefined => part?.rows[at - part.from], [part]);
  useFocusFollows(part);

  const isShared = useIsShared();
  const needsYou = useNeedsYou();

  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    paddingStart: HEADER,
    scrollPaddingStart: HEADER,
    initialRect: { width: 1000, height: 600 },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new row height is a new measure of every row
  useEffect(() => virtual.measure(), [rowHeight]);
  const height = virtual.scrollRect?.height ?? 0;
  const sight = useRef(virtual);
  sight.current = virtual;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a lower grid (peek below it) may have lost the row
  useEffect(() => {
    const { range } = sight.current;
    // Scrolling asks the browser to lay everything out: not for a row that stands well within sight.
    if (total <= index || (range && index > range.startIndex && index < range.endIndex)) return;
    sight.current.scrollToIndex(index, { align: 'auto' });
  }, [index, total, height]);

  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (part) onRange(rangeAround(first, last, part.total));
  }, [first, last, part, onRange]);

  const goTo = (at: number) => {
    const target = Math.max(0, Math.min(total - 1, at));
    focusRow(target, rowAt(target)?.id ?? null);
  };
  const press = (event: MouseEvent, at: number) => {
    const row = rowAt(at);
    if (!row) return;
    const onNumber = event.target instanceof Element && event.target.className === classes.number;
    if (event.shiftKey) {
      const [low, high] = [Math.min(at, index), Math.max(at, index)];
      const between = Array.from({ length: high - low + 1 }, (_, step) => rowAt(low + step));
      const loaded = between.filter((each) => each !== undefined);
      if (loaded.length === between.length || id === null) selectAlso(loaded);
      else onChoose([id, row.id]);
    } else if (event.ctrlKey || event.metaKey) toggleSelected(row);
    else if (onNumber || pressOpens) onOpen(row);
    focusRow(at, row.id);
    focusColumn(null);
    scroller.current?.focus({ preventScroll: true });
  };
  const menuAt = (event: MouseEvent, at: number, of: ColumnId) => {
    const row = rowAt(at);
    if (!row) return;
    event.preventDefault();
    focusRow(at, row.id);
    onMenu({ x: event.clientX, y: event.clientY }, row, of);
  };
  const selectAll = () => {
    if (part && part.rows.length === part.total) selectAlso(part.rows);
    else if (part) onChoose(null);
  };
  const sort = useCallback(
    (key: OrderKey) => {
      scroller.current?.focus({ preventScroll: true });
      onSort?.(key);
    },
    [onSort],
  );
  const select = (at: number) => {
    const row = rowAt(at);
    if (row) toggleSelected(row);
  };
  const onPress = useStable(press);
  const onContext = useStable(menuAt);
  const onSelect = useStable(select);

  const rowId = (at: number) => `${gridId}-${at}`;
  const moveColumn = (step: number) => {
    const at = column === null ? -1 : columns.findIndex((each) => each.id === column);
    const target = at < 0 ? (step > 0 ? 0 : columns.length - 1) : Math.max(0, Math.min(columns.length - 1, at + step));
    focusColumn(columns[target]?.id ?? null);
  };
  const openMenu = () => {
    const row = rowAt(index);
    const of = column ?? 'number';
    const box = document.getElementById(`${rowId(index)}-${of}`)?.getBoundingClientRect();
    if (row) onMenu({ x: (box?.left ?? 0) + 8, y: box?.bottom ?? 0 }, row, of);
  };
  const page = Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 600) - HEADER) / rowHeight) - 1);
  const here = rowAt(index);
  const moves: Parameters<typeof pressOnGrid>[1] = {
    row: (step) => goTo(index + step),
    page: (step) => goTo(index + step * page),
    end: (which) => goTo(which === 'first' ? 0 : total - 1),
    column: moveColumn,
    open: () => here && onOpen(here),
    peek: props.onPeek,
    menu: openMenu,
    leave: () => leaveSelection(selected.size, () => focusColumn(null)),
    here: () => here,
    all: selectAll,
  };

  const template = templateOf(columns);
  return (
    <div className={classes.frame}>
      <div
        ref={scroller}
        role="grid"
        aria-label={props.name}
        aria-rowcount={total}
        aria-colcount={columns.length}
        aria-multiselectable
        aria-readonly
        aria-busy={part === undefined || undefined}
        aria-activedescendant={here ? (column ? `${rowId(index)}-${column}` : rowId(index)) : undefined}
        tabIndex={0}
        className={classes.grid}
        onKeyDown={(event) => pressOnGrid(event, moves)}
        onFocus={() => setInside(true)}
        onBlur={() => setInside(false)}
      >
        <div className={classes.inner} style={{ height: Math.max(virtual.getTotalSize(), HEADER) }} role="presentation">
          <HeaderRow
            columns={columns}
            template={template}
            order={props.order ?? null}
            onSort={onSort === undefined ? null : sort}
          />
          {items.map((item) => {
            const row = rowAt(item.index);
            return (
              <GridRow
                key={item.key}
                id={rowId(item.index)}
                index={item.index}
                row={row}
                top={item.start}
                height={rowHeight}
                columns={columns}
                template={template}
                me={props.me}
                focused={marked && item.index === index}
                cell={marked && item.index === index ? column : null}
                selected={row !== undefined && selected.has(row.id)}
                twoLines={rowHeight >= 44}
                pending={isShared && row?.pending === true}
                needsYou={row !== undefined && needsYou.has(row.id)}
                onPress={onPress}
                onOpen={onOpen}
                onMenu={onContext}
                onSelect={onSelect}
              />
            );
          })}
        </div>
      </div>
      {props.held > 0 && (
        <Button className={classes.changes ?? ''} onClick={props.onShowHeld}>
          {say('changes', { count: props.held })}
        </Button>
      )}
      {part?.total === 0 && <div className={classes.empty}>{props.empty}</div>}
    </div>
  );
});
