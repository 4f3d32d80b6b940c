import { create } from 'zustand';
import type { OrderKey, QueueRow } from '#contracts/engine/protocol.ts';
import type { FilterField } from './view-store.ts';

export type ColumnId =
  | 'number'
  | 'priority'
  | 'shortDescription'
  | 'caller'
  | 'state'
  | 'owner'
  | 'updated'
  | 'service'
  | 'category'
  | 'site'
  | 'group';

export interface Column {
  readonly id: ColumnId;
  /** Pixels; for the short description the least it may have. */
  readonly width: number;
  /** What it may grow to where there is room, for words that are often cut. */
  readonly most?: number;
  /** Shown from this width of the grid on. */
  readonly from: number;
  /** May be left out by the person. */
  readonly optional: boolean;
}

/** In reading order. Number, priority, description and state are never dropped. */
export const COLUMNS: readonly Column[] = [
  { id: 'number', width: 112, from: 0, optional: false },
  { id: 'priority', width: 44, from: 0, optional: false },
  { id: 'shortDescription', width: 280, from: 0, optional: false },
  { id: 'caller', width: 132, from: 0, optional: true },
  { id: 'service', width: 140, most: 156, from: 1500, optional: true },
  { id: 'category', width: 140, from: 1500, optional: true },
  { id: 'site', width: 112, most: 136, from: 1500, optional: true },
  { id: 'state', width: 152, most: 200, from: 0, optional: false },
  { id: 'group', width: 132, most: 168, from: 1500, optional: true },
  { id: 'owner', width: 132, most: 160, from: 0, optional: true },
  { id: 'updated', width: 84, from: 0, optional: true },
];

/** What goes first when it gets narrow. */
const DROPPED: readonly ColumnId[] = ['site', 'service', 'category', 'updated', 'caller', 'group', 'owner'];

const widthOf = (columns: readonly Column[]) => columns.reduce((sum, column) => sum + column.width, 0);

/** The columns a grid of this width shows; under 800 px only the four that are never dropped. */
export function columnsFor(width: number, hidden: readonly ColumnId[]): readonly Column[] {
  let columns = COLUMNS.filter((column) => !hidden.includes(column.id));
  // Beside the peek every pixel is the description's.
  if (width < 760) return columns.filter((column) => !column.optional).map(({ most: _most, ...column }) => column);
  columns = columns.filter((column) => column.from <= width);
  for (const id of DROPPED) {
    if (widthOf(columns) <= width) break;
    columns = columns.filter((column) => column.id !== id);
  }
  return columns;
}

const track = ({ id, width, most }: Column): string => {
  if (id === 'shortDescription') return `minmax(${width}px, 1fr)`;
  return most === undefined ? `${width}px` : `minmax(${width}px, ${most}px)`;
};

/** The CSS grid of a row: fixed widths, the short description takes the rest. */
export const templateOf = (columns: readonly Column[]): string => columns.map(track).join(' ');

const STORED = 'deskbell.hiddenColumns';
const isColumn = (value: unknown): value is ColumnId => COLUMNS.some((column) => column.id === value);

function storedHidden(): readonly ColumnId[] {
  const stored = globalThis.localStorage?.getItem(STORED) ?? '';
  return stored.split(',').filter(isColumn);
}

/** Columns the person left out, remembered by this machine's windows. */
export const useHiddenColumns = create<{ hidden: readonly ColumnId[] }>(() => ({ hidden: storedHidden() }));

export function toggleColumn(id: ColumnId): void {
  const { hidden } = useHiddenColumns.getState();
  const next = hidden.includes(id) ? hidden.filter((each) => each !== id) : [...hidden, id];
  globalThis.localStorage?.setItem(STORED, next.join(','));
  useHiddenColumns.setState({ hidden: next });
}

const ORDERED_BY: Partial<Record<ColumnId, OrderKey>> = {
  number: 'number',
  priority: 'priority',
  caller: 'caller',
  state: 'state',
  owner: 'owner',
  updated: 'updated',
};

/** The order a press on the column's head asks for; null for a column the list has no order by. */
export const orderOf = (column: ColumnId): OrderKey | null => ORDERED_BY[column] ?? null;

const FILTERED_BY: Partial<Record<ColumnId, FilterField>> = {
  priority: 'priority',
  caller: 'caller',
  category: 'category',
  site: 'site',
  state: 'state',
  group: 'group',
  owner: 'owner',
};

/** What "show matching" on a cell filters by; null for a cell that has no such filter. */
export function cellFilter(row: QueueRow, column: ColumnId): { field: FilterField; value: string } | null {
  const field = FILTERED_BY[column];
  if (!field) return null;
  const values: Record<FilterField, string | null> = {
    priority: String(row.priority),
    state: row.state,
    owner: row.ownerId ?? '',
    group: row.groupId ?? '',
    caller: row.callerId ?? '',
    category: row.categoryId ?? '',
    // A site shown only because the caller sits there is not the incident's own.
    site: row.siteId ?? (row.siteName === null ? '' : null),
  };
  const value = values[field];
  return value === null ? null : { field, value };
}
