import { useRef, useState } from 'react';
import type { EngineError } from '#contracts/engine/protocol.ts';
import { useEngine, usePersonId, useSubmit } from '#renderer/platform/hooks.ts';
import { useRecordedStore } from '#renderer/ui/recorded-store.ts';
import { useWords } from '#renderer/words/words.ts';
import { type ResolveArgs, recordArgs } from './form-content.ts';
import type { FormDraft } from './use-form-draft.ts';

/** Records the incident of the form: one command, whether resolved at once or not. */
export function useRecord(draft: FormDraft, callerName: string | null, onClose: () => void) {
  const engine = useEngine();
  const personId = usePersonId();
  const submit = useSubmit();
  const say = useWords('new-incident');
  const [error, setError] = useState<EngineError | null>(null);
  const [busy, setBusy] = useState(false);
  const running = useRef(false);

  const refuse = (refusal: EngineError['refusal']) => {
    if (refusal) setError({ code: 'refused', refusal });
    return false;
  };

  /** Without it there is nothing to record; said before anything else is asked. */
  const hasSubject = () => draft.form.shortDescription.trim() !== '' || refuse({ code: 'needsShortDescription' });

  const send = async (resolve?: ResolveArgs): Promise<boolean> => {
    const { form, draftId, incidentId } = draft;
    if (running.current) return false;
    if (!hasSubject()) return false;
    running.current = true;
    setBusy(true);
    const args = recordArgs(form, incidentId, resolve);
    const outcome = await draft.sending(() => submit('incident.record', args, { draftId }));
    running.current = false;
    setBusy(false);
    if (!outcome.ok) {
      setError(outcome.error);
      return false;
    }
    useRecordedStore.getState().show({
      incidentId,
      number: outcome.value.number ?? '',
      shortDescription: form.shortDescription.trim(),
      resolved: resolve !== undefined,
    });
    // If that fails the conflict stays in its inbox, where it is decided by hand: the incident is recorded either way.
    if (form.decides !== null && personId !== null) {
      void engine.call('decideConflicts', { personId, commandIds: [form.decides], decision: 'form' });
    }
    draft.consumed();
    onClose();
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
    error,
    busy,
    hasSubject,
    create: () => send(),
    createAndResolve,
    clearError: () => setError(null),
  };
}
