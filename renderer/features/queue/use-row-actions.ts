import type { QueueRow } from '#contracts/engine/protocol.ts';
import type { QueueId } from '#domain/queue/queues.ts';
import { useAction } from '#renderer/ui/keys/action-store.ts';
import { useWords } from '#renderer/words/words.ts';
import type { BulkDeed } from './bulk.ts';
import { shownFilter } from './cell-menu.tsx';
import { toggleSelected, useGridState } from './grid-state.ts';
import { addFilter, clearFilters, isFiltered, useViews } from './view-store.ts';

export interface RowActions {
  readonly queue: QueueId;
  readonly row: QueueRow | undefined;
  readonly move: (step: number) => void;
  readonly open: (row: QueueRow) => void;
  readonly peek: () => void;
  readonly deed: (deed: BulkDeed) => void;
  readonly copyNumber: (row: QueueRow) => void;
}

/** Offers the queue's keys: moving, opening, peeking, selecting, filtering, and the first deeds on a row. */
export function useRowActions({ queue, row, move, open, peek, deed, copyNumber }: RowActions): void {
  const say = useWords('queue');
  const common = useWords('common');
  const { column, selected } = useGridState();
  const filtered = isFiltered(useViews()[queue]);
  const some = selected.size > 0 || row !== undefined;
  const rows = selected.size > 0 ? [...selected.values()] : row ? [row] : [];
  const cell = row && column ? { row, column } : null;
  const filterBy = (exclude: boolean) => {
    const filter = cell && shownFilter(cell.row, cell.column, exclude, say, common);
    return filter ? () => addFilter(queue, filter) : null;
  };
  const step = (by: number) => {
    // Whoever moves through rows means the rows from here on: Enter and Space belong to the grid, not to a link.
    document.querySelector<HTMLElement>('[role="grid"]')?.focus({ preventScroll: true });
    move(by);
  };
  useAction('nextRow', () => step(1));
  useAction('previousRow', () => step(-1));
  useAction('open', row ? () => open(row) : null);
  useAction('peek', row ? peek : null);
  useAction('select', row ? () => toggleSelected(row) : null);
  useAction('showMatching', filterBy(false));
  useAction('filterOut', filterBy(true));
  useAction('clearFilters', filtered ? () => clearFilters(queue) : null);
  useAction('assignToMe', some ? () => deed('assignToMe') : null);
  useAction('transfer', some ? () => deed('transfer') : null);
  useAction('start', some ? () => deed('start') : null);
  const allHeld = rows.length > 0 && rows.every((each) => each.state === 'onHold');
  useAction('hold', some ? () => deed(allHeld ? 'resume' : 'hold') : null);
  useAction('resolve', some ? () => deed('resolve') : null);
  useAction('close', some ? () => deed('close') : null);
  useAction('copyNumber', row ? () => copyNumber(row) : null);
}
