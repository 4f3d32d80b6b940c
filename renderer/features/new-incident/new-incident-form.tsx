import { Button } from '@mantine/core';
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react';
import type { SimilarIncident } from '#contracts/engine/protocol.ts';
import type { Id } from '#domain/activity/activity.ts';
import { useWatch } from '#renderer/platform/hooks.ts';
import { ErrorNote } from '#renderer/ui/error-note.tsx';
import { useErrorWords } from '#renderer/ui/error-words.ts';
import { refusedFields } from '#renderer/ui/incident-fields/refused-fields.tsx';
import { REFUSED_RESOLUTION, ResolveDialog } from '#renderer/ui/incident-fields/resolve-dialog.tsx';
import { navigate } from '#renderer/ui/navigation.ts';
import { SettlingFields, useSettling, useWhenSettled } from '#renderer/ui/settling.ts';
import { commandKeyWord, isCommandKey } from '#renderer/ui/small-dialog.tsx';
import { useFocusRefused } from '#renderer/ui/use-focus-refused.ts';
import { useWords } from '#renderer/words/words.ts';
import { DraftBar } from './draft-bar.tsx';
import type { FormContent } from './form-content.ts';
import { FormFields } from './form-fields.tsx';
import { Helper } from './helper.tsx';
import classes from './new-incident.module.css';
import { SamePanel } from './outcome-panels.tsx';
import { REFUSED_FORM } from './refused-form.ts';
import { useFormDraft } from './use-form-draft.ts';
import { useRecord } from './use-record.ts';
import { useSameAsThis } from './use-same-as-this.ts';
import { useTellKept } from './use-tell-kept.ts';

export interface NewIncidentFormProps {
  readonly draftId: Id | undefined;
  readonly onClose: () => void;
  /** Told when another dialog stands over the form. */
  readonly onCovered: (covered: boolean) => void;
}

/** Who called, as far as the form knows: somebody chosen, or somebody new. */
function useCallerName(form: FormContent): string | null {
  const card = useWatch('callerCard', form.callerId === null ? null : { personId: form.callerId });
  return form.callerId === null ? form.newCaller?.name.trim() || null : (card?.person.name ?? null);
}

/** The form, its helper and its outcomes, inside the dialog. */
export function NewIncidentForm({ draftId, onClose, onCovered }: NewIncidentFormProps) {
  const say = useWords('new-incident');
  const incidentWords = useWords('incident');
  const common = useWords('common');
  const errorWords = useErrorWords();
  const draft = useFormDraft(draftId);
  const { form } = draft;
  const callerName = useCallerName(form);
  const record = useRecord(draft, callerName, onClose);
  const sameAs = useSameAsThis(draft);
  const settling = useSettling();
  const [resolving, setResolving] = useState(false);
  const lines = useRef<readonly SimilarIncident[]>([]);
  const keepLines = useCallback((next: readonly SimilarIncident[]) => {
    lines.current = next;
  }, []);
  const fields = useRef<HTMLDivElement>(null);

  const showResolve = useCallback(
    (shown: boolean) => {
      setResolving(shown);
      onCovered(shown);
    },
    [onCovered],
  );
  const clearErrors = () => {
    record.clearError();
    sameAs.clearError();
  };
  const create = useWhenSettled(settling, () => void record.create());
  const same = useWhenSettled(settling, (incident: SimilarIncident) => void sameAs.same(incident));
  const askResolution = useWhenSettled(settling, () => {
    clearErrors();
    if (record.hasSubject()) showResolve(true);
  });
  const change = (changes: Partial<FormContent>) => {
    clearErrors();
    draft.change(changes);
  };
  useTellKept(form, draft.incidentId, say('draft.kept'));

  // Another draft in the same form: begin at its first field again.
  const shownDraft = useRef(draft.draftId);
  useEffect(() => {
    if (shownDraft.current === draft.draftId) return;
    shownDraft.current = draft.draftId;
    fields.current?.querySelector<HTMLInputElement>('input')?.focus();
  }, [draft.draftId]);

  const press = (event: KeyboardEvent) => {
    if (!isCommandKey(event) || resolving) return;
    const line = /^[1-5]$/.test(event.key) ? lines.current[Number(event.key) - 1] : undefined;
    if (event.key !== 'Enter' && !line) return;
    event.preventDefault();
    event.stopPropagation();
    if (line) same(line);
    else if (event.shiftKey) askResolution();
    else create();
  };
  const goTo = (idOrNumber: string) => {
    onClose();
    navigate({ name: 'incident', idOrNumber });
  };

  const error = sameAs.error ?? record.error;
  const atForm = refusedFields(error, REFUSED_FORM, errorWords);
  const atResolution = refusedFields(error, REFUSED_RESOLUTION, errorWords);
  // What a resolution was refused for may stand in the form beneath: then that is what one is led to.
  const beneath = resolving && atForm.refusal !== null && atForm.rest === null;
  useEffect(() => {
    if (beneath) showResolve(false);
  }, [beneath, showResolve]);
  useFocusRefused(fields, resolving ? null : atForm.refusal);

  if (sameAs.outcome) {
    const { incident } = sameAs.outcome;
    return (
      <SamePanel
        outcome={sameAs.outcome}
        error={sameAs.error && errorWords.engine(sameAs.error)}
        onOpen={() => goTo(incident.id)}
        onUndo={() => void sameAs.undo()}
        onBack={onClose}
      />
    );
  }
  const modifier = common(commandKeyWord());
  return (
    <>
      <div ref={fields} className={classes.body} onKeyDownCapture={press} inert={resolving}>
        <div className={classes.columns}>
          <div className={classes.form}>
            <SettlingFields value={settling.fields}>
              <FormFields
                key={`${draft.draftId} ${draft.toldAt}`}
                form={form}
                onChange={change}
                callerName={callerName}
                refused={atForm}
              />
            </SettlingFields>
          </div>
          <Helper form={form} onSame={same} onLines={keepLines} />
        </div>
        <div className={classes.footer}>
          {atForm.rest && !resolving && (
            <div className={classes.error}>
              <ErrorNote text={atForm.rest} />
            </div>
          )}
          <DraftBar draft={draft} />
          <Button title={say('keys.resolve', { mod: modifier })} onClick={askResolution}>
            {say('createAndResolve')}
          </Button>
          <Button
            variant="filled"
            title={say('keys.create', { mod: modifier })}
            aria-busy={record.busy || undefined}
            onClick={create}
          >
            {say('create')}
          </Button>
        </div>
      </div>
      <ResolveDialog
        opened={resolving}
        content={{
          code: form.resolutionCode,
          notes: form.resolutionNotes,
          confirmed: form.callerConfirmed,
          duplicateOfId: null,
          duplicateNumber: null,
        }}
        onChange={(changes) =>
          change({
            ...(changes.code !== undefined && { resolutionCode: changes.code }),
            ...(changes.notes !== undefined && { resolutionNotes: changes.notes }),
            ...(changes.confirmed !== undefined && { callerConfirmed: changes.confirmed }),
          })
        }
        onDismiss={() => showResolve(false)}
        onConfirm={() => void record.createAndResolve().then((done) => done && showResolve(false))}
        busy={record.busy}
        refused={atResolution}
        incidentId={null}
        consequence={incidentWords('dialog.resolve.nothingSent')}
      />
    </>
  );
}
