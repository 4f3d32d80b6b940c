import { type ReactNode, useId } from 'react';
import { useTime } from '#renderer/ui/time.ts';
import { useWords } from '#renderer/words/words.ts';
import { fromLocalInput } from '../local-input.ts';
import classes from './composer.module.css';

export interface HappenedAtFieldProps {
  readonly value: string;
  /** Why the time chosen was refused. */
  readonly error: ReactNode;
  readonly onChange: (value: string) => void;
}

/**
 * "Happened at": empty is now; more than 15 minutes ago asks why it comes late. The field writes dates as the system
 * does, so what it means stands beside it, written as everywhere else.
 */
export function HappenedAtField({ value, error, onChange }: HappenedAtFieldProps) {
  const say = useWords('incident');
  const { reader, dateAndTime } = useTime();
  const id = useId();
  const at = fromLocalInput(value, reader.zone);
  return (
    <div className={classes.when}>
      <label htmlFor={id}>{say('composer.happenedAt')}</label>
      <input
        id={id}
        type="datetime-local"
        className={classes.whenInput}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-meaning ${id}-error` : `${id}-meaning`}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <span id={`${id}-meaning`}>{at === null ? say('composer.happenedAtNow') : dateAndTime(at)}</span>
      {error && (
        <span id={`${id}-error`} className={classes.whenError}>
          {error}
        </span>
      )}
    </div>
  );
}
