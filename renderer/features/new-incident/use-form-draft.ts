import { useCallback, useMemo, useRef, useState } from 'react';
import type { Draft } from '#contracts/host/engine-host.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';
import { forgetDraft, recallDraft, removeDraft, useDraftKeeper, useDrafts } from '#renderer/drafts/use-kept-draft.ts';
import { useEngine, usePersonId } from '#renderer/platform/hooks.ts';
import { newId } from '#renderer/platform/ids.ts';
import { emptyForm, type FormContent, isUntouched, readFormContent } from './form-content.ts';

interface Held {
  readonly draftId: Id;
  /** Stable for one form, so that a second attempt can never record a second incident. */
  readonly incidentId: Id;
  readonly form: FormContent;
  /** When the draft found here was last typed in; null for a form begun now. */
  readonly restoredAt: Instant | null;
}

const fresh = (): Held => ({ draftId: newId(), incidentId: newId(), form: emptyForm(), restoredAt: null });
const continued = (draft: Draft): Held => ({
  draftId: draft.id,
  incidentId: newId(),
  form: readFormContent(draft.content),
  restoredAt: draft.updatedAt,
});

export interface FormDraft extends Held {
  change(changes: Partial<FormContent>): void;
  /** This person's other half-written incidents, newest first. */
  readonly others: readonly Draft[];
  /** Leaves this draft as it is and begins an empty form. */
  startFresh(): void;
  continueWith(draft: Draft): void;
  discard(): void;
  /** What was discarded last and can still be brought back. */
  readonly discarded: boolean;
  restore(): void;
  flush(): void;
  /** The command that carried the draft is durable: nothing may bring it back. Gives what it held. */
  consumed(): FormContent;
}

/**
 * The form of a new incident with its draft: continued from the newest one (or `wanted`), kept within 250 ms of
 * every keystroke, gone once the incident is saved.
 */
export function useFormDraft(wanted: Id | undefined): FormDraft {
  const engine = useEngine();
  const personId = usePersonId();
  const keeper = useDraftKeeper();
  const drafts = useDrafts()?.filter((draft) => draft.kind === 'newIncident');
  const [held, setHeld] = useState<Held>(fresh);
  const [settled, setSettled] = useState(false);
  const [thrown, setThrown] = useState<Held | null>(null);

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
    ({ draftId, form }: Held) => {
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
          updatedAt: Date.now(),
        };
        keeper.keep(draft);
      }
    },
    [personId, keeper, engine],
  );

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
        const next = { ...latest.current, form: { ...latest.current.form, ...changes } };
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
        setThrown(latest.current);
        removeDraft(engine, latest.current.draftId);
        consumed();
      },
      discarded: thrown !== null,
      restore: () => {
        if (!thrown) return;
        recallDraft(thrown.draftId);
        put(thrown);
        save(thrown);
        setThrown(null);
      },
      flush: () => keeper.flush(),
      consumed,
    };
  }, [held, drafts, thrown, keeper, engine, put, save]);
}
