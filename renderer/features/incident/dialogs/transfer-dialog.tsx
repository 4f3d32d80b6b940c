import { Button, Checkbox, Textarea } from '@mantine/core';
import { useEffect } from 'react';
import type { Id } from '#domain/activity/activity.ts';
import { previousGroupOf } from '#domain/command/deciders/transfer.ts';
import { readTransfer } from '#renderer/drafts/dialog-contents.schema.ts';
import { useWatch } from '#renderer/platform/hooks.ts';
import { Combo } from '#renderer/ui/combo.tsx';
import { ErrorNote } from '#renderer/ui/error-note.tsx';
import { useDirectoryOptions } from '#renderer/ui/incident-fields/directory-options.ts';
import { StaffCombo } from '#renderer/ui/incident-fields/staff-combo.tsx';
import { SmallDialog } from '#renderer/ui/small-dialog.tsx';
import { useWords } from '#renderer/words/words.ts';
import { type DialogProps, useDialog } from './use-dialog.tsx';

const REFUSED = {
  byCode: {
    needsGroup: 'group',
    nothingChanged: 'group',
    ownerNotInGroup: 'owner',
    needsHandOverNote: 'note',
  },
  byArgument: { assignmentGroupId: 'group', assignedToId: 'owner', note: 'note' },
} as const;

export interface TransferDialogProps extends DialogProps {
  /** A group already chosen elsewhere on the screen. */
  readonly groupId: Id | null;
}

/** Says who will have it afterwards: the owner who may stay, or nobody until somebody picks it up. */
function useOwnerSentence(props: TransferDialogProps, groupId: Id | null, ownerId: Id | null): string | undefined {
  const { incident } = props.view;
  const say = useWords('incident');
  const people = useWatch('people', { text: '', limit: 200, staff: true });
  if (groupId === null || ownerId !== null || incident.assignedToId === null) return undefined;
  const owner = people?.find((person) => person.id === incident.assignedToId);
  const stays = owner?.teamIds.includes(groupId) === true;
  return stays
    ? say('dialog.transfer.keepsOwner', { owner: props.nameOf(incident.assignedToId) })
    : say('dialog.transfer.losesOwner');
}

/** "Transfer": to which group, perhaps to whom, and what they must know; or back to where it came from. */
export function TransferDialog(props: TransferDialogProps) {
  const { incident, timeline } = props.view;
  const { groupId: chosenBefore } = props;
  const say = useWords('incident');
  const dialog = useDialog(props, 'transfer', readTransfer, REFUSED);
  const groups = useDirectoryOptions('team');
  const content = dialog?.kept.content;
  const ownerSentence = useOwnerSentence(props, content?.groupId ?? null, content?.ownerId ?? null);
  const change = dialog?.kept.change;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was chosen before the dialog opened is taken once, when its draft is there
  useEffect(() => {
    if (chosenBefore !== null) change?.({ groupId: chosenBefore, ownerId: null });
  }, [chosenBefore, dialog === null]);
  if (!dialog || !content || !change) return null;

  const previous = previousGroupOf(timeline, incident);
  const begun = incident.startedAt !== null;
  const send = (groupId: Id | null, sendBack: boolean) => {
    const note = content.note.trim();
    if (groupId === null) return dialog.refuse('needsGroup');
    if (note === '' && (begun || sendBack)) return dialog.refuse('needsHandOverNote');
    void dialog.finish(
      'incident.transfer',
      {
        incidentId: incident.id,
        assignmentGroupId: groupId,
        note,
        from: { assignmentGroupId: incident.assignmentGroupId, assignedToId: incident.assignedToId },
        ...(!sendBack && content.ownerId !== null && { assignedToId: content.ownerId }),
        ...(content.warm && { warm: true }),
        ...(sendBack && { sendBack: true }),
      },
      say('deed.transferred', { group: groups.find((each) => each.value === groupId)?.label ?? '' }),
    );
  };
  return (
    <SmallDialog
      opened
      title={say('dialog.transfer.title')}
      onDismiss={props.onDismiss}
      confirm={say('dialog.transfer.confirm')}
      onConfirm={() => send(content.groupId, false)}
      busy={dialog.busy}
      refusal={dialog.refused.refusal}
      consequence={[
        ownerSentence,
        previous !== null && say('dialog.transfer.sendBackTo', { group: props.nameOf(previous) }),
      ]
        .filter(Boolean)
        .join(' ')}
      actions={
        previous !== null && <Button onClick={() => send(previous, true)}>{say('dialog.transfer.sendBack')}</Button>
      }
    >
      {dialog.restored}
      <Combo
        label={say('dialog.transfer.group')}
        value={content.groupId}
        options={groups}
        error={dialog.refused.at('group')}
        autoFocus={chosenBefore === null}
        required
        onChange={(groupId) => change({ groupId, ownerId: null })}
      />
      <StaffCombo
        label={say('dialog.transfer.owner')}
        value={content.ownerId}
        error={dialog.refused.at('owner')}
        groupId={content.groupId}
        clearable
        onChange={(ownerId) => change({ ownerId })}
      />
      <Textarea
        label={say('dialog.transfer.note')}
        description={say(begun ? 'dialog.transfer.noteNeeded' : 'dialog.transfer.noteOptional')}
        value={content.note}
        error={dialog.refused.at('note')}
        autosize
        minRows={2}
        maxRows={8}
        dir="auto"
        aria-required={begun}
        data-autofocus={chosenBefore !== null || undefined}
        onChange={(event) => change({ note: event.currentTarget.value })}
      />
      <Checkbox
        label={say('dialog.transfer.warm')}
        checked={content.warm}
        onChange={(event) => change({ warm: event.currentTarget.checked })}
      />
      {dialog.refused.rest && <ErrorNote text={dialog.refused.rest} />}
    </SmallDialog>
  );
}
