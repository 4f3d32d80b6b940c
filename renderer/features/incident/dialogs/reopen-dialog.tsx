import { Textarea } from '@mantine/core';
import { ErrorNote } from '#renderer/ui/error-note.tsx';
import { SmallDialog } from '#renderer/ui/small-dialog.tsx';
import { useWords } from '#renderer/words/words.ts';
import { readReopen } from './contents.schema.ts';
import { type DialogProps, useDialog } from './use-dialog.tsx';

const REFUSED = { byCode: { needsReason: 'reason' }, byArgument: { reason: 'reason' } } as const;

/** "Reopen incident": why it is not solved after all. */
export function ReopenDialog(props: DialogProps) {
  const { incident } = props.view;
  const say = useWords('incident');
  const dialog = useDialog(props, 'reopen', readReopen, REFUSED);
  if (!dialog) return null;
  const { content, change } = dialog.kept;
  const who = incident.resolution?.by ?? incident.assignedToId ?? incident.assignmentGroupId;
  const confirm = () => {
    const reason = content.reason.trim();
    if (reason === '') return dialog.refuse('needsReason');
    void dialog.finish('incident.reopen', { incidentId: incident.id, reason });
  };
  return (
    <SmallDialog
      opened
      title={say('dialog.reopen.title')}
      onDismiss={props.onDismiss}
      confirm={say('dialog.reopen.confirm')}
      onConfirm={confirm}
      busy={dialog.busy}
      refusal={dialog.refused.refusal}
      consequence={who === null ? undefined : say('dialog.reopen.hint', { who: props.nameOf(who) })}
    >
      {dialog.restored}
      <Textarea
        label={say('dialog.reopen.reason')}
        value={content.reason}
        error={dialog.refused.at('reason')}
        autosize
        minRows={2}
        maxRows={8}
        dir="auto"
        aria-required
        data-autofocus
        onChange={(event) => change({ reason: event.currentTarget.value })}
      />
      {dialog.refused.rest && <ErrorNote text={dialog.refused.rest} />}
    </SmallDialog>
  );
}
