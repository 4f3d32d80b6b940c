import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Draft } from '#contracts/host/engine-host.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';
import type { EngineClient } from '#renderer/platform/engine-client.ts';
import { useEngine, usePersonId, useWatch } from '#renderer/platform/hooks.ts';
import { newId } from '#renderer/platform/ids.ts';
import { DraftKeeper } from './draft-keeper.ts';

/** Drafts that a command consumed or a person discarded: an older list from the engine may still name them. */
const gone = new Set<Id>();

/** Marks a draft as consumed by a command that is durable, so that nothing brings it back. */
export const forgetDraft = (draftId: Id): void => {
  gone.add(draftId);
};
/** Takes `forgetDraft` back: the draft is being restored by an undo. */
export const recallDraft = (draftId: Id): void => {
  gone.delete(draftId);
};

/** What this window has just sent: the engine tells of it a moment later, and a dialog may be opened again sooner. */
const sentBy = new WeakMap<EngineClient, Map<Id, Draft>>();
/** After the engine has answered, its own list is the truth within this time, in milliseconds. */
const TOLD_WITHIN = 1_000;

function sentTo(engine: EngineClient): Map<Id, Draft> {
  const known = sentBy.get(engine) ?? new Map<Id, Draft>();
  sentBy.set(engine, known);
  return known;
}

/** Has the engine keep a draft; whoever asks for drafts in this window has it from now on. */
export function sendDraft(engine: EngineClient, draft: Draft): void {
  const sent = sentTo(engine);
  sent.set(draft.id, draft);
  const told = () => {
    if (sent.get(draft.id) === draft) sent.delete(draft.id);
  };
  void engine.call('saveDraft', { draft }).then(() => setTimeout(told, TOLD_WITHIN));
}

/** Has the engine throw a draft away: the person emptied it. */
export function removeDraft(engine: EngineClient, draftId: Id): void {
  sentTo(engine).delete(draftId);
  void engine.call('removeDraft', { draftId });
}

/** The engine's list with what was just sent in place of what it still has. */
function withSent(drafts: readonly Draft[], engine: EngineClient, personId: Id | null): readonly Draft[] {
  const newer = [...sentTo(engine).values()].filter((draft) => {
    const known = drafts.find((each) => each.id === draft.id);
    return draft.person === personId && (known === undefined || known.updatedAt < draft.updatedAt);
  });
  return [...drafts.filter((draft) => newer.every((each) => each.id !== draft.id)), ...newer];
}

/** This person's drafts, newest first; undefined while loading. */
export function useDrafts(): readonly Draft[] | undefined {
  const engine = useEngine();
  const personId = usePersonId();
  const drafts = useWatch('drafts', personId === null ? null : { personId });
  return useMemo(
    () =>
      drafts &&
      withSent(drafts, engine, personId)
        .filter((draft) => !gone.has(draft.id))
        .toSorted((a, b) => b.updatedAt - a.updatedAt),
    [drafts, engine, personId],
  );
}

/** A keeper bound to the engine, flushed when the screen goes, the page hides or the window closes. */
export function useDraftKeeper(): DraftKeeper {
  const engine = useEngine();
  const keeper = useMemo(() => new DraftKeeper((draft) => sendDraft(engine, draft)), [engine]);
  useEffect(() => {
    const flush = () => keeper.flush();
    window.addEventListener('pagehide', flush);
    window.addEventListener('blur', flush);
    document.addEventListener('visibilitychange', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      window.removeEventListener('blur', flush);
      document.removeEventListener('visibilitychange', flush);
      keeper.flush();
    };
  }, [keeper]);
  return keeper;
}

export interface DraftPlace {
  readonly kind: Draft['kind'];
  /** Null for what is about no incident: a form of the settings. */
  readonly incidentId: Id | null;
  /** Tells apart several drafts of one kind on one incident: the dialog's name. */
  readonly slot?: string;
}

export interface KeptDraft<C> {
  readonly draftId: Id;
  readonly content: C;
  /** When what was found here had been typed; null for a fresh one. */
  readonly restoredAt: Instant | null;
  change(changes: Partial<C>): void;
  /** Sends what waits before the command that will consume the draft. */
  flush(): void;
  /** The command that carried `draftId` is durable: begin anew. */
  consumed(): void;
  /**
   * The command of another window took this draft in at that moment: what was typed by then is gone here too, and
   * what was typed after it goes on as a text of its own.
   */
  usedUp(at: Instant): void;
  /** Throws away what is there. */
  discard(): void;
}

