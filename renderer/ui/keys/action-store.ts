import { useEffect, useRef } from 'react';
import { create } from 'zustand';
import type { ActionId } from './actions.ts';

/** Somebody who can carry out an action at present; the one that came last wins. */
interface Handler {
  readonly token: symbol;
  readonly run: () => void;
}

/** Why a screen that knows an action cannot carry it out at present. */
interface Excuse {
  readonly token: symbol;
  readonly sentence: string;
}

/** A key that was pressed in vain, until it was read. */
export interface NotNow {
  readonly action: ActionId;
  /** The screen's own sentence; null leaves it to the general one. */
  readonly sentence: string | null;
  /** Which press this is: the same sentence is read out again for another one. */
  readonly press: number;
}

interface ActionState {
  readonly handlers: ReadonlyMap<ActionId, readonly Handler[]>;
  readonly excuses: ReadonlyMap<ActionId, readonly Excuse[]>;
  readonly notNow: NotNow | null;
}

/** What can be done right now: screens say so while they are mounted, keys and the palette look it up. */
export const useActionStore = create<ActionState>(() => ({ handlers: new Map(), excuses: new Map(), notNow: null }));

type Listed<T> = ReadonlyMap<ActionId, readonly T[]>;
const having = <T>(map: Listed<T>, action: ActionId, one: T): Listed<T> =>
  new Map(map).set(action, [...(map.get(action) ?? []), one]);
const without = <T extends { token: symbol }>(map: Listed<T>, action: ActionId, token: symbol): Listed<T> =>
  new Map(map).set(
    action,
    (map.get(action) ?? []).filter((one) => one.token !== token),
  );

function register(action: ActionId, run: () => void): () => void {
  const token = Symbol(action);
  useActionStore.setState(({ handlers }) => ({ handlers: having(handlers, action, { token, run }) }));
  return () => useActionStore.setState(({ handlers }) => ({ handlers: without(handlers, action, token) }));
}

function excuse(action: ActionId, sentence: string): () => void {
  const token = Symbol(action);
  useActionStore.setState(({ excuses }) => ({ excuses: having(excuses, action, { token, sentence }) }));
  return () => useActionStore.setState(({ excuses }) => ({ excuses: without(excuses, action, token) }));
}

/**
 * Offers an action while the calling screen is mounted and `run` is given. Without `run`, `whyNot` is what a person
 * who asks for it is told.
 */
export function useAction(action: ActionId, run: (() => void) | null | undefined, whyNot?: string): void {
  const latest = useRef(run);
  latest.current = run;
  const offered = run !== null && run !== undefined;
  useEffect(() => {
    if (offered) return register(action, () => latest.current?.());
    return whyNot === undefined ? undefined : excuse(action, whyNot);
  }, [action, offered, whyNot]);
}

/** Carries out an action if anybody on screen can, in silence if nobody does. True if somebody did. */
export function performIfOffered(action: ActionId): boolean {
  const handler = useActionStore.getState().handlers.get(action)?.at(-1);
  handler?.run();
  return handler !== undefined;
}

/** Their keys, Enter and Space, mean something to the page as well: pressed in vain they say nothing. */
const SILENT: readonly ActionId[] = ['open', 'peek'];

/** Carries out what a person asked for; if nobody on screen can, says why not. True if it was carried out. */
export function perform(action: ActionId): boolean {
  const done = performIfOffered(action);
  if (done || SILENT.includes(action)) forgetNotNow();
  else sayNotNow(action);
  return done;
}

let presses = 0;

function sayNotNow(action: ActionId): void {
  presses += 1;
  const sentence = useActionStore.getState().excuses.get(action)?.at(-1)?.sentence ?? null;
  useActionStore.setState({ notNow: { action, sentence, press: presses } });
}

/** Puts away what was said of a key pressed in vain. */
export const forgetNotNow = (): void => useActionStore.setState({ notNow: null });

/** Whether anybody on screen offers the action at present. */
export const isOffered = (handlers: ActionState['handlers'], action: ActionId) =>
  (handlers.get(action)?.length ?? 0) > 0;
