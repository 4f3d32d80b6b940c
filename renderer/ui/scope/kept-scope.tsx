import { Button } from '@mantine/core';
import { useId } from 'react';
import { useWords } from '#renderer/words/words.ts';
import classes from './scope.module.css';
import { useScopeWords } from './scope-words.ts';
import { usePart } from './use-part.ts';

/** What this device keeps, in words, and the way to change it. */
export function KeptScope({ onChange }: { readonly onChange: () => void }) {
  const say = useWords('scope');
  const id = useId();
  const what = useScopeWords(usePart());
  return (
    <div className={classes.kept}>
      <p id={id} className={classes.keeps}>
        {what !== undefined && say('keeps', { what })}
      </p>
      <Button aria-describedby={id} onClick={onChange}>
        {say('change')}
      </Button>
    </div>
  );
}
