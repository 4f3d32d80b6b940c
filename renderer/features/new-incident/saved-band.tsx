import { Button } from '@mantine/core';
import { useWords } from '#renderer/words/words.ts';
import classes from './new-incident.module.css';

/** For those who record one call after the other: the last number stays in sight above the next empty form. */
export function SavedBand({ number, onOpen }: { number: string; onOpen: () => void }) {
  const say = useWords('new-incident');
  return (
    <div className={classes.band}>
      <div role="status">
        <span className={classes.bandNumber}>{number}</span> <span>{say('saved.title')}</span>
      </div>
      <Button size="compact-xs" onClick={onOpen}>
        {say('open')}
      </Button>
    </div>
  );
}
