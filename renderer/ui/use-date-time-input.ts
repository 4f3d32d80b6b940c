import { type ChangeEvent, useRef, useState } from 'react';
import { Temporal } from 'temporal-polyfill';
import type { Instant } from '#domain/activity/activity.ts';
import { useWords } from '#renderer/words/words.ts';
import { fromLocalInput } from './local-input.ts';
import { useSettledField } from './settling.ts';
import { useTime } from './time.ts';

/** With four digits for a year the field itself refuses a fifth. */
const LAST = '9999-12-31T23:59';
const FIRST_YEAR = 1970;
/** Nobody plans further ahead than this: such a year is a slip of the hand. */
const YEARS_AHEAD = 100;

type Flaw = 'half' | 'far';

function flawOf(text: string, zone: string, now: Instant): Flaw | null {
  if (text === '') return null;
  if (/^[+-]|^\d{5}/.test(text)) return 'far';
  const at = fromLocalInput(text, zone);
  if (at === null) return 'half';
  const yearOf = (instant: Instant) => Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).year;
  return yearOf(at) < FIRST_YEAR || yearOf(at) > yearOf(now) + YEARS_AHEAD ? 'far' : null;
}

/**
 * A native date-and-time field that tells a half-filled date, which reads as '' like an empty one, from an empty one:
 * it stays as it is, is never read as "nothing", and says why its form cannot go on. `value` is what the field shows.
 */
export function useDateTimeInput(value: string, onChange: (value: string) => void) {
  const say = useWords('common');
  const { reader, now } = useTime();
  const input = useRef<HTMLInputElement>(null);
  const [half, setHalf] = useState(false);
  const [said, setSaid] = useState<Flaw | null>(null);

  const settle = (): boolean => {
    const field = input.current;
    const isHalf = field?.validity.badInput ?? false;
    setHalf(isHalf);
    // Emptied after it was half-filled: the field tells of no change then, having been '' all along.
    if (field && !isHalf && field.value !== value) onChange(field.value);
    const flaw = isHalf ? 'half' : flawOf(field?.value ?? value, reader.zone, now);
    setSaid(flaw);
    return flaw === null;
  };
  useSettledField(input, settle);

  return {
    /** True while what stands there is no date yet. */
    half,
    /** Why what stands there cannot be taken, once it was left or was to be used. */
    flaw: said && say(`dateTime.${said}`),
    field: {
      ref: input,
      type: 'datetime-local',
      max: LAST,
      // A value given to a half-filled field would wipe what is typed.
      value: half ? '' : value,
      onChange: (event: ChangeEvent<HTMLInputElement>) => {
        const { value: text, validity } = event.currentTarget;
        setHalf(validity.badInput);
        setSaid(null);
        if (!validity.badInput) onChange(text);
      },
      onBlur: () => {
        // Only the window was left.
        if (document.activeElement !== input.current) settle();
      },
    },
  } as const;
}