interface Held<C> {
  readonly draftId: Id;
  readonly content: C;
  readonly restoredAt: Instant | null;
  /** When it was typed last, in whichever window; 0 while nothing was. */
  readonly typedAt: Instant;
}

/**
 * Which of the drafts of this place is ahead of what this window holds: the same text, typed on in another window, or,
 * while nothing was typed here, one that waits. Two windows go on with one text, and none of them overwrites it.
 */
function aheadOf<C>(held: Held<C> | null, here: readonly Draft[], isEmpty: (draft: Draft) => boolean) {
  const typedOn = here.find(({ id, updatedAt }) => id === held?.draftId && updatedAt > held.typedAt);
  const untouched = held === null || held.typedAt === 0;
  return typedOn ?? (untouched ? here.find((draft) => !isEmpty(draft)) : undefined);
}

const slotOf = (content: unknown): unknown =>
  typeof content === 'object' && content !== null && 'slot' in content ? content.slot : undefined;

/**
 * A text or form that survives leaving, a crash and a kill, until the command that carries its `draftId` is durable.
 * Null while the engine has not said yet what was kept. `read` turns stored content into a whole C, and `{}` into
 * the empty one; it must be stable.
 */
export function useKeptDraft<C extends object>(place: DraftPlace, read: (content: unknown) => C): KeptDraft<C> | null {
  const { kind, incidentId, slot } = place;
  const engine = useEngine();
  const personId = usePersonId();
  const drafts = useDrafts();
  const keeper = useDraftKeeper();
  const [held, setHeld] = useState<Held<C> | null>(null);
  const fresh = useCallback(
    (): Held<C> => ({ draftId: newId(), content: read({}), restoredAt: null, typedAt: 0 }),
    [read],
  );

  let current = held;
  if (drafts && personId !== null) {
    // One that went by this window a moment ago may still stand in the list it was last told.
    const here = drafts.filter(
      (draft) =>
        draft.kind === kind && draft.incidentId === incidentId && slotOf(draft.content) === slot && !gone.has(draft.id),
    );
    const empty = JSON.stringify(read({}));
    const found = aheadOf(held, here, ({ content }) => JSON.stringify(read(content)) === empty);
    if (found) {
      const restoredAt = found.id === held?.draftId ? held.restoredAt : found.updatedAt;
      current = { draftId: found.id, content: read(found.content), restoredAt, typedAt: found.updatedAt };
    }
    current ??= fresh();
    if (current !== held) setHeld(current);
  }
  const latest = useRef(current);
  latest.current = current;

  return useMemo(() => {
    if (!current || personId === null) return null;
    const put = (next: Held<C>) => {
      latest.current = next;
      setHeld(next);
    };
    const drop = (draftId: Id) => {
      keeper.drop();
      forgetDraft(draftId);
      put(fresh());
    };
    const keep = ({ draftId, content, typedAt }: Held<C>) => {
      const stored = slot === undefined ? content : { ...content, slot };
      keeper.keep({ id: draftId, person: personId, kind, incidentId, content: stored, updatedAt: typedAt });
    };
    return {
      ...current,
      change: (changes) => {
        const was = latest.current ?? current;
        const content = { ...was.content, ...changes };
        // Later than what it follows even where the clock was set back: other windows take up what is later.
        const next = { ...was, content, typedAt: Math.max(Date.now(), was.typedAt + 1) };
        put(next);
        if (JSON.stringify(content) === JSON.stringify(read({}))) {
          keeper.drop();
          removeDraft(engine, was.draftId);
          return;
        }
        keep(next);
      },
      flush: () => keeper.flush(),
      consumed: () => drop(latest.current?.draftId ?? current.draftId),
      usedUp: (at) => {
        const was = latest.current ?? current;
        if (was.typedAt <= at) return drop(was.draftId);
        const next = { ...was, draftId: newId() };
        forgetDraft(was.draftId);
        removeDraft(engine, was.draftId);
        put(next);
        keep(next);
      },
      discard: () => {
        const { draftId } = latest.current ?? current;
        drop(draftId);
        removeDraft(engine, draftId);
      },
    };
  }, [current, personId, keeper, engine, kind, incidentId, slot, fresh, read]);
}
