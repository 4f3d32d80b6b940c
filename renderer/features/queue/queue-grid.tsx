// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid places its rows itself, which a table cannot
import { Button } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, memo, type ReactNode, useCallback, useEffect, useId, useRef } from 'react';
import type { QueueRow } from '#contracts/engine/protocol.ts';
import type { Id } from '#domain/activity/activity.ts';
import { useWords } from '#renderer/words/words.ts';
import { type Column, type ColumnId, templateOf } from './columns.ts';
import classes from './grid.module.css';
import { leaveSelection, pressOnGrid } from './grid-keys.ts';
import { GridRow } from './grid-row.tsx';
import { focusColumn, focusRow, selectAlso, toggleSelected, useGridState } from './grid-state.ts';
import type { ListPart } from './held-rows.ts';
import { type Range, rangeAround } from './use-list.ts';

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
  readonly empty: ReactNode;
  /** A press anywhere on a row opens it, not only on its number. */
  readonly pressOpens?: boolean;
}

const HeaderRow = memo(function HeaderRow({ columns, template }: { columns: readonly Column[]; template: string }) {
  const say = useWords('queue');
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
    <div role="row" className={classes.header} style={{ gridTemplateColumns: template }}>
      {columns.map(({ id }) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
        <div key={id} role="columnheader" title={say(`column.${id}`)} aria-label={say(`column.${id}`)}>
          <span className={classes.cut}>{id === 'priority' ? say('column.priorityShort') : say(`column.${id}`)}</span>
        </div>
      ))}
    </div>
  );
});

/** A function whose identity never changes, so that rows that did not change do not draw again. */
function useStable<A extends unknown[]>(latest: (...args: A) => void): (...args: A) => void {
  const kept = useRef(latest);
  kept.current = latest;
  return useCallback((...args: A) => kept.current(...args), []);
}

/** The focus stays on its incident when rows come or go above it; when it has gone, on its place. */
function useFocusFollows(part: ListPart | undefined): void {
  const { index, id } = useGridState();
  useEffect(() => {
    if (!part || part.total === 0) return;
    const found = id === null ? -1 : part.rows.findIndex((row) => row.id === id);
    if (found >= 0) {
      if (part.from + found !== index) focusRow(part.from + found, id);
      return;
    }
    const at = Math.min(index, part.total - 1);
    const row = part.rows[at - part.from];
    if (row) focusRow(at, row.id);
  }, [part, id, index]);
}

/**
 * A queue as a grid of any length: only rows in sight exist. The grid itself has the focus and names its row or
 * cell by `aria-activedescendant`.
 */
export const QueueGrid = memo(function QueueGrid(props: QueueGridProps) {
  const { part, columns, rowHeight, onRange, onOpen, onMenu, pressOpens = false } = props;
  const say = useWords('queue');
  const gridId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const { index, column, selected } = useGridState();
  const total = part?.total ?? 0;
  const rowAt = useCallback((at: number): QueueRow | undefined => part?.rows[at - part.from], [part]);
  useFocusFollows(part);

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
      selectAlso(between.filter((each) => each !== undefined));
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
    all: () => part?.rows ?? [],
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
      >
        <div className={classes.inner} style={{ height: Math.max(virtual.getTotalSize(), HEADER) }} role="presentation">
          <HeaderRow columns={columns} template={template} />
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
                focused={item.index === index}
                cell={item.index === index ? column : null}
                selected={row !== undefined && selected.has(row.id)}
                twoLines={rowHeight >= 44}
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
