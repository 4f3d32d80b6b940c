import { useElementSize, useMergedRef } from '@mantine/hooks';
import { memo, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { OrderKey, QueueRow } from '#contracts/engine/protocol.ts';
import type { FirstPage } from '#contracts/host/desk-host.ts';
import type { QueueId } from '#domain/queue/queues.ts';
import { useHost, usePersonId } from '#renderer/platform/hooks.ts';
import { useSettings } from '#renderer/platform/settings-store.ts';
import { ErrorNote } from '#renderer/ui/error-note.tsx';
import { navigate } from '#renderer/ui/navigation.ts';
import { useReady } from '#renderer/ui/ready.ts';
import { useUndoStore } from '#renderer/ui/undo-store.ts';
import { useWords } from '#renderer/words/words.ts';
import { type AskingDeed, AskingDialog, isAsking } from './asking-dialog.tsx';
import type { BulkDeed } from './bulk.ts';
import type { Typing } from './bulk-dialog.tsx';
import { BulkResults } from './bulk-results.tsx';
import { BulkToolbar } from './bulk-toolbar.tsx';
import { CellMenu, type MenuPlace } from './cell-menu.tsx';
import { columnsFor, useHiddenColumns } from './columns.ts';
import { type Counts, EmptyQueue } from './empty-queue.tsx';
import { useFocusFallsToGrid } from './grid-focus.ts';
import { enterQueue, focusRow, type SelectedRow, setPeeking, useGridState } from './grid-state.ts';
import { Peek } from './peek.tsx';
import { QueueGrid } from './queue-grid.tsx';
import { QueueHead } from './queue-head.tsx';
import classes from './screen.module.css';
import { type BulkOrder, useBulk } from './use-bulk.ts';
import { useChoose, useSelectionInSight } from './use-choosing.ts';
import { useHold } from './use-hold.ts';
import { type Range, useList } from './use-list.ts';
import { useRowActions } from './use-row-actions.ts';
import { sortBy, specOf, useViews, usualView } from './view-store.ts';

const ROW_HEIGHT = { compact: 28, normal: 34, roomy: 44 } as const;
const FIRST_RANGE: Range = { from: 0, to: 60 };
const NO_ROWS: readonly SelectedRow[] = [];
/** Told once a window: the first rows are on screen. */
let paintTold = false;

export interface QueueScreenProps {
  readonly queue: QueueId;
  readonly counts: Counts | undefined;
  /** The stored first page, painted until the engine answers. */
  readonly firstPage: FirstPage | null;
  readonly onSample: () => void;
}

/** One queue: head or bulk toolbar, the grid, and the peek beside it. */
export const QueueScreen = memo(function QueueScreen({ queue, counts, firstPage, onSample }: QueueScreenProps) {
  const common = useWords('common');
  const say = useWords('queue');
  const host = useHost();
  const me = usePersonId() ?? firstPage?.personId ?? null;
  const view = useViews()[queue];
  const { density } = useSettings();
  const { hidden } = useHiddenColumns();
  const { index, selected, peeking } = useGridState();
  const [range, setRange] = useState<Range>(FIRST_RANGE);
  const [menu, setMenu] = useState<MenuPlace | null>(null);
  const [asking, setAsking] = useState<{ deed: AskingDeed; rows: readonly SelectedRow[] } | null>(null);
  const { ref: sizeRef, width } = useElementSize<HTMLDivElement>();
  const area = useRef<HTMLDivElement>(null);
  const areaRef = useMergedRef(sizeRef, area);
  const hold = useHold(area);
  const bulk = useBulk();
  const offer = useUndoStore((state) => state.offer);

  const spec = useMemo(() => specOf(queue, view), [queue, view]);
  const first = firstPage?.queue === queue && view === usualView ? { ...firstPage, from: 0 } : null;
  const list = useList(usePersonId(), spec, range, hold || asking !== null, first);
  const { shown } = list;
  const row = shown?.rows[index - shown.from];

  useEffect(() => enterQueue(queue), [queue]);
  useSelectionInSight(me, spec);
  const choose = useChoose(me, spec);
  const sort = useCallback((key: OrderKey) => sortBy(queue, key), [queue]);
  useFocusFallsToGrid(selected.size > 0, bulk.progress !== null, asking !== null, bulk.run !== null);
  useReady('queue', shown !== undefined);
  const painted = shown !== undefined;
  useEffect(() => {
    if (!painted || paintTold) return;
    paintTold = true;
    requestAnimationFrame(() => host.painted());
  }, [painted, host]);

  const open = useCallback((each: QueueRow) => navigate({ name: 'incident', idOrNumber: each.number }), []);
  const askRange = useCallback(
    (next: Range) => setRange((was) => (was.from === next.from && was.to === next.to ? was : next)),
    [],
  );
  const togglePeek = useCallback(() => setPeeking(!useGridState.getState().peeking), []);
  const showMenu = useCallback<Parameters<typeof QueueGrid>[0]['onMenu']>(
    (place, ofRow, column) => setMenu({ ...place, row: ofRow, column }),
    [],
  );
  const closeMenu = useCallback(() => setMenu(null), []);
  const move = (step: number) => {
    const total = shown?.total ?? 0;
    const target = Math.max(0, Math.min(total - 1, index + step));
    focusRow(target, shown?.rows[target - shown.from]?.id ?? null);
  };
  const begin = (deed: BulkDeed, on?: readonly QueueRow[]) => {
    const rows: readonly SelectedRow[] = on ?? (selected.size > 0 ? [...selected.values()] : row ? [row] : []);
    if (rows.length === 0 || bulk.busy) return;
    bulk.forget();
    if (isAsking(deed)) setAsking({ deed, rows });
    else void bulk.perform({ deed }, rows);
  };
  const copyNumber = (each: QueueRow) => {
    void host.copyText(each.number);
    offer({ sentence: say('copied', { number: each.number }), commandIds: [] });
  };
  useRowActions({ queue, row, move, open, peek: togglePeek, deed: begin, copyNumber });

  const dismiss = () => {
    setAsking(null);
    bulk.forget();
  };
  const rows = asking?.rows ?? NO_ROWS;
  const confirm = async (order: BulkOrder, typing: Typing) => {
    const { draftId } = typing;
    typing.flush();
    // Over several the dialog goes at once: how far it is, and Stop, stand in the bar.
    if (rows.length > 1) setAsking(null);
    if (!(await bulk.perform(order, rows, draftId === null ? {} : { draftId }))) return;
    typing.done();
    setAsking(null);
  };
  const columns = useMemo(() => columnsFor(width || 1060, hidden), [width, hidden]);
  return (
    <main className={classes.screen}>
      {selected.size > 0 ? (
        <>
          <h1 className="visually-hidden">{common(`queue.${queue}`)}</h1>
          <BulkToolbar
            queue={queue}
            view={view}
            rows={[...selected.values()]}
            progress={bulk.progress}
            busy={bulk.busy}
            onDeed={begin}
            onStop={bulk.stop}
          />
        </>
      ) : (
        <QueueHead queue={queue} view={view} total={list.total} whole={counts?.[queue]} />
      )}
      {bulk.refusal && !asking && (
        <div className={classes.refusal}>
          <ErrorNote text={bulk.refusal} />
        </div>
      )}
      <div className={classes.body}>
        <div ref={areaRef} className={classes.list}>
          <QueueGrid
            key={queue}
            name={common(`queue.${queue}`)}
            part={shown}
            columns={columns}
            rowHeight={ROW_HEIGHT[density]}
            me={me}
            held={list.held}
            onShowHeld={list.apply}
            onRange={askRange}
            onOpen={open}
            onPeek={togglePeek}
            onMenu={showMenu}
            onChoose={choose}
            order={view.order}
            onSort={sort}
            empty={shown?.total === 0 && <EmptyQueue queue={queue} view={view} counts={counts} onSample={onSample} />}
          />
        </div>
        {peeking && row && (
          <Peek
            row={row}
            me={me}
            onOpen={() => open(row)}
            onClose={() => setPeeking(false)}
            onDeed={(deed) => begin(deed, [row])}
          />
        )}
      </div>
      <CellMenu queue={queue} place={menu} onClose={closeMenu} onOpen={open} />
      {asking && (
        <AskingDialog
          deed={asking.deed}
          rows={rows}
          refusal={bulk.refusal}
          busy={bulk.busy}
          onDismiss={dismiss}
          onConfirm={(order, typing) => void confirm(order, typing)}
        />
      )}
      {bulk.run && <BulkResults run={bulk.run} onClose={bulk.forget} />}
    </main>
  );
});
