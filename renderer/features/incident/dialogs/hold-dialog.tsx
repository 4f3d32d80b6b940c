import { Checkbox, Textarea, TextInput } from '@mantine/core';
import { defaultUntil } from '#domain/command/deciders/hold.ts';
import { HOLD_REASONS, type HoldReason } from '#domain/incident/incident.ts';
import { type HoldContent, readHold } from '#renderer/drafts/dialog-contents.schema.ts';
import { newId } from '#renderer/platform/ids.ts';
import { Combo } from '#renderer/ui/combo.tsx';
import { DateTimeField } from '#renderer/ui/date-time-field.tsx';
import { ErrorNote } from '#renderer/ui/error-note.tsx';
import { oneOf, useEnumOptions } from '#renderer/ui/incident-fields/enum-options.ts';
import type { RefusedFields } from '#renderer/ui/incident-fields/refused-fields.tsx';
import { fromLocalInput, toLocalInput } from '#renderer/ui/local-input.ts';
import { SmallDialog } from '#renderer/ui/small-dialog.tsx';
import { useTime } from '#renderer/ui/time.ts';
import { useWords } from '#renderer/words/words.ts';
import { type DialogProps, useDialog } from './use-dialog.tsx';

/** Holds that stop the clock of the resolution target (domain.md "Holds"). */
const PAUSING: readonly HoldReason[] = ['awaitingCaller', 'awaitingSiteAccess', 'awaitingApproval'];

const REFUSED = {
  byCode: {
    needsHoldReason: 'reason',
    needsUntilInFuture: 'until',
    needsReplyOrCall: 'reply',
    needsVendor: 'vendor',
    needsApprover: 'approver',
  },
  byArgument: {
    'reply.body': 'reply',
    body: 'reply',
    'vendor.name': 'vendor',
    'vendor.reference': 'vendorReference',
    approver: 'approver',
  },
} as const;
type HoldField = 'reason' | 'until' | 'reply' | 'vendor' | 'vendorReference' | 'approver';

interface PartProps {
  readonly content: HoldContent;
  readonly onChange: (changes: Partial<HoldContent>) => void;
  readonly refused: RefusedFields<HoldField>;
  /** The incident waits for its caller as it is: they were told when that began. */
  readonly awaited: boolean;
}

/** What only one reason asks for: the vendor's name, or who approves. */
function ReasonPart({ content, onChange, refused }: Omit<PartProps, 'awaited'>) {
  const say = useWords('incident');
  if (content.reason === 'awaitingVendor') {
    return (
      <>
        <TextInput
          label={say('dialog.hold.vendor')}
          value={content.vendor}
          error={refused.at('vendor')}
          maxLength={200}
          required
          onChange={(event) => onChange({ vendor: event.currentTarget.value })}
        />
        <TextInput
          label={say('dialog.hold.vendorReference')}
          value={content.vendorReference}
          error={refused.at('vendorReference')}
          maxLength={200}
          onChange={(event) => onChange({ vendorReference: event.currentTarget.value })}
        />
      </>
    );
  }
  if (content.reason !== 'awaitingApproval') return null;
  return (
    <TextInput
      label={say('dialog.hold.approver')}
      value={content.approver}
      error={refused.at('approver')}
      maxLength={200}
      required
      onChange={(event) => onChange({ approver: event.currentTarget.value })}
    />
  );
}

/** What the caller is told: a reply they can read, or what was said on the telephone. */
function ReplyPart({ content, onChange, refused, awaited }: PartProps) {
  const say = useWords('incident');
  const needed = content.byCall ? 'dialog.hold.callNeeded' : 'dialog.hold.replyNeeded';
  const hint = content.reason === 'awaitingCaller' && (awaited ? 'dialog.hold.replyOptional' : needed);
  return (
    <>
      <Textarea
        label={say(content.byCall ? 'dialog.hold.callNotes' : 'dialog.hold.reply')}
        description={hint && !refused.at('reply') ? say(hint) : undefined}
        value={content.reply}
        error={refused.at('reply')}
        autosize
        minRows={2}
        maxRows={8}
        dir="auto"
        onChange={(event) => onChange({ reply: event.currentTarget.value })}
      />
      <Checkbox
        label={say('dialog.hold.call')}
        checked={content.byCall}
        onChange={(event) => onChange({ byCall: event.currentTarget.checked })}
      />
    </>
  );
}

