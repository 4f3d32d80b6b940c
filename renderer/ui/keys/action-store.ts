import { useEffect, useRef } from 'react';
import { create } from 'zustand';
import type { ActionId } from './actions.ts';

/** Somebody who can carry out an action at present; the one that came last wins. */
interface Handler {
  readonly token: symbol;
  readonly run: () => void;
}

interface ActionState {
  readonly handlers: ReadonlyMap<ActionId, readonly Handler[]>;
}

/** What can be done right now: screens say so while they are mounted, keys and the palette look it up. */
export const useActionStore = create<ActionState>(() => ({ handlers: new Map() }));

function register(action: ActionId, run: () => void): () => void {
  const token = Symbol(action);
  useActionStore.setState(({ handlers }) => ({
    handlers: new Map(handlers).set(action, [...(handlers.get(action) ?? []), { token, run }]),
  }));
  return () =>
    useActionStore.setState(({ handlers }) => ({
      handlers: new Map(handlers).set(
        action,
        (handlers.get(action) ?? []).filter((handler) => handler.token !== token),
      ),
    }));
}

/** Offers an action while the calling screen is mounted and `run` is given. */
export function useAction(action: ActionId, run: (() => void) | null | undefined): void {
  const latest = useRef(run);
  latest.current = run;
  const offered = run !== null && run !== undefined;
  useEffect(() => (offered ? register(action, () => latest.current?.()) : undefined), [action, offered]);
}

/** Carries out an action if anybody on screen can. True if somebody did. */
export function perform(action: ActionId): boolean {
  const handler = useActionStore.getState().handlers.get(action)?.at(-1);
  handler?.run();
  return handler !== undefined;
}

/** Whether anybody on screen offers the action at present. */
export const isOffered = (handlers: ActionState['handlers'], action: ActionId) =>
  (handlers.get(action)?.length ?? 0) > 0;
