import { useEffect, useMemo, useRef } from 'react';
import type { QueueRow } from '#contracts/engine/protocol.ts';
import type { QueueId } from '#domain/queue/queues.ts';
import { usePersonId, useSteadyWatch } from '#renderer/platform/hooks.ts';
import { useAction } from '#renderer/ui/keys/action-store.ts';
import { navigate } from '#renderer/ui/navigation.ts';
import { focusRow, useGridState } from './grid-state.ts';
import { specOf, useViews } from './view-store.ts';

const AROUND = 30;

/** Where "previous" and "next" lead from an incident that stands, or stood, at `index`. */
export function neighbours(
  rows: readonly QueueRow[],
  from: number,
  idOrNumber: string,
  index: number,
): { at: number; found: boolean; previous: QueueRow | undefined; next: QueueRow | undefined } {
  const found = rows.findIndex((row) => row.id === idOrNumber || row.number === idOrNumber);
  if (found >= 0) return { at: from + found, found: true, previous: rows[found - 1], next: rows[found + 1] };
  // It has left the queue: the one that moved into its place is the next.
  return { at: index, found: false, previous: rows[index - from - 1], next: rows[index - from] };
}

/**
 * While an incident is open, `[` and `]` walk the queue it was opened from, in that queue's present order. Says whether
 * the queue holds the incident, there.
 */
export function useQueueWalk(queue: QueueId, idOrNumber: string): boolean {
  const personId = usePersonId();
  const view = useViews()[queue];
  const index = useGridState((state) => (state.queue === queue ? state.index : 0));
  const start = useRef(index);
  if (Math.abs(index - start.current) > AROUND / 2) start.current = index;
  const from = Math.max(0, start.current - AROUND);
  const spec = useMemo(() => specOf(queue, view), [queue, view]);
  const { value } = useSteadyWatch('list', personId ? { personId, spec, from, to: from + 2 * AROUND } : null);
  const { at, found, previous, next } = neighbours(value?.rows ?? [], value?.from ?? 0, idOrNumber, index);
  const here = value?.rows[at - value.from];
  useEffect(() => {
    if (here) focusRow(at, here.id);
  }, [at, here]);
  const go = (row: QueueRow | undefined) =>
    row && row.number !== idOrNumber ? () => navigate({ name: 'incident', idOrNumber: row.number }, 'replace') : null;
  const steps = { previous: go(previous), next: go(next) };
  // A key faster than the queue is kept until it is known where the key leads.
  const early = useRef<'previous' | 'next' | null>(null);
  const loaded = value !== undefined;
  useEffect(() => {
    const step = early.current;
    if (!loaded || !step) return;
    early.current = null;
    steps[step]?.();
  });
  const wait = (step: 'previous' | 'next') => () => {
    early.current = step;
  };
  useAction('previous', loaded ? steps.previous : wait('previous'));
  useAction('next', loaded ? steps.next : wait('next'));
  return found;
}