/** "Put on hold": why, until when, and what the caller is told. Over a held incident it changes the hold. */
export function HoldDialog(props: DialogProps) {
  const { incident } = props.view;
  const say = useWords('incident');
  const common = useWords('common');
  const { reader, now, dateAndTime, relative } = useTime();
  const dialog = useDialog(props, 'hold', readHold, REFUSED);
  const reasons = useEnumOptions('holdReason');
  if (!dialog) return null;
  const { content, change } = dialog.kept;
  const usual = content.reason === null ? null : defaultUntil(content.reason, now, reader.zone);
  const until = content.until === '' ? usual : fromLocalInput(content.until, reader.zone);
  const body = content.reply.trim();

  const confirm = async () => {
    const { reason } = content;
    if (reason === null) return dialog.refuse('needsHoldReason');
    const entryId = content.callEntryId ?? newId();
    if (content.byCall && body && content.callEntryId === null) {
      const call = { incidentId: incident.id, entryId, body };
      const logged = await props.commands.run('incident.logCall', call, { quiet: true });
      if (!logged.ok) return dialog.fail(logged.error);
      change({ callEntryId: entryId });
    }
    await dialog.finish(
      'incident.hold',
      {
        incidentId: incident.id,
        reason,
        ...(content.until !== '' && until !== null && { until }),
        ...(body && (content.byCall ? { callEntryId: entryId } : { reply: { entryId, body } })),
        ...(content.vendor.trim() && {
          vendor: { name: content.vendor.trim(), reference: content.vendorReference.trim() || null },
        }),
        ...(content.approver.trim() && { approver: content.approver.trim() }),
      },
      say('deed.held'),
    );
  };
  const current = incident.hold;
  return (
    <SmallDialog
      opened
      title={say('dialog.hold.title')}
      onDismiss={props.onDismiss}
      confirm={say('dialog.hold.confirm')}
      onConfirm={() => void confirm()}
      busy={dialog.busy}
      refusal={dialog.refused.refusal}
      consequence={body && !content.byCall ? say('dialog.hold.replyEffect') : undefined}
    >
      {dialog.restored}
      {current?.reason && (
        <p>
          {say('dialog.hold.current', {
            reason: common(`holdReason.${current.reason}`),
            until: current.until === null ? '' : dateAndTime(current.until),
          })}
        </p>
      )}
      <Combo
        label={say('dialog.hold.reason')}
        value={content.reason}
        options={reasons}
        error={dialog.refused.at('reason')}
        autoFocus
        required
        description={
          content.reason === null
            ? undefined
            : say(PAUSING.includes(content.reason) ? 'dialog.hold.pauses' : 'dialog.hold.runs')
        }
        onChange={(value) => change({ reason: oneOf(HOLD_REASONS, value) })}
      />
      <ReasonPart content={content} onChange={change} refused={dialog.refused} />
      <DateTimeField
        label={say('dialog.hold.until')}
        // The field writes dates as the system does: here is what it means, written as everywhere else.
        description={
          until !== null && say('dialog.hold.untilEcho', { when: dateAndTime(until), relative: relative(until) })
        }
        error={dialog.refused.at('until')}
        value={content.until || (usual === null ? '' : toLocalInput(usual, reader.zone))}
        onChange={(text) => change({ until: text })}
      />
      <ReplyPart
        content={content}
        onChange={change}
        refused={dialog.refused}
        awaited={current?.reason === 'awaitingCaller'}
      />
      {dialog.refused.rest && <ErrorNote text={dialog.refused.rest} />}
    </SmallDialog>
  );
}
