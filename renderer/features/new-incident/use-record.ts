import { useRef, useState } from 'react';
import type { EngineError } from '#contracts/engine/protocol.ts';
import type { Id } from '#domain/activity/activity.ts';
import { useSubmit } from '#renderer/platform/hooks.ts';
import { useSettings } from '#renderer/platform/settings-store.ts';
import { useUndoStore } from '#renderer/ui/undo-store.ts';
import { useWords } from '#renderer/words/words.ts';
import { type ResolveArgs, recordArgs } from './form-content.ts';
import type { FormDraft } from './use-form-draft.ts';

export interface Saved {
  readonly incidentId: Id;
  readonly number: string;
  readonly shortDescription: string;
  readonly resolved: boolean;
}

/** Records the incident of the form: one command, whether resolved at once or not. */
export function useRecord(draft: FormDraft, callerName: string | null, onClose: () => void) {
  const submit = useSubmit();
  const say = useWords('new-incident');
  const afterSave = useSettings((settings) => settings.afterSave);
  const [saved, setSaved] = useState<Saved | null>(null);
  const [error, setError] = useState<EngineError | null>(null);
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const running = useRef(false);

  const refuse = (refusal: EngineError['refusal']) => {
    if (refusal) setError({ code: 'refused', refusal });
    return false;
  };

  const send = async (resolve?: ResolveArgs): Promise<boolean> => {
    const { form, draftId, incidentId } = draft;
    if (running.current) return false;
    if (form.shortDescription.trim() === '') {
      setMissing(true);
      return refuse({ code: 'needsShortDescription' });
    }
    running.current = true;
    setBusy(true);
    draft.flush();
    const outcome = await submit('incident.record', recordArgs(form, incidentId, resolve), { draftId });
    running.current = false;
    setBusy(false);
    if (!outcome.ok) {
      setError(outcome.error);
      return false;
    }
    draft.consumed();
    setError(null);
    setMissing(false);
    const number = outcome.value.number ?? '';
    // Who wants the window back at once still gets the number, in the region at the foot of the desk.
    if (afterSave === 'close') {
      useUndoStore.getState().offer({ sentence: say('saved.line', { number }), commandIds: [] });
      onClose();
      return true;
    }
    setSaved({
      incidentId,
      number,
      shortDescription: form.shortDescription.trim(),
      resolved: resolve !== undefined,
    });
    return true;
  };

  const createAndResolve = async (): Promise<boolean> => {
    const { form } = draft;
    if (form.resolutionCode === null) return refuse({ code: 'needsResolutionCode' });
    if (form.resolutionNotes.trim() === '') return refuse({ code: 'needsResolutionNotes' });
    return send({
      resolutionCode: form.resolutionCode,
      resolutionNotes: form.resolutionNotes.trim(),
      ...(form.callerConfirmed && { confirmedBy: callerName ?? say('theCaller') }),
    });
  };

  return {
    saved,
    error,
    missing,
    busy,
    create: () => send(),
    createAndResolve,
    another: () => setSaved(null),
    clearError: () => setError(null),
  };
}
