import { create } from 'zustand';
import type { QueueRow } from '#contracts/engine/protocol.ts';
import type { Id } from '#domain/activity/activity.ts';
import type { QueueId } from '#domain/queue/queues.ts';
import type { ColumnId } from './columns.ts';

/** Where a person is in a queue. Kept while they look at an incident, so that coming back lands on the same row. */
interface GridState {
  readonly queue: QueueId | null;
  readonly index: number;
  readonly id: Id | null;
  readonly column: ColumnId | null;
  readonly selected: ReadonlyMap<Id, QueueRow>;
  readonly peeking: boolean;
}

const atTheTop: GridState = { queue: null, index: 0, id: null, column: null, selected: new Map(), peeking: false };

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

export function clearSelection(): void {
  if (useGridState.getState().selected.size > 0) useGridState.setState({ selected: new Map() });
}

export function toggleSelected(row: QueueRow): void {
  const selected = new Map(useGridState.getState().selected);
  if (!selected.delete(row.id)) selected.set(row.id, row);
  useGridState.setState({ selected });
}

export function selectAlso(rows: readonly QueueRow[]): void {
  const selected = new Map(useGridState.getState().selected);
  for (const row of rows) selected.set(row.id, row);
  useGridState.setState({ selected });
}
