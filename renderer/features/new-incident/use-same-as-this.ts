import { useCallback, useState } from 'react';
import type { EngineError, Queries, QueryName, SimilarIncident } from '#contracts/engine/protocol.ts';
import type { Id } from '#domain/activity/activity.ts';
import type { EngineClient } from '#renderer/platform/engine-client.ts';
import { type Submit, useEngine, useSubmit } from '#renderer/platform/hooks.ts';
import { newId } from '#renderer/platform/ids.ts';
import { useWords } from '#renderer/words/words.ts';
import type { FormContent } from './form-content.ts';
import type { FormDraft } from './use-form-draft.ts';

/** What a query answers now, asked once; null where there is nothing. */
function askOnce<N extends QueryName>(engine: EngineClient, name: N, args: Queries[N]['args']) {
  return new Promise<Queries[N]['value'] | null>((resolve) => {
    const watch = engine.watch(name, args, {
      value: (value) => {
        queueMicrotask(() => watch.stop());
        resolve(value);
      },
      error: () => resolve(null),
    });
  });
}

export interface SameOutcome {
  readonly incident: SimilarIncident;
  readonly callerName: string | null;
  /** Whether the caller is told of it now: a watcher, left to the note alone, or one who could not be made a watcher. */
  readonly told: 'watching' | 'noted' | 'notWatching';
  /** The command that made the caller a watcher; null where there was none. */
  readonly watchedBy: Id | null;
}

interface Reporter {
  readonly name: string | null;
  readonly phone: string | null;
}

/** Who reports: somebody known, asked for since they may have been chosen a moment ago, or somebody new. */
async function reporterOf(engine: EngineClient, { callerId, newCaller }: FormContent): Promise<Reporter> {
  if (callerId === null) return { name: newCaller?.name.trim() || null, phone: newCaller?.phone.trim() || null };
  const card = await askOnce(engine, 'callerCard', { personId: callerId });
  return { name: card?.person.name ?? null, phone: card?.person.phone ?? null };
}

type Watched = Pick<SameOutcome, 'told' | 'watchedBy'>;

/** Adds the caller as a watcher, unless they are one already; a caller who is not known yet is left to the note. */
async function addWatcher(engine: EngineClient, submit: Submit, incidentId: Id, callerId: Id | null): Promise<Watched> {
  if (callerId === null) return { told: 'noted', watchedBy: null };
  const found = (await askOnce(engine, 'incident', { idOrNumber: incidentId }))?.incident;
  if (!found) return { told: 'notWatching', watchedBy: null };
  if (found.watcherIds.includes(callerId)) return { told: 'watching', watchedBy: null };
  const from = [...found.watcherIds];
  const outcome = await submit('incident.update', {
    incidentId,
    changes: { watcherIds: { from, to: [...from, callerId] } },
  });
  return outcome.ok
    ? { told: 'watching', watchedBy: outcome.value.commandId }
    : { told: 'notWatching', watchedBy: null };
}

/**
 * "Same as this": a note on that incident says who reports it too, the caller watches it, and the draft goes, all of
 * it undoable. The note comes first, so that a refusal leaves everything as it was.
 */
export function useSameAsThis(draft: FormDraft) {
  const engine = useEngine();
  const submit = useSubmit();
  const say = useWords('new-incident');
  const [outcome, setOutcome] = useState<SameOutcome | null>(null);
  const [error, setError] = useState<EngineError | null>(null);

  const noteFor = useCallback(
    (form: FormContent, { name, phone }: Reporter) => {
      const text = [form.shortDescription.trim(), form.description.trim()].filter(Boolean).join('\n\n');
      if (name === null) return say('same.noteNobody', { text });
      return phone
        ? say('same.noteWithNumber', { caller: name, phone, text })
        : say('same.note', { caller: name, text });
    },
    [say],
  );

  const same = useCallback(
    async (incident: SimilarIncident) => {
      const { form } = draft;
      const reporter = await reporterOf(engine, form);
      const body = noteFor(form, reporter);
      const noted = await submit('incident.note', { incidentId: incident.id, entryId: newId(), body });
      if (!noted.ok) return setError(noted.error);
      const watched = await addWatcher(engine, submit, incident.id, form.callerId);
      draft.discard();
      setError(null);
      setOutcome({ incident, callerName: reporter.name, ...watched });
    },
    [draft, engine, submit, noteFor],
  );

  const undo = useCallback(async () => {
    if (!outcome) return;
    if (outcome.watchedBy !== null) {
      const undone = await submit('command.undo', { commandId: outcome.watchedBy });
      if (!undone.ok) return setError(undone.error);
    }
    // A note is never taken out of the log; a second one says that the first does not hold.
    const body = say('same.withdrawn');
    const noted = await submit('incident.note', { incidentId: outcome.incident.id, entryId: newId(), body });
    if (!noted.ok) return setError(noted.error);
    draft.restore();
    setOutcome(null);
    setError(null);
  }, [outcome, submit, draft, say]);

  return { outcome, error, same, undo, clearError: () => setError(null) };
}
