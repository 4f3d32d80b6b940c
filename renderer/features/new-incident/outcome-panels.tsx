import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { ErrorNote } from '#renderer/ui/error-note.tsx';
import { useWords } from '#renderer/words/words.ts';
import classes from './new-incident.module.css';
import type { SameOutcome } from './use-same-as-this.ts';

/** Puts the focus on the panel's first button, so that Enter does the usual thing. */
function useFirstFocus() {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  return button;
}

export interface SamePanelProps {
  readonly outcome: SameOutcome;
  readonly error: string | null;
  readonly onOpen: () => void;
  readonly onUndo: () => void;
  readonly onBack: () => void;
}

/** What the caller has of it, and nothing they have not. */
function useToldSentence({ callerName, told }: SameOutcome): string {
  const say = useWords('new-incident');
  if (callerName === null) return say('same.doneTextNobody');
  return say(told === 'watching' ? 'same.doneText' : 'same.doneTextNoted', { caller: callerName });
}

/** After "Same as this": what was added to which incident, and the way back. */
export function SamePanel({ outcome, error, onOpen, onUndo, onBack }: SamePanelProps) {
  const say = useWords('new-incident');
  const back = useFirstFocus();
  const { incident, callerName } = outcome;
  const toldSentence = useToldSentence(outcome);
  return (
    <div className={classes.outcome}>
      <div role="status">
        <p className={classes.number}>{incident.number}</p>
        <p className={classes.outcomeTitle}>{say('same.done', { number: incident.number })}</p>
        <p className={classes.honest}>{toldSentence}</p>
      </div>
      {outcome.told === 'notWatching' && callerName !== null && (
        <ErrorNote text={say('same.notWatching', { caller: callerName })} />
      )}
      {error && <ErrorNote text={error} />}
      <div className={classes.outcomeActions}>
        <Button ref={back} variant="filled" onClick={onBack}>
          {say('back')}
        </Button>
        <Button onClick={onOpen}>{say('open')}</Button>
        <Button onClick={onUndo}>{say('same.undo')}</Button>
      </div>
    </div>
  );
}
