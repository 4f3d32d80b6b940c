import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useDateTimeInput } from './use-date-time-input.ts';

export interface DateTimeFieldProps {
  readonly label: string;
  /** The field's text in the reader's zone, as `toLocalInput` writes it; '' for none. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** What the date means, where one stands there. */
  readonly description?: ReactNode;
  readonly error?: ReactNode;
}

/** A date and a time of day, in a dialog; what is no date is refused at the field. */
export function DateTimeField({ label, value, onChange, description, error }: DateTimeFieldProps) {
  const { field, flaw, half } = useDateTimeInput(value, onChange);
  return (
    <TextInput
      {...field}
      label={label}
      description={half ? undefined : description}
      error={flaw === null ? error : <span role="alert">{flaw}</span>}
    />
  );
}
