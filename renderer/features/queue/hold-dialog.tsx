import { Checkbox, Textarea, TextInput } from '@mantine/core';
import type { Instant } from '#domain/activity/activity.ts';
import type { RefusalCode } from '#domain/command/command.ts';
import { HOLD_REASONS } from '#domain/incident/incident.ts';
import { type HoldContent, readHold } from '#renderer/drafts/dialog-contents.schema.ts';
import { useSubmit } from '#renderer/platform/hooks.ts';
import { newId } from '#renderer/platform/ids.ts';
import { Combo } from '#renderer/ui/combo.tsx';
import { DateTimeField } from '#renderer/ui/date-time-field.tsx';
import { ErrorNote } from '#renderer/ui/error-note.tsx';
import { oneOf, useEnumOptions } from '#renderer/ui/incident-fields/enum-options.ts';
import type { RefusedFields } from '#renderer/ui/incident-fields/refused-fields.tsx';
import { fromLocalInput } from '#renderer/ui/local-input.ts';
import { SmallDialog } from '#renderer/ui/small-dialog.tsx';
import { useTime } from '#renderer/ui/time.ts';
import { useWords } from '#renderer/words/words.ts';
import { type BulkDialogProps, useBulkDialog, useFor } from './bulk-dialog.tsx';
import type { SelectedRow } from './grid-state.ts';

const REFUSED = {
  byCode: {
    needsHoldReason: 'reason',
    needsUntilInFuture: 'until',
    needsReplyOrCall: 'reply',
    needsVendor: 'vendor',
    needsApprover: 'approver',
  },
} as const;
type HoldField = (typeof REFUSED.byCode)[keyof typeof REFUSED.byCode];

/**
 * What would be refused for at least one of several incidents, known before the first is touched. Of a single one only
 * the engine knows: its former hold, or itself, may name the vendor or the approver.
 */
function missingFor(content: HoldContent, until: Instant | null, rows: readonly SelectedRow[]): RefusalCode | null {
  const { reason } = content;
  if (reason === null) return 'needsHoldReason';
  if (until !== null && until <= Date.now()) return 'needsUntilInFuture';
  if (rows.length === 1) return null;
  const blank = (text: string) => text.trim() === '';
  if (reason === 'awaitingCaller' && blank(content.reply)) return 'needsReplyOrCall';
  if (reason === 'awaitingVendor' && blank(content.vendor)) return 'needsVendor';
  return reason === 'awaitingApproval' && blank(content.approver) ? 'needsApprover' : null;
}

interface PartProps {
  readonly content: HoldContent;
  readonly change: (changes: Partial<HoldContent>) => void;
  readonly refused: RefusedFields<HoldField>;
  readonly count: number;
}

/** What only this reason needs; it is asked for, not guessed. */
function ReasonPart({ content, change, refused, count }: PartProps) {
  const say = useWords('queue');
  const incident = useWords('incident');
  switch (content.reason) {
    case 'awaitingCaller':
      return (
        <>
          <Textarea
            label={content.byCall ? incident('dialog.hold.callNotes') : say('dialog.reply')}
            description={count > 1 ? say('dialog.replyHint') : undefined}
            minRows={3}
            maxRows={10}
            autosize
            aria-required
            dir="auto"
            value={content.reply}
            error={refused.at('reply')}
            onChange={(event) => change({ reply: event.currentTarget.value })}
          />
          {count === 1 && (
            <Checkbox
              label={incident('dialog.hold.call')}
              checked={content.byCall}
              onChange={(event) => change({ byCall: event.currentTarget.checked })}
            />
          )}
        </>
      );
    case 'awaitingVendor':
      return (
        <>
          <TextInput
            label={say('dialog.vendor')}
            aria-required
            maxLength={200}
            value={content.vendor}
            error={refused.at('vendor')}
            onChange={(event) => change({ vendor: event.currentTarget.value })}
          />
          <TextInput
            label={incident('dialog.hold.vendorReference')}
            maxLength={200}
            value={content.vendorReference}
            onChange={(event) => change({ vendorReference: event.currentTarget.value })}
          />
        </>
      );
    case 'awaitingApproval':
      return (
        <TextInput
          label={say('dialog.approver')}
          aria-required
          maxLength={200}
          value={content.approver}
          error={refused.at('approver')}
          onChange={(event) => change({ approver: event.currentTarget.value })}
        />
      );
    default:
      return null;
  }
}

/** "Put on hold" for one or many. */
export function HoldDialog(props: BulkDialogProps<'hold'>) {
  const { rows } = props;
  const say = useWords('queue');
  const submit = useSubmit();
  const { reader } = useTime();
  const reasons = useEnumOptions('holdReason');
  const dialog = useBulkDialog(props, 'hold', readHold, REFUSED);
  const consequence = useFor('hold', rows, dialog?.now);
  if (!dialog) return null;
  const { content, change, refused } = dialog;

  /** The call that stands for a reply, written down before the hold and only once. */
  const logCall = async (): Promise<string | null> => {
    if (content.callEntryId !== null) return content.callEntryId;
    const entryId = newId();
    const outcome = await submit('incident.logCall', {
      incidentId: rows[0]?.id ?? '',
      entryId,
      body: content.reply.trim(),
    });
    if (!outcome.ok) {
      dialog.fail(outcome.error);
      return null;
    }
    change({ callEntryId: entryId });
    return entryId;
  };
  const confirm = async () => {
    const until = fromLocalInput(content.until, reader.zone);
    const missing = missingFor(content, until, rows);
    const { reason, vendor, vendorReference, approver } = content;
    if (missing !== null || reason === null) return dialog.refuse(missing ?? 'needsHoldReason');
    const asksCaller = reason === 'awaitingCaller' && content.reply.trim() !== '';
    const byCall = asksCaller && content.byCall && rows.length === 1;
    const callEntryId = byCall ? await logCall() : null;
    if (byCall && callEntryId === null) return;
    const details = {
      reason,
      vendor: reason === 'awaitingVendor' ? vendor : '',
      vendorReference,
      approver: reason === 'awaitingApproval' ? approver : '',
      reply: asksCaller ? content.reply : '',
      ...(until === null ? {} : { until }),
      ...(callEntryId === null ? {} : { callEntryId }),
    };
    props.onConfirm(details, dialog.typing);
  };
  return (
    <SmallDialog
      opened
      title={say('dialog.holdTitle')}
      confirm={say('dialog.holdConfirm')}
      busy={props.busy}
      refusal={refused.refusal}
      consequence={consequence}
      onDismiss={props.onDismiss}
      onConfirm={() => void confirm()}
    >
      {dialog.restored}
      <Combo
        label={say('dialog.holdReason')}
        autoFocus
        required
        value={content.reason}
        error={refused.at('reason')}
        options={reasons}
        onChange={(value) => change({ reason: oneOf(HOLD_REASONS, value) })}
      />
      <DateTimeField
        label={say('dialog.until')}
        description={say('dialog.untilHint')}
        value={content.until}
        error={refused.at('until')}
        onChange={(text) => change({ until: text })}
      />
      <ReasonPart content={content} change={change} refused={refused} count={rows.length} />
      {refused.rest && <ErrorNote text={refused.rest} />}
    </SmallDialog>
  );
}
