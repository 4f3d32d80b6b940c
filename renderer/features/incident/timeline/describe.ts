import type { Activity, Instant } from '#domain/activity/activity.ts';
import type { IncidentActivity } from '#domain/incident/activities/registry.schema.ts';
import type { Hold } from '#domain/incident/incident.ts';
import { assertNever } from '#domain/result.ts';
import {
  changeSentence,
  fieldLabel,
  isToldField,
  type Teller,
  type ToldField,
  valueWords,
} from '#renderer/ui/incident-fields/field-values.ts';
import { sourceColumnSentence } from './source-columns.ts';

type Payload<T extends IncidentActivity['type']> = Extract<IncidentActivity, { type: T }>['payload'];
type Changes = Readonly<Record<string, { readonly from: unknown; readonly to: unknown } | undefined>>;

/** Said only when a row of a source changed nothing else. */
const NOISE: readonly ToldField[] = ['modificationCount'];

function changeLines(changes: Changes, teller: Teller): string[] {
  const told = Object.entries(changes).flatMap(([field, change]) =>
    change && isToldField(field) ? [{ field, line: changeSentence(field, change.from, change.to, teller) }] : [],
  );
  const loud = told.filter(({ field }) => !NOISE.includes(field));
  return (loud.length > 0 ? loud : told).map(({ line }) => line);
}

function recordedLines(payload: Payload<'incident.recorded'>, teller: Teller): string[] {
  const { observed } = payload;
  const set = (field: ToldField, value: unknown) => {
    const to = valueWords(field, value, teller);
    return to === '' ? [] : [changeSentence(field, null, value, teller)];
  };
  if (observed) {
    const { callerId, assignmentGroupId, assignedToId } = payload;
    const first = { callerId, assignmentGroupId, assignedToId, ...observed.values };
    const values = Object.entries(first).flatMap(([field, value]) =>
      isToldField(field) && !NOISE.includes(field) && field !== 'shortDescription' ? set(field, value) : [],
    );
    return [teller.say('timeline.recordedObserved'), ...values];
  }
  return [
    teller.say('timeline.recorded', { channel: teller.common(`channel.${payload.channel}`) }),
    ...set('callerId', payload.callerId),
    ...set('assignmentGroupId', payload.assignmentGroupId),
    ...set('assignedToId', payload.assignedToId),
  ];
}

const until = (at: Instant | null, teller: Teller) => (at === null ? '' : teller.when(at));

function heldLines(hold: Hold, isChange: boolean, teller: Teller): string[] {
  const reason = hold.reason === null ? '' : teller.common(`holdReason.${hold.reason}`);
  return [
    teller.say(isChange ? 'timeline.holdChanged' : 'timeline.held', { reason, until: until(hold.until, teller) }),
    ...(hold.vendor ? [teller.say('timeline.vendorIs', { vendor: valueWords('vendor', hold.vendor, teller) })] : []),
    ...(hold.approver ? [teller.say('timeline.approverIs', { approver: hold.approver })] : []),
  ];
}

interface OwnerChange {
  readonly from: string | null;
  readonly to: string | null;
}
const ownerLines = (owner: OwnerChange, teller: Teller): string[] =>
  owner.from === owner.to
    ? []
    : [
        owner.to === null
          ? teller.say('timeline.unassigned')
          : teller.say('timeline.assigned', { owner: teller.nameOf(owner.to) }),
      ];

/** Whose assignment went without its successor knowing of it. */
const replacedLines = ({ replaces }: Pick<Payload<'incident.assigned'>, 'replaces'>, teller: Teller): string[] =>
  replaces === undefined ? [] : [teller.say('timeline.replaces', { who: teller.nameOf(replaces.by) })];

/** The text itself is a line of its own, as it was written. */
function textKeptLines({ field, text, by }: Payload<'incident.textKept'>, teller: Teller): string[] {
  const values = { field: fieldLabel(field, teller), who: teller.nameOf(by) };
  return text.trim() === ''
    ? [teller.say('timeline.textEmptied', values)]
    : [teller.say('timeline.textKept', values), text];
}

