import { Button } from '@mantine/core';
import type { AgreementQueries } from '#contracts/engine/agreement.ts';
import { RelativeTime } from '#renderer/ui/relative-time.tsx';
import { useWords } from '#renderer/words/words.ts';
import shared from './conflicts.module.css';
import classes from './last-decision.module.css';

type Decided = AgreementQueries['conflicts']['value']['decided'];

export interface LastDecisionProps {
  readonly decided: Decided;
  /** The last one was taken back a moment ago. */
  readonly undone: boolean;
  readonly onUndo: (decided: NonNullable<Decided>) => void;
}

/** What was decided last, with the way back, also after the dialog was left and opened again. */
export function LastDecision({ decided, undone, onUndo }: LastDecisionProps) {
  const say = useWords('conflicts');
  return (
    <section aria-label={say('lastDecision')} aria-live="polite" className={classes.strip} hidden={!decided && !undone}>
      {decided ? (
        <>
          <span className={classes.stripText}>
            {say(`done.${decided.decision}`, { count: decided.commandIds.length })}
          </span>
          <span className={shared.quiet}>
            <RelativeTime at={decided.at} />
          </span>
          <Button size="compact-sm" onClick={() => onUndo(decided)}>
            {say('undo')}
          </Button>
        </>
      ) : (
        undone && <span className={classes.stripText}>{say('undone')}</span>
      )}
    </section>
  );
}
