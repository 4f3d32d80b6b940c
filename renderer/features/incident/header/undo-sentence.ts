import type { UndoOffer } from '#contracts/engine/protocol.ts';
import type { Activity, Id } from '#domain/activity/activity.ts';
import { undoneBy } from '#domain/command/undo-facts.ts';
import { planUndo } from '#domain/command/undo-plan.ts';
import { useErrorWords } from '#renderer/ui/error-words.ts';
import { fieldLabel, isToldField } from '#renderer/ui/incident-fields/field-values.ts';
import type { WordKey } from '#renderer/words/areas.ts';
import { useWords } from '#renderer/words/words.ts';

/**
 * Why "Undo last change" has nothing to take back: where a person's last deed cannot be undone, the command that
 * leads back from it, in the process's own words for it.
 */
export function useNothingToUndo(timeline: readonly Activity[], me: Id): string {
  const say = useWords('incident');
  const errors = useErrorWords();
  const last = timeline.findLast(({ actor }) => actor === me);
  const commandId = last?.cause?.commandId;
  // Taking back is the end of it: it is no change that something leads back from.
  if (last === undefined || commandId === undefined || undoneBy(last) !== null) return say('command.nothingToUndo');
  const plan = planUndo({ timeline, commandId, actor: me, now: Date.now() });
  return plan.ok || !plan.error.details?.proper ? say('command.nothingToUndo') : errors.refusal(plan.error);
}

/** What "Undo last change" would take back, in words: "Undo: change of Impact". */
export function useUndoSentence(undo: UndoOffer | null): string {
  const say = useWords('incident');
  if (!undo) return '';
  const fields = undo.subject
    .split(', ')
    .map((field) => (isToldField(field) ? fieldLabel(field, { say }) : field))
    .join(', ');
  const key = `undoWhat.${undo.what}` as WordKey<'incident'>;
  const what = say(key, { subject: fields });
  return say('command.undoWhat', { what: what === key ? say('undoWhat.other') : what });
}
