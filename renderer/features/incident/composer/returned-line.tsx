import { Button } from '@mantine/core';
import { useWords } from '#renderer/words/words.ts';
import classes from './composer.module.css';
import type { ComposerTab } from './entry-content.schema.ts';
import type { Returned } from './use-returned-text.ts';

/** Says where the text of an undone entry is: back in the field, or waiting beside what is half-written there. */
export function ReturnedLine({ tab, returned }: { tab: ComposerTab; returned: Returned }) {
  const say = useWords('incident');
  const waits = returned.waiting?.tab === tab;
  return (
    <div role="status" className={classes.returned}>
      {returned.backIn === tab && say('composer.returned')}
      {waits && say('composer.returnedAside')}
      {waits && (
        <Button size="compact-xs" onClick={returned.add}>
          {say('composer.returnedAdd')}
        </Button>
      )}
    </div>
  );
}
