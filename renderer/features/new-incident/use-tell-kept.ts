import { useEffect, useRef } from 'react';
import type { Id } from '#domain/activity/activity.ts';
import { useRecordedStore } from '#renderer/ui/recorded-store.ts';
import { useUndoStore } from '#renderer/ui/undo-store.ts';
import { type FormContent, isUntouched } from './form-content.ts';

/** Leaving a form that holds something says where it is kept, and never asks whether to discard it. */
export function useTellKept(form: FormContent, incidentId: Id, sentence: string): void {
  const latest = useRef({ form, incidentId, sentence });
  latest.current = { form, incidentId, sentence };
  useEffect(() => {
    useRecordedStore.getState().dismiss();
    const { deed, withdraw } = useUndoStore.getState();
    if (deed?.commandIds.length === 0) withdraw();
    return () => {
      // Closed because it was saved: the form's last state stands here, but it is a draft no more.
      if (useRecordedStore.getState().recorded?.incidentId === latest.current.incidentId) return;
      if (isUntouched(latest.current.form)) return;
      useUndoStore.getState().offer({ sentence: latest.current.sentence, commandIds: [] });
    };
  }, []);
}
