import { TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import { useWords } from '#renderer/words/words.ts';
import classes from './new-incident.module.css';

export interface NewPersonFieldsProps {
  readonly person: { readonly name: string; readonly phone: string };
  readonly onChange: (changes: { name?: string; phone?: string }) => void;
  readonly onCancel: () => void;
}

/** A caller not known yet: a name and a number in place of the search, made together with the incident. */
export function NewPersonFields({ person, onChange, onCancel }: NewPersonFieldsProps) {
  const say = useWords('new-incident');
  return (
    <div className={classes.newPerson}>
      <TextInput
        label={say('newPersonName')}
        value={person.name}
        maxLength={200}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <TextInput
        label={say('newPersonPhone')}
        value={person.phone}
        maxLength={200}
        inputMode="tel"
        // The name is already typed: the number is what is asked for next.
        autoFocus
        onChange={(event) => onChange({ phone: event.currentTarget.value })}
      />
      <IconButton label={say('newPersonCancel')} onClick={onCancel}>
        <IconX size={16} aria-hidden="true" />
      </IconButton>
    </div>
  );
}
