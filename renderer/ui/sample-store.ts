import { useEffect, useState } from 'react';
import { create } from 'zustand';
import type { EngineError, Progress } from '#contracts/engine/protocol.ts';
import type { EngineClient } from '#renderer/platform/engine-client.ts';
import { useDeskCondition } from '#renderer/platform/hooks.ts';

/** What "Explore with sample data" fills a desk with. */
const SAMPLE = { seed: 1, incidents: 600 } as const;

interface SampleState {
  /** This window has asked for it and not been answered yet. */
  readonly asked: boolean;
  readonly trouble: EngineError | null;
}

export const useSampleStore = create<SampleState>(() => ({ asked: false, trouble: null }));

/** From now on the desk is about to be filled: nothing says that it is empty. */
export const expectSample = (asked: boolean): void => useSampleStore.setState({ asked, trouble: null });

/** Fills the desk; what went wrong is kept for the queue to say. */
export async function exploreSample(engine: EngineClient): Promise<void> {
  expectSample(true);
  const loaded = await engine.call('loadSample', SAMPLE);
  useSampleStore.setState({ asked: false, trouble: loaded.ok ? null : loaded.error });
}

/** The rows follow the end of the making within this time; until then a queue is not called empty. */
const ROWS_FOLLOW = 1_000;

/** How far the sample is, in whichever window it was asked for; null when none is being made. */
export function useSampleProgress(): Progress | null {
  const { asked } = useSampleStore();
  const told = useDeskCondition()?.sample ?? null;
  const [last, setLast] = useState<Progress | null>(null);
  const now = told ?? (asked ? (last ?? { done: 0, total: SAMPLE.incidents }) : null);
  const isMaking = now !== null;
  useEffect(() => {
    if (told) setLast(told);
  }, [told]);
  useEffect(() => {
    if (isMaking) return;
    const timer = setTimeout(() => setLast(null), ROWS_FOLLOW);
    return () => clearTimeout(timer);
  }, [isMaking]);
  return now ?? last;
}
