import fc from 'fast-check';
import type { Activity } from '#domain/activity/activity.ts';
import { INCIDENT_ACTIVITIES, type IncidentActivityType } from '#domain/incident/activities/registry.schema.ts';
import { MERGED_TEXTS } from '#domain/incident/activities/text-kept.schema.ts';
import {
  CANCEL_REASONS,
  CHANNELS,
  HOLD_REASONS,
  INCIDENT_KINDS,
  INCIDENT_STATES,
  LEVELS,
  PRIORITIES,
  RESOLUTION_CODES,
} from '#domain/incident/incident.ts';

/** Activities nobody would make: every type with readable payloads, unreadable ones, and types from the future. */

export const idArb = fc.constantFrom('ann', 'ben', 'net', 'mail', 'x');
const idOrNull = fc.option(idArb);
const text = fc.string({ maxLength: 8 });
const textOrNull = fc.option(text);
const instant = fc.integer({ min: -1e12, max: 4e12 });
const level = fc.constantFrom(...LEVELS);
const priority = fc.constantFrom(...PRIORITIES);
const state = fc.constantFrom(...INCIDENT_STATES);
const owner = fc.record({ from: idOrNull, to: idOrNull });
const vendor = fc.option(fc.record({ name: text, reference: textOrNull }));
const undoes = { undoes: idArb };
const location = fc.option(fc.record({ room: textOrNull, accessNotes: textOrNull }));
const contact = fc.option(fc.record({ number: textOrNull, mail: textOrNull, bestTime: textOrNull }));
const hold = fc.record({
  reason: fc.option(fc.constantFrom(...HOLD_REASONS)),
  until: fc.option(instant),
  since: instant,
  from: fc.constantFrom('new' as const, 'inProgress' as const),
  vendor,
  approver: textOrNull,
});
const override = fc.option(fc.record({ value: priority, reason: text, by: idArb, at: instant }));

const fields = {
  shortDescription: text,
  description: text,
  kind: fc.constantFrom(...INCIDENT_KINDS),
  channel: fc.constantFrom(...CHANNELS),
  callerId: idOrNull,
  affectedId: idOrNull,
  contact,
  siteId: idOrNull,
  location,
  categoryId: idOrNull,
  serviceId: idOrNull,
  configurationItemIds: fc.array(idArb, { maxLength: 3 }),
  impact: level,
  urgency: level,
  tags: fc.array(text, { maxLength: 3 }),
  parentId: idOrNull,
  confidential: fc.boolean(),
};
const linked = {
  vendor,
  watcherIds: fc.array(idArb, { maxLength: 3 }),
  problemRef: textOrNull,
  knownErrorRef: textOrNull,
  changeRefs: fc.array(text, { maxLength: 2 }),
};
const count = fc.option(fc.nat(9));
const beyond = {
  state,
  holdReason: fc.option(fc.constantFrom(...HOLD_REASONS)),
  holdUntil: fc.option(instant),
  priority,
  assignmentGroupId: idOrNull,
  assignedToId: idOrNull,
  openedById: idOrNull,
  sourceChannel: textOrNull,
  organisation: textOrNull,
  resolutionCode: fc.option(fc.constantFrom(...RESOLUTION_CODES)),
  sourceResolutionCode: textOrNull,
  resolutionNotes: text,
  resolvedAt: fc.option(instant),
  resolvedById: idOrNull,
  closedAt: fc.option(instant),
  closedById: idOrNull,
  cancelReason: fc.option(fc.constantFrom(...CANCEL_REASONS)),
  reopenCount: count,
  reassignmentCount: count,
  modificationCount: count,
};

const some = (shape: Record<string, fc.Arbitrary<unknown>>) => fc.record(shape, { requiredKeys: [] });
const changesArb = (shape: Record<string, fc.Arbitrary<unknown>>) =>
  some(Object.fromEntries(Object.entries(shape).map(([field, of]) => [field, fc.record({ from: of, to: of })])));
const extra = fc.dictionary(fc.constantFrom('a', 'b', 'c'), text);
const entryOf = { entryId: idArb, body: text };

