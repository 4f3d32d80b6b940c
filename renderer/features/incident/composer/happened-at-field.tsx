import { type ReactNode, useId } from 'react';
import { fromLocalInput } from '#renderer/ui/local-input.ts';
import { useTime } from '#renderer/ui/time.ts';
import { useDateTimeInput } from '#renderer/ui/use-date-time-input.ts';
import { useWords } from '#renderer/words/words.ts';
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
  const { field, flaw, half } = useDateTimeInput(value, onChange);
  const at = fromLocalInput(value, reader.zone);
  const meaning = at === null ? say('composer.happenedAtNow') : dateAndTime(at);
  const why = flaw === null ? error : <span role="alert">{flaw}</span>;
  return (
    <div className={classes.when}>
      <label htmlFor={id}>{say('composer.happenedAt')}</label>
      <input
        {...field}
        id={id}
        className={classes.whenInput}
        aria-invalid={why ? true : undefined}
        aria-describedby={why ? `${id}-meaning ${id}-error` : `${id}-meaning`}
      />
      <span id={`${id}-meaning`}>{half ? '' : meaning}</span>
      {why && (
        <span id={`${id}-error`} className={classes.whenError}>
          {why}
        </span>
      )}
    </div>
  );
}
