// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid places its rows itself, which a table cannot
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { memo } from 'react';
import type { ListSpec, OrderKey } from '#contracts/engine/protocol.ts';
import { useWords } from '#renderer/words/words.ts';
import { type Column, type ColumnId, orderOf } from './columns.ts';
import classes from './grid.module.css';

export interface HeaderRowProps {
  readonly columns: readonly Column[];
  readonly template: string;
  readonly order: ListSpec['order'] | null;
  /** Null: no column can be sorted by here. */
  readonly onSort: ((key: OrderKey) => void) | null;
}

interface HeadProps extends Pick<HeaderRowProps, 'order' | 'onSort'> {
  readonly column: ColumnId;
}

/** A column's name; where the list has an order by it, a press sorts and another one turns it round. */
function ColumnHead({ column, order, onSort }: HeadProps) {
  const say = useWords('queue');
  const key = onSort === null ? null : orderOf(column);
  const direction = key !== null && order?.key === key ? (order.descending ? 'descending' : 'ascending') : undefined;
  const name = say(`column.${column}`);
  const shown = column === 'priority' ? say('column.priorityShort') : name;
  const text = <span className={classes.cut}>{shown}</span>;
  const Chevron = direction === 'descending' ? IconChevronDown : IconChevronUp;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
    <div role="columnheader" title={name} aria-label={name} aria-sort={direction}>
      {key === null ? (
        text
      ) : (
        // Not a tab stop: keys have the menu "Order". Its name is what it shows; the head above says it in full.
        <button type="button" tabIndex={-1} className={classes.sort} onClick={() => onSort?.(key)}>
          {text}
          {direction && <Chevron size={12} stroke={2.5} className={classes.sorted} aria-hidden="true" />}
        </button>
      )}
    </div>
  );
}

/** The grid's head. Draws anew only when columns or the order change. */
export const HeaderRow = memo(function HeaderRow({ columns, template, order, onSort }: HeaderRowProps) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
    <div role="row" className={classes.header} style={{ gridTemplateColumns: template }}>
      {columns.map(({ id }) => (
        <ColumnHead key={id} column={id} order={order} onSort={onSort} />
      ))}
    </div>
  );
});
