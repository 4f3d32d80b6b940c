import { Button, Checkbox } from '@mantine/core';
import { type RefObject, useId } from 'react';
import { CONFLICT_DECISIONS, type ConflictDecision } from '#contracts/engine/agreement.ts';
import { useWords } from '#renderer/words/words.ts';
import shared from './conflicts.module.css';
import classes from './decisions.module.css';
import type { Case } from './inbox.ts';

export interface DecisionsProps {
  readonly of: Case;
  /** How many conflicts of its kind there are, itself included. */
  readonly alike: number;
  readonly all: boolean;
  readonly busy: boolean;
  /** The first of the buttons. */
  readonly first: RefObject<HTMLButtonElement | null>;
  readonly onAll: (all: boolean) => void;
  readonly onDecide: (decision: ConflictDecision) => void;
}

/** The ways out of a conflict, each with what it does. */
export function Decisions({ of: { conflict }, alike, all, busy, first, onAll, onDecide }: DecisionsProps) {
  const say = useWords('conflicts');
  const id = useId();
  const offered = CONFLICT_DECISIONS.filter((decision) => conflict.decisions.includes(decision));
  const isRecording = conflict.name === 'incident.record';
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend where the buttons speak for themselves
    <div role="group" aria-label={say('decisions')} className={classes.decisions}>
      {alike > 1 && offered.some((decision) => decision !== 'form') && (
        <Checkbox
          size="xs"
          label={say('alike', { count: alike })}
          checked={all}
          onChange={(event) => onAll(event.currentTarget.checked)}
        />
      )}
      <div className={classes.ways}>
        {offered.map((decision, place) => (
          <div key={decision} className={classes.way}>
            <Button
              ref={place === 0 ? first : undefined}
              variant={decision === 'form' ? 'filled' : 'default'}
              aria-describedby={`${id}-${decision}`}
              aria-busy={busy || undefined}
              onClick={() => !busy && onDecide(decision)}
            >
              {say(`decide.${decision}`)}
            </Button>
            <span id={`${id}-${decision}`} className={shared.quiet}>
              {say(isRecording && decision === 'theirs' ? 'means.theirsRecord' : `means.${decision}`)}
            </span>
          </div>
        ))}
      </div>
    </div>
  );
}
