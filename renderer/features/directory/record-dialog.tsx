import { Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { CommandArgs } from '#domain/command/command.ts';
import { NAME_LIMIT } from '#domain/directory/names.ts';
import { useSubmit, useWatch } from '#renderer/platform/hooks.ts';
import { ErrorNote } from '#renderer/ui/error-note.tsx';
import { useErrorWords } from '#renderer/ui/error-words.ts';
import { SmallDialog } from '#renderer/ui/small-dialog.tsx';
import { useUndoStore } from '#renderer/ui/undo-store.ts';
import { useForbidden } from '#renderer/ui/use-forbidden.ts';
import { useWords } from '#renderer/words/words.ts';
import { type AnyRecord, isPerson, kindOf, type ListName } from './lists.ts';
import { type Double, doubleOf, type TextFlaw, textFlaw, tidied } from './record-checks.ts';
import { RecordFields } from './record-fields.tsx';

export interface RecordDialogProps {
  readonly list: ListName;
  readonly record: AnyRecord;
  readonly isNew: boolean;
  readonly onClose: () => void;
}

interface Trouble {
  readonly text: string;
  /** The field it is about, when it is the name. */
  readonly atName?: boolean;
  /** Whose double this might be: the next "Save" means it. */
  readonly double?: Double;
}

function useTroubleWords() {
  const say = useWords('directory');
  const common = useWords('common');
  return {
    flaw({ flaw, field, length }: TextFlaw): string {
      if (flaw === 'missing') return say('nameMissing');
      if (field === 'name') return common('nameTooLong', { length, limit: NAME_LIMIT });
      return say('textTooLong', { field: say(field), length, limit: NAME_LIMIT });
    },
    double: ({ by, person }: Double): string =>
      say(`double.${by}`, {
        name: person.name,
        mail: person.mail ?? '',
        contact: [person.organisation, person.mail, person.phone].filter(Boolean).join(', ') || say('double.noContact'),
      }),
  };
}

const isSame = (one: Double | undefined, other: Double) => one?.by === other.by && one.person.id === other.person.id;

/** One record of the directory, new or to be changed. */
export function RecordDialog({ list, record, isNew, onClose }: RecordDialogProps) {
  const say = useWords('directory');
  const words = useTroubleWords();
  const submit = useSubmit();
  const errors = useErrorWords();
  const whyNot = useForbidden()('configure');
  const offer = useUndoStore((state) => state.offer);
  const people = useWatch('directory', isPerson(record) ? { kind: 'person' } : null);
  const [edited, setEdited] = useState<AnyRecord>(record);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [busy, setBusy] = useState(false);
  const change = (changes: Partial<AnyRecord>) => setEdited((was) => ({ ...was, ...changes }) as AnyRecord);
  const save = async () => {
    const flaw = textFlaw(edited);
    if (flaw) return setTrouble({ text: words.flaw(flaw), atName: flaw.field === 'name' });
    const tidy = tidied(edited);
    const double = doubleOf(tidy, isNew ? null : record, people ?? []);
    if (double && !isSame(trouble?.double, double)) return setTrouble({ text: words.double(double), double });
    setBusy(true);
    const outcome = await submit('directory.save', {
      kind: kindOf(list),
      record: tidy,
    } as CommandArgs['directory.save']);
    setBusy(false);
    if (!outcome.ok) {
      const atName = outcome.error.refusal?.code === 'nameTaken';
      return setTrouble({ text: errors.engine(outcome.error), atName });
    }
    offer({ sentence: say('saved', { name: tidy.name }), commandIds: [] });
    onClose();
  };
  return (
    <SmallDialog
      opened
      title={isNew ? say(`new.${list}`) : say('edit', { name: record.name })}
      confirm={say('save')}
      busy={busy}
      confirmDisabled={whyNot !== null}
      consequence={whyNot ?? (record.source === null ? undefined : say('source', { source: record.source }))}
      onDismiss={onClose}
      onConfirm={() => void save()}
    >
      {trouble && <ErrorNote text={trouble.text} />}
      <TextInput
        label={say('name')}
        data-autofocus
        aria-required
        error={trouble?.atName ?? false}
        value={edited.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <RecordFields record={edited} list={list} change={change} />
      {!isNew && (
        <Checkbox
          label={say('active')}
          checked={edited.active}
          onChange={(event) => change({ active: event.currentTarget.checked })}
        />
      )}
    </SmallDialog>
  );
}
