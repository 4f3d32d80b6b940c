import type { Activity, Id } from '#domain/activity/activity.ts';
import { asIncidentActivity, type IncidentActivity } from '#domain/incident/activities/registry.schema.ts';
import { type Attachment, attachmentsIn } from '#domain/incident/attachments.ts';
import type { Teller } from '#renderer/ui/incident-fields/field-values.ts';
import { changeLinesOf, unknownLines } from './describe.ts';
import type { AttachmentEntry, ChangeEntry, Entry, TextEntry, Withdrawal } from './entry.ts';
import { undoneLinesOf } from './undone.ts';

const TEXT_KINDS = {
  'incident.note': 'note',
  'incident.reply': 'reply',
  'incident.call': 'call',
  'incident.message': 'message',
} as const;
type TextActivity = Extract<IncidentActivity, { type: keyof typeof TEXT_KINDS }>;
const isText = (activity: IncidentActivity): activity is TextActivity => Object.hasOwn(TEXT_KINDS, activity.type);

const baseOf = (activity: Activity) => ({
  id: activity.id,
  seq: activity.seq,
  actor: activity.actor,
  occurredAt: activity.occurredAt,
  recordedAt: activity.recordedAt,
  observed: activity.origin === 'observed',
  lateReason: activity.lateReason ?? null,
  commandId: activity.cause?.commandId ?? null,
});

const textEntry = (activity: TextActivity, withdrawals: ReadonlyMap<Id, Withdrawal>): TextEntry => ({
  ...baseOf(activity),
  kind: TEXT_KINDS[activity.type],
  body: activity.payload.body,
  releaseAt: activity.type === 'incident.reply' ? activity.payload.releaseAt : null,
  withdrawn: withdrawals.get(activity.payload.entryId) ?? null,
});

/** What a row of a source may say that is a step of the incident's life, and never hides in a run of edits. */
const STEPS = ['state', 'holdReason', 'priority', 'assignmentGroupId', 'assignedToId', 'resolutionCode', 'resolvedAt'];

function isEdit(activity: IncidentActivity): boolean {
  if (activity.type === 'incident.changed') return activity.origin !== 'observed';
  return activity.type === 'incident.observed' && !STEPS.some((field) => field in activity.payload.changes);
}

const changeEntry = (activity: Activity, lines: readonly string[], fieldsOnly: boolean): ChangeEntry => ({
  ...baseOf(activity),
  kind: 'change',
  lines,
  fieldsOnly,
});

const attachmentEntry = (activity: Activity, attachment: Attachment): AttachmentEntry => ({
  ...baseOf(activity),
  kind: 'attachment',
  attachment,
});

/** The log of one incident as entries to read, in the log's order: nothing is left out, whatever its type. */
export function entriesOf(timeline: readonly Activity[], teller: Teller): readonly Entry[] {
  const known = timeline.map((activity) => ({ activity, typed: asIncidentActivity(activity) }));
  const withdrawals = new Map(
    known.flatMap(({ typed }): [Id, Withdrawal][] =>
      typed?.type === 'incident.replyWithdrawn'
        ? [[typed.payload.entryId, { by: typed.actor, at: typed.occurredAt }]]
        : [],
    ),
  );
  const attachments = new Map(attachmentsIn(timeline).map((attachment) => [attachment.id, attachment]));
  return known.flatMap(({ activity, typed }): Entry[] => {
    if (typed === null) return [changeEntry(activity, unknownLines(activity, teller), false)];
    if (isText(typed)) return [textEntry(typed, withdrawals)];
    if (typed.type === 'incident.attached' || typed.type === 'incident.detached') {
      const attachment = attachments.get(typed.payload.attachmentId);
      if (attachment && typed.type === 'incident.attached') return [attachmentEntry(typed, attachment)];
      if (attachment)
        return [changeEntry(typed, [teller.say('timeline.detachedName', { name: attachment.name })], false)];
    }
    const undone = undoneLinesOf(typed, timeline, teller);
    const lines = undone ?? changeLinesOf(typed, teller);
    // What was taken back is never hidden in a run: the edit above it would read as if it still held.
    const fieldsOnly = undone === null && isEdit(typed);
    return lines === null || lines.length === 0 ? [] : [changeEntry(activity, lines, fieldsOnly)];
  });
}
