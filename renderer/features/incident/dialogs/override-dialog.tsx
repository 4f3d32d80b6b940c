import { Button, Textarea } from '@mantine/core';
import { PRIORITIES, type Priority } from '#domain/incident/incident.ts';
import { Combo } from '#renderer/ui/combo.tsx';
import { ErrorNote } from '#renderer/ui/error-note.tsx';
import { SmallDialog } from '#renderer/ui/small-dialog.tsx';
import { useWords } from '#renderer/words/words.ts';
import { type OverrideContent, readOverride } from './contents.schema.ts';
import { type DialogProps, useDialog } from './use-dialog.tsx';

const REFUSED = {
  byCode: { needsReason: 'why', nothingChanged: 'value' },
  byArgument: { why: 'why', value: 'value' },
} as const;

const MODES = ['corrected', 'situationChanged'] as const satisfies readonly OverrideContent['mode'][];

/** "Override priority": another priority than the matrix gives, with a reason that stays visible. */
export function OverrideDialog(props: DialogProps) {
  const { incident } = props.view;
  const say = useWords('incident');
  const common = useWords('common');
  const dialog = useDialog(props, 'override', readOverride, REFUSED);
  if (!dialog) return null;
  const { content, change } = dialog.kept;
  const name = (priority: Priority) => common('priority.long', { priority, name: common(`priority.${priority}`) });
  const send = (value: Priority | null) => {
    const why = content.why.trim();
    if (why === '') return dialog.refuse('needsReason');
    const args = { incidentId: incident.id, value, why, mode: content.mode };
    void dialog.finish('incident.prioritise', args, say('deed.prioritised'));
  };
  return (
    <SmallDialog
      opened
      title={say('dialog.override.title')}
      onDismiss={props.onDismiss}
      confirm={say('dialog.override.confirm')}
      onConfirm={() => send(content.value ?? incident.priority)}
      busy={dialog.busy}
      refusal={dialog.refused.refusal}
      actions={incident.override && <Button onClick={() => send(null)}>{say('dialog.override.withdraw')}</Button>}
    >
      {dialog.restored}
      <Combo
        label={say('dialog.override.value')}
        description={say('dialog.override.matrix', {
          priority: incident.matrixPriority,
          name: common(`priority.${incident.matrixPriority}`),
        })}
        value={String(content.value ?? incident.priority)}
        options={PRIORITIES.map((priority) => ({ value: String(priority), label: name(priority) }))}
        error={dialog.refused.at('value')}
        digits
        autoFocus
        required
        onChange={(value) => change({ value: PRIORITIES.find((each) => String(each) === value) ?? null })}
      />
      <Textarea
        label={say('dialog.override.reason')}
        value={content.why}
        error={dialog.refused.at('why')}
        autosize
        minRows={2}
        maxRows={6}
        dir="auto"
        aria-required
        onChange={(event) => change({ why: event.currentTarget.value })}
      />
      <Combo
        label={say('dialog.override.mode')}
        value={content.mode}
        options={MODES.map((mode) => ({ value: mode, label: say(`dialog.override.${mode}`) }))}
        onChange={(value) => change({ mode: MODES.find((mode) => mode === value) ?? 'corrected' })}
      />
      {dialog.refused.rest && <ErrorNote text={dialog.refused.rest} />}
    </SmallDialog>
  );
}
