import { Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { QueueRow } from '#contracts/engine/protocol.ts';
import type { RefusalCode } from '#domain/command/command.ts';
import { HOLD_REASONS, type HoldReason } from '#domain/incident/incident.ts';
import { useWatch } from '#renderer/platform/hooks.ts';
import { Combo } from '#renderer/ui/combo.tsx';
import { ErrorNote } from '#renderer/ui/error-note.tsx';
import { useErrorWords } from '#renderer/ui/error-words.ts';
import { SmallDialog } from '#renderer/ui/small-dialog.tsx';
import { useWords } from '#renderer/words/words.ts';
import type { BulkDetails } from './bulk.ts';

export interface BulkDialogProps<D extends keyof BulkDetails> {
  readonly rows: readonly QueueRow[];
  readonly refusal: string | null;
  readonly onDismiss: () => void;
  readonly onConfirm: (details: BulkDetails[D]) => void;
}

/** What the desk refused, or what is missing before it can be asked at all. */
function useRefusal(refusal: string | null, missing: RefusalCode | null) {
  const errors = useErrorWords();
  const [asked, setAsked] = useState(false);
  const lacks = asked && missing !== null ? errors.refusal({ code: missing }) : null;
  /** Runs `send` once nothing is missing; otherwise says what is. */
  const when = (send: () => void) => () => (missing === null ? send() : setAsked(true));
  return { text: lacks ?? refusal, when };
}

/** Which incidents it is about, said above the button. */
export const useFor = (rows: readonly QueueRow[]) =>
  useWords('queue')('dialog.for', { count: rows.length, number: rows[0]?.number ?? '' });

/** "Transfer" for one or many. */
export function TransferDialog({ rows, refusal, onDismiss, onConfirm }: BulkDialogProps<'transfer'>) {
  const say = useWords('queue');
  const teams = useWatch('directory', { kind: 'team' }) ?? [];
  const people = useWatch('people', { text: '', limit: 500, staff: true }) ?? [];
  const [group, setGroup] = useState<string | null>(null);
  const [person, setPerson] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const trouble = useRefusal(refusal, group === null ? 'needsGroup' : null);
  const staff = people.filter((each) => group === null || each.teamIds.includes(group));
  return (
    <SmallDialog
      opened
      title={say('dialog.transferTitle')}
      confirm={say('dialog.transferConfirm')}
      consequence={useFor(rows)}
      onDismiss={onDismiss}
      onConfirm={trouble.when(() =>
        onConfirm({ assignmentGroupId: group ?? '', note: note.trim(), ...(person ? { assignedToId: person } : {}) }),
      )}
    >
      {trouble.text && <ErrorNote text={trouble.text} />}
      <Combo
        label={say('dialog.assignmentGroup')}
        autoFocus
        required
        value={group}
        options={teams.filter((team) => team.active).map((team) => ({ value: team.id, label: team.name }))}
        onChange={(value) => {
          setGroup(value);
          setPerson(null);
        }}
      />
      <Combo
        label={say('dialog.assignedTo')}
        clearable
        value={person}
        options={staff.map((each) => ({
          value: each.id,
          label: each.name,
          ...(each.siteName ? { detail: each.siteName } : {}),
        }))}
        onChange={setPerson}
      />
      <Textarea
        label={say('dialog.handOverNote')}
        minRows={3}
        autosize
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </SmallDialog>
  );
}

/** "Put on hold" for one or many. What a reason needs besides is asked for, not guessed. */
export function HoldDialog({ rows, refusal, onDismiss, onConfirm }: BulkDialogProps<'hold'>) {
  const say = useWords('queue');
  const common = useWords('common');
  const [reason, setReason] = useState<HoldReason | null>(null);
  const [until, setUntil] = useState('');
  const [reply, setReply] = useState('');
  const [vendor, setVendor] = useState('');
  const [approver, setApprover] = useState('');
  const note = useRefusal(refusal, reason === null ? 'needsHoldReason' : null);
  const confirm = () => {
    if (reason === null) return;
    const at = until === '' ? Number.NaN : new Date(until).getTime();
    onConfirm({ reason, reply, vendor, approver, ...(Number.isNaN(at) ? {} : { until: at }) });
  };
  return (
    <SmallDialog
      opened
      title={say('dialog.holdTitle')}
      confirm={say('dialog.holdConfirm')}
      consequence={useFor(rows)}
      onDismiss={onDismiss}
      onConfirm={note.when(confirm)}
    >
      {note.text && <ErrorNote text={note.text} />}
      <Combo
        label={say('dialog.holdReason')}
        autoFocus
        required
        value={reason}
        options={HOLD_REASONS.map((each) => ({ value: each, label: common(`holdReason.${each}`) }))}
        onChange={(value) => setReason(HOLD_REASONS.find((each) => each === value) ?? null)}
      />
      <TextInput
        label={say('dialog.until')}
        type="datetime-local"
        description={say('dialog.untilHint')}
        value={until}
        onChange={(event) => setUntil(event.currentTarget.value)}
      />
      {reason === 'awaitingCaller' && (
        <Textarea
          label={say('dialog.reply')}
          description={rows.length > 1 ? say('dialog.replyHint') : undefined}
          minRows={3}
          autosize
          aria-required
          value={reply}
          onChange={(event) => setReply(event.currentTarget.value)}
        />
      )}
      {reason === 'awaitingVendor' && (
        <TextInput
          label={say('dialog.vendor')}
          aria-required
          value={vendor}
          onChange={(event) => setVendor(event.currentTarget.value)}
        />
      )}
      {reason === 'awaitingApproval' && (
        <TextInput
          label={say('dialog.approver')}
          aria-required
          value={approver}
          onChange={(event) => setApprover(event.currentTarget.value)}
        />
      )}
    </SmallDialog>
  );
}
