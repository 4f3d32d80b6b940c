import { useCallback, useEffect, useRef, useState } from 'react';
import type { ListSpec } from '#contracts/engine/protocol.ts';
import type { Id } from '#domain/activity/activity.ts';
import type { Watch } from '#renderer/platform/engine-client.ts';
import { useEngine } from '#renderer/platform/hooks.ts';
import { useOwnLsn } from '#renderer/platform/own-changes.ts';
import { countChanges, keepUnchanged, type ListPart, renewInPlace, sameOrder } from './held-rows.ts';

export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Rows fetched beyond what is seen, so that a steady scroll never shows bars. */
const MARGIN = 40;
const STEP = 20;
const LEAST = 60;

/** The stretch to ask for, in steps, so that a small scroll asks nothing new. */
export function rangeAround(first: number, last: number, total: number): Range {
  const from = Math.max(0, Math.floor((first - MARGIN) / STEP) * STEP);
  const to = Math.ceil((last + MARGIN) / STEP) * STEP;
  return { from, to: Math.max(LEAST, Math.min(to, total)) };
}

export interface LiveList {
  /** Undefined until the engine (or the stored first page) has told something. */
  readonly shown: ListPart | undefined;
  /** The engine's newest total, also while rows are held. */
  readonly total: number | undefined;
  /** Changes that wait because a row under the pointer or the focus would move. */
  readonly held: number;
  readonly apply: () => void;
}

interface Held {
  shown: ListPart | undefined;
  waiting: ListPart | null;
}

/**
 * The visible stretch of a queue, live. While `hold` is true nothing moves: rows renew in place, and what would
 * reorder waits until `apply`, until `hold` ends, or until the person's own deed asks for it.
 */
export function useList(
  personId: Id | null,
  spec: ListSpec,
  range: Range,
  hold: boolean,
  first: ListPart | null,
): LiveList {
  const engine = useEngine();
  const ownLsn = useOwnLsn();
  const [, renew] = useState(0);
  const state = useRef<Held>({ shown: first ?? undefined, waiting: null });
  const holding = useRef(hold);
  const watch = useRef<Watch<'list'> | undefined>(undefined);
  const wanted = useRef(range);
  holding.current = hold;
  wanted.current = range;
  const askedFor = useRef('');
  const own = useRef(ownLsn);
  own.current = ownLsn;
  const key = JSON.stringify(spec);
  // Rows of another queue or search never stand under this one's name, and the focus never follows them into it.
  const place = `${spec.queue} ${spec.text}`;
  const lastPlace = useRef(place);
  if (lastPlace.current !== place) {
    lastPlace.current = place;
    state.current = { shown: undefined, waiting: null };
  }

  const show = useCallback((part: ListPart) => {
    state.current = { shown: part, waiting: null };
    renew((count) => count + 1);
  }, []);
  const receive = useCallback(
    (told: ListPart) => {
      const { shown } = state.current;
      const fresh = keepUnchanged(shown, told);
      if (fresh.from !== wanted.current.from && shown && shown.from !== fresh.from) return;
      const scrolled = !shown || shown.from !== fresh.from || shown.rows.length === 0;
      const mine = shown !== undefined && own.current > shown.lsn && fresh.lsn >= own.current;
      if (scrolled || mine || !holding.current || sameOrder(shown, fresh)) return show(fresh);
      state.current = { shown: renewInPlace(shown, fresh), waiting: fresh };
      renew((count) => count + 1);
    },
    [show],
  );

  useEffect(() => {
    if (personId === null) return;
    const args = { personId, spec: JSON.parse(key) as ListSpec, ...wanted.current };
    askedFor.current = `${personId} ${key} ${args.from} ${args.to}`;
    let begun = false;
    const running = engine.watch('list', args, {
      value: (value, lsn) => {
        if (!begun) state.current = { shown: undefined, waiting: null };
        begun = true;
        receive({ ...value, lsn });
      },
    });
    watch.current = running;
    return () => {
      running.stop();
      watch.current = undefined;
    };
  }, [engine, personId, key, receive]);

  const { from, to } = range;
  useEffect(() => {
    const asked = `${personId} ${key} ${from} ${to}`;
    if (personId === null || askedFor.current === asked) return;
    askedFor.current = asked;
    watch.current?.rewatch({ personId, spec: JSON.parse(key) as ListSpec, from, to });
  }, [personId, key, from, to]);

  const apply = useCallback(() => {
    const { waiting } = state.current;
    if (waiting) show(waiting);
  }, [show]);
  const { shown, waiting } = state.current;
  const overdue = waiting !== null && shown !== undefined && ownLsn > shown.lsn && waiting.lsn >= ownLsn;
  useEffect(() => {
    if (!hold || overdue) apply();
  }, [hold, overdue, apply]);

  return {
    shown,
    total: waiting?.total ?? shown?.total,
    held: shown && waiting ? countChanges(shown, waiting) : 0,
    apply,
  };
}
