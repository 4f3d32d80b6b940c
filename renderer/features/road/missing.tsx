import { useId } from 'react';
import type { Readiness } from '#contracts/engine/agreement.ts';
import { useWords } from '#renderer/words/words.ts';
import classes from './road.module.css';

export interface MissingProps {
  readonly readiness: Readiness;
  readonly onOpen: (idOrNumber: string) => void;
}

/** Which incidents lack their history here, the first of them by number. */
export function Missing({ readiness: { wanted, held, missing }, onOpen }: MissingProps) {
  const say = useWords('road');
  const heading = useId();
  const count = Math.max(wanted - held, missing.length);
  if (count === 0) return null;
  return (
    <section aria-labelledby={heading}>
      <h3 id={heading} className={classes.heading}>
        {say('missing', { count })}
      </h3>
      <p className={classes.hint}>{say('missing.text', { count })}</p>
      <ul className={classes.missing} aria-labelledby={heading}>
        {missing.map(({ id, number, shortDescription }) => (
          <li key={id}>
            <button
              type="button"
              className={classes.incident}
              title={say('open', { incident: number })}
              onClick={() => onOpen(id)}
            >
              <span className={classes.incidentNumber}>{number}</span>{' '}
              <span className={classes.incidentText} dir="auto">
                {shortDescription}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {count > missing.length && (
        <p className={classes.hint}>{say('missing.more', { count: count - missing.length })}</p>
      )}
    </section>
  );
}
