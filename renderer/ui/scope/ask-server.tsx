import { Button } from '@mantine/core';
import { ErrorNote } from '#renderer/ui/error-note.tsx';
import { useWords } from '#renderer/words/words.ts';
import { isId, useBringHere } from './bring-here.ts';
import classes from './scope.module.css';

export interface AskServerProps {
  /** Number or alias; an id too, which nobody reads out. */
  readonly number: string;
  readonly onHere: (idOrNumber: string) => void;
  /** The one filled button of its screen. */
  readonly filled?: boolean;
}

/** "Ask the server for INC0012345": a button, and what came of it. */
export function AskServer({ number, onHere, filled = false }: AskServerProps) {
  const say = useWords('scope');
  const { asking, ask } = useBringHere(onHere);
  const busy = asking.kind === 'asking';
  return (
    <div className={classes.asking} data-filled={filled || undefined}>
      <Button
        variant={filled ? 'filled' : 'default'}
        disabled={ask === null}
        aria-busy={busy || undefined}
        onClick={() => !busy && ask?.(number)}
      >
        {isId(number) ? say('ask.it') : say('ask', { number })}
      </Button>
      <p role="status" className={classes.answer}>
        {(asking.kind === 'asking' || asking.kind === 'unknown') &&
          say(isId(number) ? `ask.${asking.kind}It` : `ask.${asking.kind}`, { number })}
      </p>
      {asking.kind === 'failed' && <ErrorNote text={asking.text} />}
    </div>
  );
}
