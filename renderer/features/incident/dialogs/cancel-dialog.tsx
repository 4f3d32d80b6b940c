import { TextInput } from '@mantine/core';
import { CANCEL_REASONS } from '#domain/incident/incident.ts';
import { Combo } from '#renderer/ui/combo.tsx';
import { ErrorNote } from '#renderer/ui/error-note.tsx';
import { oneOf, useEnumOptions } from '#renderer/ui/incident-fields/enum-options.ts';
import { SmallDialog } from '#renderer/ui/small-dialog.tsx';
import { useWords } from '#renderer/words/words.ts';
import { readCancel } from './contents.schema.ts';
import { type DialogProps, useDialog } from './use-dialog.tsx';

const REFUSED = { byCode: { needsReason: 'reason' }, byArgument: { detail: 'detail' } } as const;

/** "Cancel incident": it should never have been, was withdrawn, is spam, or belongs to another desk. */
export function CancelDialog(props: DialogProps) {
  const { incident } = props.view;
  const say = useWords('incident');
  const dialog = useDialog(props, 'cancel', readCancel, REFUSED);
  const reasons = useEnumOptions('cancelReason');
  if (!dialog) return null;
  const { content, change } = dialog.kept;
  const confirm = () => {
    const { reason, detail } = content;
    if (reason === null) return dialog.refuse('needsReason');
    const more = detail.trim();
    void dialog.finish('incident.cancel', { incidentId: incident.id, reason, ...(more && { detail: more }) });
  };
  return (
    <SmallDialog
      opened
      title={say('dialog.cancel.title')}
      onDismiss={props.onDismiss}
      confirm={say('dialog.cancel.confirm')}
      onConfirm={confirm}
      busy={dialog.busy}
      refusal={dialog.refused.refusal}
      danger
      consequence={say('dialog.cancel.hint')}
      leave={say('dialog.cancel.keep')}
    >
      {dialog.restored}
      <Combo
        label={say('dialog.cancel.reason')}
        value={content.reason}
        options={reasons}
        error={dialog.refused.at('reason')}
        autoFocus
        required
        onChange={(value) => change({ reason: oneOf(CANCEL_REASONS, value) })}
      />
      <TextInput
        label={say(content.reason === 'anotherDesk' ? 'dialog.cancel.desk' : 'dialog.cancel.detail')}
        value={content.detail}
        error={dialog.refused.at('detail')}
        dir="auto"
        onChange={(event) => change({ detail: event.currentTarget.value })}
      />
      {dialog.refused.rest && <ErrorNote text={dialog.refused.rest} />}
    </SmallDialog>
  );
}
