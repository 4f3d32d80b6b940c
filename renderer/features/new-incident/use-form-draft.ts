import { useCallback, useMemo, useRef, useState } from 'react';
import type { Draft } from '#contracts/host/engine-host.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';
import { forgetDraft, recallDraft, removeDraft, useDraftKeeper, useDrafts } from '#renderer/drafts/use-kept-draft.ts';
import { type SubmitOutcome, useEngine, usePersonId } from '#renderer/platform/hooks.ts';
import { newId } from '#renderer/platform/ids.ts';
import { emptyForm, type FormContent, isUntouched, readFormContent } from './form-content.ts';
import { useOtherWindows } from './use-other-windows.ts';

/** A form and the draft that keeps it. */
export interface Held {
  readonly draftId: Id;
  /** Stable for one form, so that a second attempt can never record a second incident. */
  readonly incidentId: Id;
  readonly form: FormContent;
  /** When the draft found here was last typed in; null for a form begun now. */
  readonly restoredAt: Instant | null;
  /** When the form was typed in last, here or in another window. */
  readonly typedAt: Instant;
  /** When another window typed a caller last: a field that keeps its own text is drawn anew then. */
  readonly toldAt: Instant;
}

const fresh = (): Held => ({
  draftId: newId(),
  incidentId: newId(),
  form: emptyForm(),
  restoredAt: null,
  typedAt: 0,
  toldAt: 0,
});
const continued = (draft: Draft): Held => ({
  draftId: draft.id,
  incidentId: newId(),
  form: readFormContent(draft.content),
  restoredAt: draft.updatedAt,
  typedAt: draft.updatedAt,
  toldAt: 0,
});

export interface FormDraft extends Held {
  change(changes: Partial<FormContent>): void;
  /** This person's other half-written incidents, newest first. */
  readonly others: readonly Draft[];
  /** Leaves this draft as it is and begins an empty form. */
  startFresh(): void;
  continueWith(draft: Draft): void;
  discard(): void;
  /** What went last, by whom, and can still be brought back: thrown away here, or ended in another window. */
  readonly discarded: 'here' | 'elsewhere' | null;
  restore(): void;
  /** Sends what waits, then the command that takes the draft in. */
  sending(command: () => Promise<SubmitOutcome>): Promise<SubmitOutcome>;
  /** The command that carried the draft is durable: nothing may bring it back. Gives what it held. */
  consumed(): FormContent;
}

/**
 * The form of a new incident with its draft: continued from the newest one (or `wanted`), kept within 250 ms of
 * every keystroke, gone once the incident is saved. Two windows with the same draft show the same: what one types the
 * other has, and where one ends it the other begins anew.
 */
export function useFormDraft(wanted: Id | undefined): FormDraft {
  const engine = useEngine();
  const personId = usePersonId();
  const keeper = useDraftKeeper();
  const drafts = useDrafts()?.filter((draft) => draft.kind === 'newIncident');
  const [held, setHeld] = useState<Held>(fresh);
  const [settled, setSettled] = useState(false);
  const [thrown, setThrown] = useState<{ readonly held: Held; readonly by: 'here' | 'elsewhere' } | null>(null);

  // The engine may answer after the first letters: what was typed meanwhile stays, and the draft is offered instead.
  if (!settled && drafts && personId !== null) {
    setSettled(true);
    const found = drafts.find((draft) => draft.id === wanted) ?? drafts[0];
    if (found && isUntouched(held.form)) setHeld(continued(found));
  }

  const latest = useRef(held);
  latest.current = held;
  const put = useCallback((next: Held) => {
    latest.current = next;
    setHeld(next);
  }, []);
  const save = useCallback(
    ({ draftId, form, typedAt }: Held) => {
      if (personId === null) return;
      if (isUntouched(form)) {
        keeper.drop();
        removeDraft(engine, draftId);
      } else {
        const draft: Draft = {
          id: draftId,
          person: personId,
          kind: 'newIncident',
          incidentId: null,
          content: form,
          updatedAt: typedAt,
        };
        keeper.keep(draft);
      }
    },
    [personId, keeper, engine],
  );

  /** The draft a command of this form is about to take in: it does not go by another window. */
  const sent = useRef<Id | null>(null);
  const takeElsewhere = useCallback(
    (next: Held) => {
      keeper.drop();
      put(next);
    },
    [keeper, put],
  );
  const endElsewhere = useCallback(() => {
    setThrown({ held: latest.current, by: 'elsewhere' });
    keeper.drop();
    put(fresh());
  }, [keeper, put]);
  useOtherWindows({ held, sent, onTyped: takeElsewhere, onEnded: endElsewhere });

  return useMemo(() => {
    const consumed = () => {
      const { draftId, form } = latest.current;
      keeper.drop();
      forgetDraft(draftId);
      put(fresh());
      return form;
    };
    return {
      ...held,
      others: (drafts ?? []).filter((draft) => draft.id !== held.draftId),
      change: (changes) => {
        const { typedAt } = latest.current;
        const form = { ...latest.current.form, ...changes };
        const next = { ...latest.current, form, typedAt: Math.max(Date.now(), typedAt + 1) };
        put(next);
        setThrown(null);
        save(next);
      },
      startFresh: () => {
        keeper.flush();
        put(fresh());
      },
      continueWith: (draft) => {
        keeper.flush();
        put(continued(draft));
      },
      discard: () => {
        setThrown({ held: latest.current, by: 'here' });
        removeDraft(engine, latest.current.draftId);
        consumed();
      },
      discarded: thrown?.by ?? null,
      restore: () => {
        if (!thrown) return;
        const back = { ...thrown.held, typedAt: Date.now() };
        recallDraft(back.draftId);
        put(back);
        save(back);
        setThrown(null);
      },
      sending: async (command) => {
        keeper.flush();
        sent.current = latest.current.draftId;
        const outcome = await command();
        if (!outcome.ok) sent.current = null;
        return outcome;
      },
      consumed,
    };
  }, [held, drafts, thrown, keeper, engine, put, save]);
}
