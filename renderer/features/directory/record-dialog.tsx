import { Checkbox, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Id } from '#domain/activity/activity.ts';
import type { CommandArgs } from '#domain/command/command.ts';
import { type Category, type Person, ROLES, type Role } from '#domain/directory/directory.ts';
import { useSubmit, useWatch } from '#renderer/platform/hooks.ts';
import { Combo } from '#renderer/ui/combo.tsx';
import { ErrorNote } from '#renderer/ui/error-note.tsx';
import { useErrorWords } from '#renderer/ui/error-words.ts';
import { SmallDialog } from '#renderer/ui/small-dialog.tsx';
import { useUndoStore } from '#renderer/ui/undo-store.ts';
import { useWords } from '#renderer/words/words.ts';
import { type AnyRecord, kindOf, type ListName } from './lists.ts';
import { TeamPicker } from './team-picker.tsx';

const orNull = (text: string): string | null => (text === '' ? null : text);
const isPerson = (record: AnyRecord): record is Person => 'handlingNotes' in record;
const isCategory = (record: AnyRecord): record is Category => 'parentId' in record;
const hasGroup = (record: AnyRecord): record is AnyRecord & { assignmentGroupId: Id | null } =>
  'assignmentGroupId' in record;

function useOptions(kind: 'site' | 'team' | 'category') {
  const records = useWatch('directory', { kind }) ?? [];
  return records.filter((record) => record.active).map((record) => ({ value: record.id, label: record.name }));
}

interface PartProps<R> {
  readonly record: R;
  readonly change: (changes: Partial<R>) => void;
}

function PersonFields({ record, change, staff }: PartProps<Person> & { staff: boolean }) {
  const say = useWords('directory');
  const common = useWords('common');
  const sites = useOptions('site');
  const roles = ROLES.filter((role) => !staff || role !== 'requester');
  return (
    <>
      {staff && (
        <>
          <Combo
            label={say('role')}
            value={record.role}
            options={roles.map((role) => ({ value: role, label: common(`role.${role}`) }))}
            onChange={(value) => change({ role: roles.find((role: Role) => role === value) ?? record.role })}
          />
          <TeamPicker teamIds={record.teamIds} onChange={(teamIds) => change({ teamIds })} />
        </>
      )}
      <TextInput
        label={say('phone')}
        type="tel"
        value={record.phone ?? ''}
        onChange={(event) => change({ phone: orNull(event.currentTarget.value) })}
      />
      <TextInput
        label={say('mail')}
        type="email"
        value={record.mail ?? ''}
        onChange={(event) => change({ mail: orNull(event.currentTarget.value) })}
      />
      <Combo
        label={say('site')}
        clearable
        value={record.siteId}
        options={sites}
        onChange={(siteId) => change({ siteId })}
      />
      <TextInput
        label={say('room')}
        value={record.room ?? ''}
        onChange={(event) => change({ room: orNull(event.currentTarget.value) })}
      />
      <TextInput
        label={say('organisation')}
        value={record.organisation ?? ''}
        onChange={(event) => change({ organisation: orNull(event.currentTarget.value) })}
      />
      <Textarea
        label={say('handlingNotes')}
        autosize
        minRows={2}
        value={record.handlingNotes ?? ''}
        onChange={(event) => change({ handlingNotes: orNull(event.currentTarget.value) })}
      />
      <Checkbox
        label={say('vip')}
        checked={record.vip}
        onChange={(event) => change({ vip: event.currentTarget.checked })}
      />
    </>
  );
}

function GroupField({ record, change }: PartProps<AnyRecord & { assignmentGroupId: Id | null }>) {
  const say = useWords('directory');
  return (
    <Combo
      label={say('group')}
      clearable
      value={record.assignmentGroupId}
      options={useOptions('team')}
      onChange={(assignmentGroupId) => change({ assignmentGroupId })}
    />
  );
}

function ParentField({ record, change }: PartProps<Category>) {
  const say = useWords('directory');
  const options = useOptions('category').filter((option) => option.value !== record.id);
  return (
    <Combo
      label={say('parent')}
      clearable
      value={record.parentId}
      options={options}
      onChange={(parentId) => change({ parentId })}
    />
  );
}

export interface RecordDialogProps {
  readonly list: ListName;
  readonly record: AnyRecord;
  readonly isNew: boolean;
  readonly onClose: () => void;
}

/** One record of the directory, new or to be changed. */
export function RecordDialog({ list, record, isNew, onClose }: RecordDialogProps) {
  const say = useWords('directory');
  const submit = useSubmit();
  const errors = useErrorWords();
  const offer = useUndoStore((state) => state.offer);
  const [edited, setEdited] = useState<AnyRecord>(record);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const change = (changes: Partial<AnyRecord>) => setEdited((was) => ({ ...was, ...changes }) as AnyRecord);
  const save = async () => {
    const name = edited.name.trim();
    if (name === '') return setTrouble(say('nameMissing'));
    setBusy(true);
    const args = { kind: kindOf(list), record: { ...edited, name } } as CommandArgs['directory.save'];
    const outcome = await submit('directory.save', args);
    setBusy(false);
    if (!outcome.ok) return setTrouble(errors.engine(outcome.error));
    offer({ sentence: say('saved', { name }), commandIds: [] });
    onClose();
  };
  return (
    <SmallDialog
      opened
      title={isNew ? say(`new.${list}`) : say('edit', { name: record.name })}
      confirm={say('save')}
      busy={busy}
      consequence={record.source === null ? undefined : say('source', { source: record.source })}
      onDismiss={onClose}
      onConfirm={() => void save()}
    >
      {trouble && <ErrorNote text={trouble} />}
      <TextInput
        label={say('name')}
        data-autofocus
        value={edited.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      {isPerson(edited) && <PersonFields record={edited} staff={list === 'staff'} change={change} />}
      {isCategory(edited) && <ParentField record={edited} change={change} />}
      {hasGroup(edited) && <GroupField record={edited} change={change} />}
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
