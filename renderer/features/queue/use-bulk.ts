import { useCallback, useRef, useState } from 'react';
import type { QueueRow } from '#contracts/engine/protocol.ts';
import { usePersonId, useSubmit } from '#renderer/platform/hooks.ts';
import { newId } from '#renderer/platform/ids.ts';
import { useErrorWords } from '#renderer/ui/error-words.ts';
import { useUndoStore } from '#renderer/ui/undo-store.ts';
import { useWords } from '#renderer/words/words.ts';
import { type BulkDeed, type BulkRun, deedFor, isUndoable, runBulk } from './bulk.ts';
import { clearSelection } from './grid-state.ts';

export type BulkOrder = Parameters<typeof deedFor>[3];

export interface BulkState {
  readonly progress: { readonly done: number; readonly total: number } | null;
  /** The last run, while it holds something to read. */
  readonly run: BulkRun | null;
  /** The sentence of a refusal when only one incident was meant. */
  readonly refusal: string | null;
  readonly perform: (order: BulkOrder, rows: readonly QueueRow[]) => Promise<boolean>;
  readonly stop: () => void;
  readonly forget: () => void;
}

/** Carries a deed out on one or many rows: the undo offer for what was done, a result for every row that was not. */
export function useBulk(): BulkState {
  const submit = useSubmit();
  const me = usePersonId();
  const say = useWords('queue');
  const errors = useErrorWords();
  const offer = useUndoStore((state) => state.offer);
  const [progress, setProgress] = useState<BulkState['progress']>(null);
  const [run, setRun] = useState<BulkRun | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const stopped = useRef(false);

  const report = useCallback(
    (deed: BulkDeed, finished: BulkRun) => {
      const done = finished.results.filter((result) => result.error === null);
      const first = done[0];
      if (first) {
        const sentence = say(`bulk.done.${deed}`, { count: done.length, number: first.row.number });
        const commandIds = isUndoable(deed) ? done.flatMap((result) => result.commandId ?? []) : [];
        offer({ sentence, commandIds });
      }
      const failed = finished.results.length > done.length || finished.untried > 0;
      const only = finished.results.length === 1 ? finished.results[0]?.error : null;
      setRefusal(only ? errors.engine(only) : null);
      setRun(failed && !only ? finished : null);
      if (!failed) clearSelection();
      return !failed;
    },
    [say, offer, errors],
  );

  const perform = useCallback(
    async (order: BulkOrder, rows: readonly QueueRow[]) => {
      if (me === null || rows.length === 0) return false;
      stopped.current = false;
      setRefusal(null);
      const late = setTimeout(() => setProgress((was) => was ?? { done: 0, total: rows.length }), 1000);
      const finished = await runBulk(
        rows,
        deedFor(submit, me, newId, order),
        (done) => setProgress((was) => (was ? { done, total: rows.length } : was)),
        () => stopped.current,
      );
      clearTimeout(late);
      setProgress(null);
      return report(order.deed, finished);
    },
    [me, submit, report],
  );

  const stop = useCallback(() => {
    stopped.current = true;
  }, []);
  const forget = useCallback(() => {
    setRun(null);
    setRefusal(null);
  }, []);
  return { progress, run, refusal, perform, stop, forget };
}
