import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { EngineError } from '#contracts/engine/protocol.ts';
import type { Id } from '#domain/activity/activity.ts';
import type { CommandArgs, CommandName, RefusalCode } from '#domain/command/command.ts';
import { type KeptDraft, useKeptDraft } from '#renderer/drafts/use-kept-draft.ts';
import { useErrorWords } from '#renderer/ui/error-words.ts';
import {
  type FieldsOfRefusals,
  type RefusedFields,
  refusedFields,
} from '#renderer/ui/incident-fields/refused-fields.tsx';
import { useTime } from '#renderer/ui/time.ts';
import { useWords } from '#renderer/words/words.ts';
import classes from '../incident.module.css';
import type { Commands } from '../use-commands.ts';
import type { IncidentView, NameOf } from '../use-incident.ts';

/** What every dialog over an incident is given. */
export interface DialogProps {
  readonly view: IncidentView;
  readonly nameOf: NameOf;
  readonly commands: Commands;
  readonly onDismiss: () => void;
  /** The command is durable; the screen decides where to go. */
  readonly onDone: () => void;
}

export interface DialogState<C, F extends string> {
  readonly kept: KeptDraft<C>;
  readonly busy: boolean;
  /** Why it was refused, at its field or for the whole dialog; what was typed stays. */
  readonly refused: RefusedFields<F>;
  /** Says that something is missing before asking the engine. */
  refuse(code: RefusalCode): void;
  /** Shows why a step before the last one was refused. */
  fail(error: EngineError): void;
  /** Sends the command that ends the dialog; on success its draft is consumed. */
  finish<N extends CommandName>(name: N, args: CommandArgs[N], sentence?: string): Promise<void>;
  /** Says that something kept from earlier stands in the fields, with a way to start empty. */
  readonly restored: ReactNode;
}

/** State of a dialog whose typing outlives it: null while the engine has not said what was kept. */
export function useDialog<C extends object, F extends string>(
  props: DialogProps,
  slot: string,
  read: (content: unknown) => C,
  fields: FieldsOfRefusals<F>,
): DialogState<C, F> | null {
  const { view, commands, onDone } = props;
  const say = useWords('incident');
  const time = useTime();
  const errorWords = useErrorWords();
  const incidentId: Id = view.incident.id;
  const kept = useKeptDraft({ kind: 'dialog', incidentId, slot }, read);
  const [error, setError] = useState<EngineError | null>(null);
  const [busy, setBusy] = useState(false);
  if (!kept) return null;
  return {
    kept: {
      ...kept,
      change: (changes) => {
        setError(null);
        kept.change(changes);
      },
    },
    busy,
    refused: refusedFields(error, fields, errorWords),
    refuse: (code) => setError({ code: 'refused', refusal: { code } }),
    fail: setError,
    finish: async (name, args, sentence) => {
      if (busy) return;
      setBusy(true);
      kept.flush();
      const told = sentence === undefined ? {} : { sentence };
      const outcome = await commands.run(name, args, { quiet: true, draftId: kept.draftId, ...told });
      setBusy(false);
      if (!outcome.ok) return setError(outcome.error);
      kept.consumed();
      onDone();
    },
    restored: kept.restoredAt !== null && (
      <p className={classes.restored}>
        {say('dialog.restored', { when: time.dateAndTime(kept.restoredAt) })}{' '}
        <Button size="compact-xs" variant="subtle" onClick={kept.discard}>
          {say('dialog.clear')}
        </Button>
      </p>
    ),
  };
}
