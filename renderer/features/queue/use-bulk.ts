import { useCallback, useRef, useState } from 'react';
import { type SubmitOptions, usePersonId, useSubmit } from '#renderer/platform/hooks.ts';
import { newId } from '#renderer/platform/ids.ts';
import { useErrorWords } from '#renderer/ui/error-words.ts';
import { useUndoStore } from '#renderer/ui/undo-store.ts';
import { useWords } from '#renderer/words/words.ts';
import { type BulkDeed, type BulkRun, deedFor, isUndoable, PROPER, runBulk, wasAlready, wasRefused } from './bulk.ts';
import { type SelectedRow, selectOnly } from './grid-state.ts';

export type BulkOrder = Parameters<typeof deedFor>[3];

export interface BulkState {
  /** True from the first command to the last answer. */
  readonly busy: boolean;
  readonly progress: { readonly done: number; readonly total: number } | null;
  /** The last run, while it holds something to read. */
  readonly run: BulkRun | null;
  /** The sentence of a refusal when only one incident was meant. */
  readonly refusal: string | null;
  readonly perform: (order: BulkOrder, rows: readonly SelectedRow[], options?: SubmitOptions) => Promise<boolean>;
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
  const [busy, setBusy] = useState(false);
  const stopped = useRef(false);

  const report = useCallback(
    (deed: BulkDeed, finished: BulkRun) => {
      const { results, untried } = finished;
      const done = results.filter((result) => result.error === null);
      const already = results.filter(wasAlready);
      const refused = results.filter(wasRefused);
      const told = (key: `bulk.done.${BulkDeed}` | 'bulk.already', some: typeof results) =>
        some[0] ? [say(key, { count: some.length, number: some[0].row.number })] : [];
      const sentence = [...told(`bulk.done.${deed}`, done), ...told('bulk.already', already)].join(' ');
      const commandIds = isUndoable(deed) ? done.flatMap((result) => result.commandId ?? []) : [];
      const proper = done.length > 0 ? PROPER[deed] : undefined;
      if (sentence !== '') offer({ sentence, commandIds, ...(proper && { proper }) });
      const settled = new Set([...done, ...already].map((result) => result.row.id));
      selectOnly((id) => !settled.has(id));
      const failed = refused.length > 0 || untried > 0;
      const only = results.length === 1 ? refused[0]?.error : null;
      setRefusal(only ? errors.engine(only) : null);
      setRun(failed && !only ? finished : null);
      return !failed;
    },
    [say, offer, errors],
  );

  const perform = useCallback(
    async (order: BulkOrder, rows: readonly SelectedRow[], options?: SubmitOptions) => {
      if (me === null || rows.length === 0) return false;
      stopped.current = false;
      setRefusal(null);
      setBusy(true);
      const late = setTimeout(() => setProgress((was) => was ?? { done: 0, total: rows.length }), 1000);
      const finished = await runBulk(
        rows,
        deedFor(submit, me, newId, order, options),
        (done) => setProgress((was) => (was ? { done, total: rows.length } : was)),
        () => stopped.current,
      );
      clearTimeout(late);
      setProgress(null);
      setBusy(false);
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
  return { busy, progress, run, refusal, perform, stop, forget };
}
