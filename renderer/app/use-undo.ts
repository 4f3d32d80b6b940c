import { useCallback } from 'react';
import { useSubmit } from '#renderer/platform/hooks.ts';
import { useErrorWords } from '#renderer/ui/error-words.ts';
import { useAction } from '#renderer/ui/keys/action-store.ts';
import { type UndoableDeed, useUndoStore } from '#renderer/ui/undo-store.ts';
import { useWords } from '#renderer/words/words.ts';

/** Takes the last deed of this window back: its inverse commands, under the same rules. */
export function useUndo(): (deed: UndoableDeed) => void {
  const submit = useSubmit();
  const common = useWords('common');
  const errors = useErrorWords();
  const { deed, offer, withdraw, tellUndone } = useUndoStore();
  const undo = useCallback(
    async ({ commandIds }: UndoableDeed) => {
      withdraw();
      const outcomes = await Promise.all(commandIds.map((commandId) => submit('command.undo', { commandId })));
      tellUndone(commandIds.filter((_, place) => outcomes[place]?.ok));
      const failed = outcomes.find((outcome) => !outcome.ok);
      const sentence = failed && !failed.ok ? errors.engine(failed.error) : common('undone');
      offer({ sentence, commandIds: [] });
    },
    [submit, common, errors, offer, withdraw, tellUndone],
  );
  const { proper } = deed ?? {};
  const instead = proper && errors.refusal({ code: 'nothingToUndo', details: { proper } });
  useAction('undo', deed && deed.commandIds.length > 0 ? () => void undo(deed) : null, instead);
  return (each) => void undo(each);
}