function transferredLines(payload: Payload<'incident.transferred'>, teller: Teller): string[] {
  const group = payload.group.to === null ? teller.say('timeline.nobody') : teller.nameOf(payload.group.to);
  const owner = payload.owner.to === null ? null : teller.nameOf(payload.owner.to);
  const sentence = payload.sendBack
    ? teller.say('timeline.sentBack', { group })
    : owner !== null && payload.owner.from !== payload.owner.to
      ? teller.say('timeline.transferredTo', { group, owner })
      : teller.say('timeline.transferred', { group });
  return [
    payload.warm ? `${sentence} (${teller.say('timeline.warm')})` : sentence,
    ...(payload.note ? [teller.say('timeline.handOver', { note: payload.note })] : []),
    ...replacedLines(payload, teller),
  ];
}

function resolvedLines(payload: Payload<'incident.resolved'>, teller: Teller): string[] {
  return [
    teller.say('timeline.resolved', { code: teller.common(`resolutionCode.${payload.code}`) }),
    payload.notes,
    ...(payload.confirmedBy ? [teller.say('timeline.confirmedBy', { who: payload.confirmedBy })] : []),
    ...(payload.duplicateOfId ? [teller.say('timeline.linked', { number: teller.nameOf(payload.duplicateOfId) })] : []),
    ...ownerLines(payload.owner, teller),
  ].filter((line) => line !== '');
}

/** What a change entry says, a line for each thing that changed. Null for texts, which are shown as themselves. */
export function changeLinesOf(activity: IncidentActivity, teller: Teller): readonly string[] | null {
  const { say, common } = teller;
  switch (activity.type) {
    case 'incident.note':
    case 'incident.reply':
    case 'incident.call':
    case 'incident.message':
    case 'incident.replyWithdrawn':
    case 'incident.attached':
      return null;
    case 'incident.recorded':
      return recordedLines(activity.payload, teller);
    case 'incident.changed':
      return changeLines(activity.payload.changes, teller);
    case 'incident.observed':
      return observedLines(activity.payload, teller);
    case 'incident.assigned':
      return [...ownerLines(activity.payload, teller), ...replacedLines(activity.payload, teller)];
    case 'incident.transferred':
      return transferredLines(activity.payload, teller);
    case 'incident.started':
      return [say('timeline.started'), ...ownerLines(activity.payload.owner, teller)];
    case 'incident.held':
      return heldLines(activity.payload.hold, activity.payload.previous !== null, teller);
    case 'incident.resumed':
      return [say('timeline.resumed')];
    case 'incident.resolved':
      return resolvedLines(activity.payload, teller);
    case 'incident.reopened':
      return [
        say('timeline.reopened', { reason: activity.payload.reason }),
        ...ownerLines(activity.payload.owner, teller),
      ];
    case 'incident.closed': {
      const { confirmation } = activity.payload;
      return [confirmation ? say('timeline.closedBecause', { confirmation }) : say('timeline.closed')];
    }
    case 'incident.canceled': {
      const { reason, detail } = activity.payload;
      return [say('timeline.canceled', { reason: common(`cancelReason.${reason}`) }), ...(detail ? [detail] : [])];
    }
    case 'incident.prioritised': {
      const { override, why } = activity.payload;
      return [
        override
          ? say('timeline.overridden', { value: override.value, reason: why })
          : say('timeline.overrideWithdrawn', { reason: why }),
      ];
    }
    case 'incident.aliased':
      return [say('timeline.aliased', { alias: activity.payload.value })];
    case 'incident.numbered':
      return [say('timeline.numbered', { number: activity.payload.number })];
    case 'incident.textKept':
      return textKeptLines(activity.payload, teller);
    case 'incident.detached':
      return [say('timeline.detached')];
    default:
      return assertNever(activity);
  }
}

function observedLines(payload: Payload<'incident.observed'>, teller: Teller): string[] {
  const extra = Object.entries(payload.extra ?? {}).map(([column, to]) => sourceColumnSentence(column, to, teller));
  const lines = [...changeLines(payload.changes, teller), ...extra];
  return lines.length > 0 ? lines : [teller.say('timeline.observedNothing')];
}

/** An entry of a newer build is shown by its name rather than left out. */
export const unknownLines = (activity: Activity, teller: Teller): readonly string[] => [
  teller.say('timeline.unknownEntry', { type: activity.type }),
];
