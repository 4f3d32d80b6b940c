import { Checkbox, Textarea, TextInput } from '@mantine/core';
import type { Id } from '#domain/activity/activity.ts';
import { type Category, type Person, ROLES, type Role } from '#domain/directory/directory.ts';
import { useWatch } from '#renderer/platform/hooks.ts';
import { Combo } from '#renderer/ui/combo.tsx';
import { useWords } from '#renderer/words/words.ts';
import { type AnyRecord, isPerson, type ListName } from './lists.ts';
import { TeamPicker } from './team-picker.tsx';

const orNull = (text: string): string | null => (text === '' ? null : text);
const isCategory = (record: AnyRecord): record is Category => 'parentId' in record;
const hasGroup = (record: AnyRecord): record is AnyRecord & { assignmentGroupId: Id | null } =>
  'assignmentGroupId' in record;

function useOptions(kind: 'site' | 'team') {
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

/** Two levels: what has parts of its own stays at the top, and only what is at the top can be chosen. */
function ParentField({ record, change }: PartProps<Category>) {
  const say = useWords('directory');
  const categories = (useWatch('directory', { kind: 'category' }) ?? []).filter(isCategory);
  const hasParts = categories.some((each) => each.parentId === record.id);
  const options = categories
    .filter((each) => each.active && each.parentId === null && each.id !== record.id)
    .map((each) => ({ value: each.id, label: each.name }));
  return (
    <Combo
      label={say('parent')}
      clearable
      disabled={hasParts}
      description={hasParts ? say('parentFixed') : undefined}
      value={record.parentId}
      options={options}
      onChange={(parentId) => change({ parentId })}
    />
  );
}

/** What a record of this list has besides its name. */
export function RecordFields({ record, list, change }: PartProps<AnyRecord> & { list: ListName }) {
  return (
    <>
      {isPerson(record) && <PersonFields record={record} staff={list === 'staff'} change={change} />}
      {isCategory(record) && <ParentField record={record} change={change} />}
      {hasGroup(record) && <GroupField record={record} change={change} />}
    </>
  );
}
