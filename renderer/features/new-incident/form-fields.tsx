import { Textarea, TextInput } from '@mantine/core';
import { CHANNELS, LEVELS } from '#domain/incident/incident.ts';
import { DEFAULT_MATRIX, priorityOf } from '#domain/priority/matrix.ts';
import { useWatch } from '#renderer/platform/hooks.ts';
import { newId } from '#renderer/platform/ids.ts';
import { Combo } from '#renderer/ui/combo.tsx';
import { CallerCombo } from '#renderer/ui/incident-fields/caller-combo.tsx';
import { useDirectoryOptions } from '#renderer/ui/incident-fields/directory-options.ts';
import { oneOf, useEnumOptions } from '#renderer/ui/incident-fields/enum-options.ts';
import { useLevelOptions } from '#renderer/ui/incident-fields/level-options.ts';
import { PriorityStatus } from '#renderer/ui/incident-fields/priority-status.tsx';
import type { RefusedFields } from '#renderer/ui/incident-fields/refused-fields.tsx';
import { StaffCombo } from '#renderer/ui/incident-fields/staff-combo.tsx';
import { useWords } from '#renderer/words/words.ts';
import type { FormContent } from './form-content.ts';
import classes from './new-incident.module.css';
import { NewPersonFields } from './new-person-fields.tsx';
import type { FormField } from './refused-form.ts';

export interface FormFieldsProps {
  readonly form: FormContent;
  readonly onChange: (changes: Partial<FormContent>) => void;
  /** Name of the chosen caller, once it is known. */
  readonly callerName: string | null;
  readonly refused: RefusedFields<FormField>;
}

const levelOf = (value: string | null) => LEVELS.find((level) => String(level) === value);

/** Who called and how bad it is: the part that fits without scrolling. */
function CallerPart({ form, onChange, callerName, refused }: FormFieldsProps) {
  const say = useWords('new-incident');
  const field = useWords('incident');
  const matrix = useWatch('matrix', {}) ?? DEFAULT_MATRIX;
  const impacts = useLevelOptions('impact');
  const urgencies = useLevelOptions('urgency');
  const choose = (kind: 'impact' | 'urgency') => (value: string | null) => {
    const level = levelOf(value);
    if (level) onChange({ [kind]: level, assumed: false });
  };
  return (
    <>
      {form.newCaller ? (
        <NewPersonFields
          person={form.newCaller}
          onChange={(changes) => form.newCaller && onChange({ newCaller: { ...form.newCaller, ...changes } })}
          onCancel={() => onChange({ newCaller: null })}
        />
      ) : (
        <CallerCombo
          className={classes.wide}
          value={form.callerId}
          valueLabel={callerName}
          error={refused.at('caller')}
          initialText={form.callerId === null ? form.callerText : ''}
          placeholder={say('callerPlaceholder')}
          clearable
          autoFocus
          onTyped={(callerText) => onChange({ callerText })}
          onChange={(callerId) => onChange({ callerId, callerText: '', newCaller: null })}
          onNewPerson={(name) =>
            onChange({ newCaller: { personId: newId(), name, phone: '' }, callerId: null, callerText: '' })
          }
        />
      )}
      <TextInput
        className={classes.wide}
        label={field('field.shortDescription')}
        value={form.shortDescription}
        maxLength={255}
        dir="auto"
        aria-required
        error={refused.at('shortDescription')}
        onChange={(event) => onChange({ shortDescription: event.currentTarget.value })}
      />
      <Combo
        label={field('field.impact')}
        value={String(form.impact)}
        options={impacts}
        digits
        onChange={choose('impact')}
      />
      <Combo
        label={field('field.urgency')}
        value={String(form.urgency)}
        options={urgencies}
        digits
        onChange={choose('urgency')}
      />
      <div className={classes.priorityRow}>
        <PriorityStatus
          priority={priorityOf(matrix, form.impact, form.urgency)}
          impact={form.impact}
          urgency={form.urgency}
        />
        {form.assumed && <span className={classes.quiet}>{field('assumed')}</span>}
      </div>
    </>
  );
}

/** Every field of the form, in the order Tab goes through them. */
export function FormFields(props: FormFieldsProps) {
  const { form, onChange, refused } = props;
  const say = useWords('new-incident');
  const field = useWords('incident');
  const categories = useDirectoryOptions('category');
  const services = useDirectoryOptions('service');
  const items = useDirectoryOptions('configurationItem');
  const groups = useDirectoryOptions('team');
  const channels = useEnumOptions('channel');
  return (
    <>
      <CallerPart {...props} />
      <Combo
        label={field('field.model')}
        value={null}
        options={[]}
        placeholder={say('modelNone')}
        onChange={() => undefined}
      />
      <Combo
        label={field('field.category')}
        value={form.categoryId}
        error={refused.at('category')}
        options={categories}
        clearable
        onChange={(categoryId) => onChange({ categoryId })}
      />
      <Combo
        label={field('field.service')}
        value={form.serviceId}
        error={refused.at('service')}
        options={services}
        clearable
        onChange={(serviceId) => onChange({ serviceId })}
      />
      <Combo
        label={field('field.configurationItem')}
        value={form.configurationItemId}
        error={refused.at('configurationItem')}
        options={items}
        clearable
        onChange={(configurationItemId) => onChange({ configurationItemId })}
      />
      <Combo
        label={field('field.assignmentGroup')}
        value={form.assignmentGroupId}
        error={refused.at('assignmentGroup')}
        options={groups}
        clearable
        onChange={(assignmentGroupId) => onChange({ assignmentGroupId })}
      />
      <StaffCombo
        label={field('field.assignedTo')}
        value={form.assignedToId}
        error={refused.at('assignedTo')}
        groupId={form.assignmentGroupId}
        clearable
        onChange={(assignedToId) => onChange({ assignedToId })}
      />
      <Textarea
        className={classes.wide}
        label={field('field.description')}
        value={form.description}
        error={refused.at('description')}
        dir="auto"
        autosize
        minRows={3}
        maxRows={10}
        onChange={(event) => onChange({ description: event.currentTarget.value })}
      />
      <Combo
        label={field('field.channel')}
        value={form.channel}
        options={channels}
        onChange={(value) => onChange({ channel: oneOf(CHANNELS, value) ?? form.channel })}
      />
    </>
  );
}
