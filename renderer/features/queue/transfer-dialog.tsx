import { Checkbox, Textarea } from '@mantine/core';
import { readTransfer } from '#renderer/drafts/dialog-contents.schema.ts';
import { useWatch } from '#renderer/platform/hooks.ts';
import { Combo } from '#renderer/ui/combo.tsx';
import { ErrorNote } from '#renderer/ui/error-note.tsx';
import { SmallDialog } from '#renderer/ui/small-dialog.tsx';
import { useWords } from '#renderer/words/words.ts';
import { fits } from './bulk.ts';
import { type BulkDialogProps, useBulkDialog, useFor } from './bulk-dialog.tsx';

const REFUSED = { byCode: { needsGroup: 'group', needsHandOverNote: 'note' } } as const;

/** "Transfer" for one or many. If work has begun on any of them, the note is asked for before anything is moved. */
export function TransferDialog(props: BulkDialogProps<'transfer'>) {
  const { rows } = props;
  const say = useWords('queue');
  const incident = useWords('incident');
  const teams = useWatch('directory', { kind: 'team' }) ?? [];
  const people = useWatch('people', { text: '', limit: 500, staff: true }) ?? [];
  const dialog = useBulkDialog(props, 'transfer', readTransfer, REFUSED);
  const consequence = useFor('transfer', rows, dialog?.now);
  if (!dialog) return null;
  const { content, change, now, refused } = dialog;
  const { groupId, ownerId } = content;
  const begun = now?.filter((row) => row.begun && fits('transfer', row)).length ?? 0;
  const staff = people.filter((each) => groupId === null || each.teamIds.includes(groupId));
  const confirm = () => {
    const note = content.note.trim();
    if (groupId === null) return dialog.refuse('needsGroup');
    if (begun > 0 && note === '') return dialog.refuse('needsHandOverNote');
    const details = { assignmentGroupId: groupId, note, ...(ownerId && { assignedToId: ownerId }) };
    props.onConfirm({ ...details, ...(content.warm && { warm: true }) }, dialog.typing);
  };
  return (
    <SmallDialog
      opened
      title={say('dialog.transferTitle')}
      confirm={say('dialog.transferConfirm')}
      confirmDisabled={now === undefined}
      busy={props.busy}
      refusal={refused.refusal}
      consequence={consequence}
      onDismiss={props.onDismiss}
      onConfirm={confirm}
    >
      {dialog.restored}
      <Combo
        label={say('dialog.assignmentGroup')}
        autoFocus
        required
        value={groupId}
        error={refused.at('group')}
        options={teams.filter((team) => team.active).map((team) => ({ value: team.id, label: team.name }))}
        onChange={(value) => change({ groupId: value, ownerId: null })}
      />
      <Combo
        label={say('dialog.assignedTo')}
        clearable
        value={ownerId}
        options={staff.map((each) => ({
          value: each.id,
          label: each.name,
          ...(each.siteName ? { detail: each.siteName } : {}),
        }))}
        onChange={(value) => change({ ownerId: value })}
      />
      <Textarea
        label={say('dialog.handOverNote')}
        description={begun > 0 ? say('dialog.handOverNeeded', { count: begun, total: rows.length }) : undefined}
        aria-required={begun > 0}
        minRows={3}
        maxRows={10}
        autosize
        dir="auto"
        value={content.note}
        error={refused.at('note')}
        onChange={(event) => change({ note: event.currentTarget.value })}
      />
      <Checkbox
        label={incident('dialog.transfer.warm')}
        checked={content.warm}
        onChange={(event) => change({ warm: event.currentTarget.checked })}
      />
      {refused.rest && <ErrorNote text={refused.rest} />}
    </SmallDialog>
  );
}
