import { Radio } from '@mantine/core';
import { useEffect, useId, useRef, useState } from 'react';
import type { Connection } from '#contracts/engine/agreement.ts';
import type { EngineError } from '#contracts/engine/protocol.ts';
import { useConnection, useEngine } from '#renderer/platform/hooks.ts';
import { ErrorNote } from '#renderer/ui/error-note.tsx';
import { useErrorWords } from '#renderer/ui/error-words.ts';
import { usePart } from '#renderer/ui/scope/use-part.ts';
import { SmallDialog } from '#renderer/ui/small-dialog.tsx';
import { useWords } from '#renderer/words/words.ts';
import classes from './scope-dialog.module.css';
import { ScopePart } from './scope-part.tsx';
import { ScopeSizeLine } from './scope-size.tsx';
import { useScopeChoice } from './use-scope-choice.ts';

const ANSWERS = ['everything', 'part'] as const;

export interface ScopeDialogProps {
  /** A part is what whoever opened it asked for. */
  readonly beginsWithPart?: boolean;
  readonly onClose: () => void;
}

/** "What this device keeps": everything a person may see, or a part of it, and what that comes to. */
export function ScopeDialog(props: ScopeDialogProps) {
  const connection = useConnection();
  return connection && <Choosing {...props} connection={connection} />;
}

function Choosing({ beginsWithPart = false, onClose, connection }: ScopeDialogProps & { connection: Connection }) {
  const say = useWords('scope');
  const engine = useEngine();
  const errors = useErrorWords();
  const name = useId();
  const kept = usePart();
  const choice = useScopeChoice(kept, beginsWithPart);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<EngineError | null>(null);
  const trouble = useRef<HTMLDivElement>(null);
  // In a dialog higher than the window it would stand below what is in sight.
  useEffect(() => {
    if (error) trouble.current?.scrollIntoView?.({ block: 'center' });
  }, [error]);
  const { isPart, scope } = choice;
  const save = async () => {
    setBusy(true);
    setError(null);
    const answer = await engine.call('keepScope', { scope });
    setBusy(false);
    if (answer.ok) onClose();
    else setError(answer.error);
  };
  return (
    <SmallDialog
      opened
      title={say('title')}
      size={640}
      confirm={say('save')}
      confirmDisabled={isPart && choice.teams.over + choice.sites.over > 0}
      busy={busy}
      consequence={scope ? <span className={classes.leaves}>{say('leaves')}</span> : kept && say('arrives')}
      onDismiss={onClose}
      onConfirm={() => void save()}
    >
      <div role="radiogroup" aria-label={say('title')} className={classes.answers}>
        {ANSWERS.map((answer) => (
          <Radio
            key={answer}
            name={name}
            label={say(answer)}
            description={say(`${answer}Detail`)}
            checked={(answer === 'part') === isPart}
            onChange={() => choice.choosePart(answer === 'part')}
            data-autofocus={(answer === 'part') === isPart || undefined}
          />
        ))}
      </div>
      {isPart && <ScopePart choice={choice} connection={connection} />}
      <ScopeSizeLine scope={scope} />
      {scope !== null && <p className={classes.text}>{say('stays')}</p>}
      <div ref={trouble} className={classes.trouble}>
        {error && <ErrorNote text={errors.engine(error)} />}
      </div>
    </SmallDialog>
  );
}