const payloads: { readonly [T in IncidentActivityType]: fc.Arbitrary<unknown> } = {
  'incident.recorded': fc.record(
    {
      ...fields,
      number: fc.option(fc.constantFrom('INC0000001', 'PROJ-1')),
      sourceChannel: textOrNull,
      openedById: idOrNull,
      organisation: textOrNull,
      assumed: fc.boolean(),
      assignmentGroupId: idOrNull,
      assignedToId: idOrNull,
      modelId: idOrNull,
      observed: fc.record({
        source: text,
        number: textOrNull,
        rowVersion: textOrNull,
        values: some({ ...linked, ...beyond }),
        extra,
      }),
    },
    {
      requiredKeys: [
        ...Object.keys(fields),
        'number',
        'sourceChannel',
        'openedById',
        'organisation',
        'assumed',
        'assignmentGroupId',
        'assignedToId',
        'modelId',
      ] as never,
    },
  ),
  'incident.changed': fc.record(
    { changes: changesArb({ ...fields, ...linked }), assumed: fc.boolean(), ...undoes },
    { requiredKeys: ['changes'] },
  ),
  'incident.assigned': fc.record({ from: idOrNull, to: idOrNull, ...undoes }, { requiredKeys: ['from', 'to'] }),
  'incident.transferred': fc.record(
    { group: owner, owner, note: text, warm: fc.boolean(), sendBack: fc.boolean(), ...undoes },
    { requiredKeys: ['group', 'owner', 'note', 'warm', 'sendBack'] },
  ),
  'incident.started': fc.record({ owner }),
  'incident.held': fc.record(
    { hold, previous: fc.option(hold), entryId: idArb },
    { requiredKeys: ['hold', 'previous'] },
  ),
  'incident.resumed': fc.record({ to: fc.constantFrom('new', 'inProgress'), hold: fc.option(hold) }),
  'incident.resolved': fc.record({
    code: fc.constantFrom(...RESOLUTION_CODES),
    notes: text,
    confirmedBy: textOrNull,
    duplicateOfId: idOrNull,
    from: state,
    owner,
  }),
  'incident.reopened': fc.record({ reason: text, owner }),
  'incident.closed': fc.record({ confirmation: textOrNull }),
  'incident.canceled': fc.record({ reason: fc.constantFrom(...CANCEL_REASONS), detail: textOrNull, from: state }),
  'incident.prioritised': fc.record({
    override,
    previous: override,
    why: text,
    mode: fc.constantFrom('corrected', 'situationChanged'),
  }),
  'incident.note': fc.record(entryOf),
  'incident.reply': fc.record({ ...entryOf, releaseAt: instant }),
  'incident.replyWithdrawn': fc.record({ entryId: idArb, lastReplyAt: fc.option(instant) }),
  'incident.call': fc.record(entryOf),
  'incident.message': fc.record({ ...entryOf, channel: text }),
  'incident.observed': fc.record(
    { source: text, rowVersion: textOrNull, changes: changesArb({ ...fields, ...linked, ...beyond }), extra },
    { requiredKeys: ['source', 'rowVersion', 'changes'] },
  ),
  'incident.aliased': fc.record({ value: text, source: text }),
  'incident.attached': fc.record({
    attachmentId: idArb,
    sha256: fc.constant('0'.repeat(64)),
    name: text,
    bytes: fc.nat(),
    mediaType: text,
  }),
  'incident.detached': fc.record({ attachmentId: idArb }),
  'incident.numbered': fc.record({ number: fc.constantFrom('INC0000007', 'X'), formerSource: text }),
  'incident.textKept': fc.record({ field: fc.constantFrom(...MERGED_TEXTS), text, by: idArb, at: instant }),
};

const typeArb = fc.constantFrom(...(Object.keys(INCIDENT_ACTIVITIES) as IncidentActivityType[]));
interface Content {
  readonly type: string;
  readonly payload: unknown;
}
const readable: fc.Arbitrary<Content> = typeArb.chain((type) => payloads[type].map((payload) => ({ type, payload })));
const unreadable: fc.Arbitrary<Content> = fc.record({
  type: fc.oneof(typeArb, fc.constantFrom('incident.teleported', 'directory.saved', 'toString', '__proto__', '')),
  payload: fc.oneof(fc.jsonValue(), fc.object(), fc.constant(undefined)),
});

const envelopeArb = fc.record({
  id: fc.uuid(),
  actor: idArb,
  device: fc.constant('device'),
  seq: fc.option(fc.integer({ min: 1, max: 12 })),
  occurredAt: instant,
  recordedAt: instant,
  syncedAt: fc.option(instant),
  visibility: fc.constantFrom('internal' as const, 'public' as const),
  origin: fc.constantFrom('command' as const, 'system' as const, 'observed' as const),
  cause: fc.option(fc.record({ commandId: idArb, index: fc.nat(3) })),
});
const subject = { kind: 'incident', id: 'incident' } as const;

const withContent = (content: fc.Arbitrary<Content>): fc.Arbitrary<Activity> =>
  fc.tuple(envelopeArb, content).map(([envelope, told]) => ({ ...envelope, ...told, subject }));

/** Activities whose payload this build reads. */
export const readableActivityArb = withContent(readable);
/** Any activities at all, about one incident. */
export const activityArb = withContent(
  fc.oneof({ weight: 5, arbitrary: readable }, { weight: 1, arbitrary: unreadable }),
);
