import { create } from 'zustand';
import type { QueueRow } from '#contracts/engine/protocol.ts';
import type { Id } from '#domain/activity/activity.ts';
import type { QueueId } from '#domain/queue/queues.ts';
import type { ColumnId } from './columns.ts';

/** What a selection keeps of an incident. */
export type SelectedRow = Pick<QueueRow, 'id' | 'number' | 'state' | 'ownerId'>;

/** Where a person is in a queue. Kept while they look at an incident, so that coming back lands on the same row. */
interface GridState {
  readonly queue: QueueId | null;
  readonly index: number;
  readonly id: Id | null;
  readonly column: ColumnId | null;
  readonly selected: ReadonlyMap<Id, SelectedRow>;
  /** How many were meant when only the first of them could be selected; null when all are. */
  readonly cutFrom: number | null;
  readonly peeking: boolean;
}

const atTheTop: GridState = {
  queue: null,
  index: 0,
  id: null,
  column: null,
  selected: new Map(),
  cutFrom: null,
  peeking: false,
};

export const useGridState = create<GridState>(() => atTheTop);

/** Another queue begins at the top with nothing selected; the peek stays open. */
export const enterQueue = (queue: QueueId): void => {
  if (useGridState.getState().queue !== queue) {
    useGridState.setState((was) => ({ ...atTheTop, queue, peeking: was.peeking }));
  }
};

export const focusRow = (index: number, id: Id | null): void => useGridState.setState({ index, id });

export const focusColumn = (column: ColumnId | null): void => useGridState.setState({ column });

export const setPeeking = (peeking: boolean): void => useGridState.setState({ peeking });

/** A new search begins at its first row. */
export const startAtTop = (): void => useGridState.setState({ index: 0, id: null, column: null });

const select = (selected: ReadonlyMap<Id, SelectedRow>, cutFrom: number | null = null): void =>
  useGridState.setState({ selected, cutFrom });

export function clearSelection(): void {
  if (useGridState.getState().selected.size > 0) select(new Map());
}

export function toggleSelected(row: SelectedRow): void {
  const selected = new Map(useGridState.getState().selected);
  if (!selected.delete(row.id)) selected.set(row.id, row);
  select(selected);
}

/** Adds rows; `total` is how many were meant, of which these are the first. */
export function selectAlso(rows: readonly SelectedRow[], total = rows.length): void {
  const selected = new Map(useGridState.getState().selected);
  for (const row of rows) selected.set(row.id, row);
  select(selected, total > rows.length ? total : null);
}

/** Leaves selected only what `stays` is true of. */
export function selectOnly(stays: (id: Id) => boolean): void {
  const { selected } = useGridState.getState();
  const left = [...selected].filter(([id]) => stays(id));
  if (left.length < selected.size) select(new Map(left));
}
