import type { QueueRow } from '#contracts/engine/protocol.ts';
import type { QueueId } from '#domain/queue/queues.ts';
import { useAction } from '#renderer/ui/keys/action-store.ts';
import type { ActionId } from '#renderer/ui/keys/actions.ts';
import { useForbidden } from '#renderer/ui/use-forbidden.ts';
import { useWords } from '#renderer/words/words.ts';
import { ACTION_OF, type BulkDeed } from './bulk.ts';
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

/** Offers a deed on the rows by its key, unless there are none or the role forbids it. */
function useDeedAction(action: ActionId, deed: BulkDeed, some: boolean, run: (deed: BulkDeed) => void): void {
  const whyNot = useForbidden()(ACTION_OF[deed]);
  useAction(action, some && whyNot === null ? () => run(deed) : null, whyNot ?? undefined);
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
  useDeedAction('assignToMe', 'assignToMe', some, deed);
  useDeedAction('transfer', 'transfer', some, deed);
  useDeedAction('start', 'start', some, deed);
  const allHeld = rows.length > 0 && rows.every((each) => each.state === 'onHold');
  useDeedAction('hold', allHeld ? 'resume' : 'hold', some, deed);
  useDeedAction('resolve', 'resolve', some, deed);
  useDeedAction('close', 'close', some, deed);
  useAction('copyNumber', row ? () => copyNumber(row) : null);
}
