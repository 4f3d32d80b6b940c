import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useWords } from '#renderer/words/words.ts';
import classes from './notes.module.css';

export interface ErrorNoteProps {
  /** What happened, what was kept, what to do: one sentence from `useErrorWords`. */
  readonly text: string;
  readonly onRetry?: (() => void) | undefined;
}

/** An error where it happened. Read out at once; never a toast that goes away. */
export function ErrorNote({ text, onRetry }: ErrorNoteProps) {
  const say = useWords('common');
  return (
    <div role="alert" className={classes.error}>
      <IconAlertTriangle size={16} aria-hidden="true" className={classes.glyph} />
      <span className={classes.text}>{text}</span>
      {onRetry && (
        <Button variant="default" onClick={onRetry}>
          {say('retry')}
        </Button>
      )}
    </div>
  );
}
