import type { UndoOffer } from '#contracts/engine/protocol.ts';
import type { WordKey } from '#renderer/words/areas.ts';
import { useWords } from '#renderer/words/words.ts';
import { fieldLabel, isToldField } from '../timeline/field-values.ts';

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
