import { useCallback, useMemo, useRef, useState } from 'react';
import type { EngineError } from '#contracts/engine/protocol.ts';
import type { CommandArgs, CommandName } from '#domain/command/command.ts';
import { type SubmitOptions, type SubmitOutcome, useSubmit } from '#renderer/platform/hooks.ts';
import { useUndoStore } from '#renderer/ui/undo-store.ts';
import { useWords } from '#renderer/words/words.ts';

/**
 * Commands the process can take back (domain.md "Undo") and that are worth a word at the foot of the desk. An edit
 * in place is quieter: "Saved" and "Undo last change" stand right above it.
 */
const UNDOABLE: readonly CommandName[] = [
  'incident.assign',
  'incident.transfer',
  'incident.hold',
  'incident.resume',
  'incident.prioritise',
];

export type SaveState = 'idle' | 'saving' | 'saved' | 'notSaved';

export interface Commands {
  /** Sends a command; its refusal is returned and, unless `quiet`, also kept in `error`. */
  run<N extends CommandName>(name: N, args: CommandArgs[N], options?: RunOptions): Promise<SubmitOutcome>;
  readonly error: EngineError | null;
  clearError(): void;
  readonly busy: boolean;
  /** What the screen says about the last edit: "Saving", "Saved" once the journal has it. */
  readonly saving: SaveState;
}
export interface RunOptions extends SubmitOptions {
  /** The caller shows the refusal itself, where it happened. */
  readonly quiet?: boolean;
  /** What was done, for the region "Undo"; absent: nothing is offered there. */
  readonly sentence?: string;
}

/** Every command of the incident screen goes through here, so that saving, refusals and undo look the same. */
export function useCommands(): Commands {
  const submit = useSubmit();
  const [error, setError] = useState<EngineError | null>(null);
  const [saving, setSaving] = useState<SaveState>('idle');
  const running = useRef(0);
  const [busy, setBusy] = useState(false);

  const run = useCallback<Commands['run']>(
    async (name, args, { quiet = false, sentence, ...options } = {}) => {
      running.current += 1;
      setBusy(true);
      setSaving('saving');
      const outcome = await submit(name, args, options);
      running.current -= 1;
      setBusy(running.current > 0);
      // A dialog says its own refusal; only an edit in place is "not saved".
      setSaving(outcome.ok ? 'saved' : name === 'incident.update' ? 'notSaved' : 'idle');
      if (!quiet) setError(outcome.ok ? null : outcome.error);
      if (outcome.ok && sentence !== undefined && UNDOABLE.includes(name)) {
        useUndoStore.getState().offer({ sentence, commandIds: [outcome.value.commandId] });
      }
      return outcome;
    },
    [submit],
  );
  return useMemo(() => ({ run, error, clearError: () => setError(null), busy, saving }), [run, error, busy, saving]);
}

/** "Saving", "Saved", "Not saved"; '' while nothing was edited yet. */
export function useSavingWords(saving: SaveState): string {
  const say = useWords('incident');
  return saving === 'idle' ? '' : say(saving);
}
