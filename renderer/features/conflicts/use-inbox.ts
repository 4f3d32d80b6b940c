import { useMemo, useRef, useState } from 'react';
import type { AgreementQueries, ConflictDecision } from '#contracts/engine/agreement.ts';
import type { EngineError } from '#contracts/engine/protocol.ts';
import type { SaidRefusal } from '#contracts/sync/state.ts';
import type { Id } from '#domain/activity/activity.ts';
import { sendDraft, useDrafts } from '#renderer/drafts/use-kept-draft.ts';
import { useEngine } from '#renderer/platform/hooks.ts';
import { newId } from '#renderer/platform/ids.ts';
import { perform } from '#renderer/ui/keys/action-store.ts';
import { type Case, casesOf, meantBy, nextAfter } from './inbox.ts';
import { refusedDraft } from './refused-form.ts';

type Inbox = AgreementQueries['conflicts']['value'];

/** A conflict that could not be decided as asked, and why. */
export interface NotDecided {
  readonly of: Case;
  readonly refusal: SaidRefusal;
}

/** What came of the last deed in this dialog, as far as the inbox itself does not tell. */
interface Outcome {
  readonly notDecided: readonly NotDecided[];
  readonly error: EngineError | null;
  readonly undone: boolean;
}
const NOTHING: Outcome = { notDecided: [], error: null, undone: false };

/** Which one is looked at: the chosen one; the one in its place where it went by another window or an answer. */
function useChosen(cases: readonly Case[]) {
  const [chosenId, choose] = useState<Id | null>(null);
  const lastPlace = useRef(0);
  const found = cases.findIndex(({ conflict }) => conflict.commandId === chosenId);
  const at = found >= 0 ? found : Math.min(lastPlace.current, cases.length - 1);
  lastPlace.current = Math.max(0, at);
  return { chosen: cases[at] ?? null, choose };
}

/** The conflicts of one person, the one looked at, and what can be done with them. */
export function useInbox(inbox: Inbox, personId: Id, onDecided: () => void) {
  const engine = useEngine();
  const drafts = useDrafts();
  const cases = useMemo(() => casesOf(inbox.items), [inbox.items]);
  const { chosen, choose } = useChosen(cases);
  const [all, setAll] = useState(false);
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState(NOTHING);

  const look = (id: Id) => {
    setAll(false);
    choose(id);
  };

  const openForm = ({ conflict, hanging }: Case) => {
    sendDraft(engine, refusedDraft(conflict, hanging, drafts ?? [], { id: newId(), now: Date.now() }));
    // The form goes on with the draft that was touched last, which is this one.
    perform('newIncident');
  };

  const decide = async (decision: ConflictDecision) => {
    if (!chosen) return;
    if (decision === 'form') return openForm(chosen);
    const commandIds = meantBy(cases, chosen, decision, all);
    setBusy(true);
    const answer = await engine.call('decideConflicts', { personId, commandIds, decision });
    setBusy(false);
    if (!answer.ok) return setOutcome({ ...NOTHING, error: answer.error });
    const refused = new Map(answer.value.refused.map(({ commandId, refusal }) => [commandId, refusal]));
    const notDecided = cases.flatMap((of): NotDecided[] => {
      const refusal = refused.get(of.conflict.commandId);
      return refusal ? [{ of, refusal }] : [];
    });
    setOutcome({ ...NOTHING, notDecided });
    const gone = new Set(commandIds.filter((id) => !refused.has(id)));
    const next = nextAfter(cases, chosen.conflict.commandId, gone);
    if (next !== null) look(next);
    onDecided();
  };

  const undo = async ({ commandIds }: NonNullable<Inbox['decided']>) => {
    const answer = await engine.call('undoDecision', { personId, commandIds });
    if (!answer.ok) return setOutcome({ ...NOTHING, error: answer.error });
    setOutcome({ ...NOTHING, undone: true });
    const [first] = commandIds;
    if (first !== undefined) look(first);
    onDecided();
  };

  return { cases, chosen, look, all, setAll, busy, outcome, decide, undo };
}
