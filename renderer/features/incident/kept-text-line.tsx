import { Button } from '@mantine/core';
import { commandKeyWord } from '#renderer/ui/small-dialog.tsx';
import { useWords } from '#renderer/words/words.ts';
import classes from './incident.module.css';

export interface KeptTextLineProps {
  readonly id: string;
  readonly text: string;
  /** The field has several lines: Enter alone does not save it. */
  readonly lines: boolean;
  /** The field takes no more changes: the text stands in this line instead. */
  readonly locked: boolean;
  readonly onThrowAway: () => void;
}

/** Says below a field that what stands there is half-written and not saved, and which keys save it or put it back. */
export function KeptTextLine({ id, text, lines, locked, onThrowAway }: KeptTextLineProps) {
  const say = useWords('incident');
  const common = useWords('common');
  if (!locked) {
    const keys = lines ? common('confirmHint', { modifier: common(commandKeyWord()) }) : say('edit.key');
    return (
      <p id={id} className={classes.keptText}>
        {say('edit.kept', { keys })}
      </p>
    );
  }
  return (
    <div className={classes.keptText}>
      <p id={id} dir="auto">
        {say('edit.locked', { text })}
      </p>
      <Button size="compact-xs" variant="subtle" onClick={onThrowAway}>
        {say('throwAway')}
      </Button>
    </div>
  );
}
