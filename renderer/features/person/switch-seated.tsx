import { Button } from '@mantine/core';
import { useState } from 'react';
import type { SeatedPerson } from '#contracts/engine/agreement.ts';
import type { EngineError } from '#contracts/engine/protocol.ts';
import { useEngine, usePersonId } from '#renderer/platform/hooks.ts';
import { ErrorNote } from '#renderer/ui/error-note.tsx';
import { useErrorWords } from '#renderer/ui/error-words.ts';
import { initialsOf } from '#renderer/ui/owner-mark.tsx';
import { SmallDialog } from '#renderer/ui/small-dialog.tsx';
import { useWords } from '#renderer/words/words.ts';
import classes from './switch-seated.module.css';

interface SeatedProps {
  readonly person: SeatedPerson;
  readonly isHere: boolean;
  /** The one the keys begin with. */
  readonly isFirst: boolean;
  readonly onTake: () => void;
}

function Seated({ person, isHere, isFirst, onTake }: SeatedProps) {
  const say = useWords('directory');
  const common = useWords('common');
  const id = `seat-${person.personId}`;
  const standing = isHere ? (person.open ? 'here' : 'hereOver') : person.open ? null : 'over';
  return (
    <li className={classes.seat} aria-current={isHere || undefined}>
      <span className={classes.initials} aria-hidden="true">
        {initialsOf(person.name)}
      </span>
      <div id={id} className={classes.who}>
        <span className={classes.name} dir="auto">
          {person.name}
        </span>
        <span className={classes.detail}>
          {say('person.seat', { email: person.email, role: common(`role.${person.role}`) })}
        </span>
        {standing && <span className={classes.detail}>{say(`person.seat.${standing}`)}</span>}
      </div>
      {!(isHere && person.open) && (
        <Button aria-describedby={id} data-autofocus={isFirst || undefined} onClick={onTake}>
          {say(person.open ? 'person.confirm' : 'person.signInAgain')}
        </Button>
      )}
    </li>
  );
}

export interface SwitchSeatedProps {
  readonly people: readonly SeatedPerson[];
  readonly onClose: () => void;
  readonly onSignIn: (email: string) => void;
}

/** "Switch person" at a desk with a server: those who signed in here, and the way in for others. */
export function SwitchSeated({ people, onClose, onSignIn }: SwitchSeatedProps) {
  const say = useWords('directory');
  const engine = useEngine();
  const errors = useErrorWords();
  const me = usePersonId();
  const first = people.find(({ personId }) => personId !== me);
  const [error, setError] = useState<EngineError | null>(null);
  const take = async (person: SeatedPerson) => {
    if (!person.open) return onSignIn(person.email);
    setError(null);
    const outcome = await engine.call('switchPerson', { personId: person.personId });
    if (outcome.ok) onClose();
    else setError(outcome.error);
  };
  return (
    <SmallDialog
      opened
      title={say('person.switchTitle')}
      size={560}
      onDismiss={onClose}
      consequence={say(people.length > 0 ? 'person.seatedNote' : 'person.noneSeated')}
      actions={
        <Button data-autofocus={first === undefined || undefined} onClick={() => onSignIn('')}>
          {say('person.signInOther')}
        </Button>
      }
    >
      {error && <ErrorNote text={errors.engine(error)} />}
      {people.length > 0 && (
        <ul className={classes.seats} aria-label={say('person.seats')}>
          {people.map((person) => (
            <Seated
              key={person.personId}
              person={person}
              isHere={person.personId === me}
              isFirst={person === first}
              onTake={() => void take(person)}
            />
          ))}
        </ul>
      )}
    </SmallDialog>
  );
}
