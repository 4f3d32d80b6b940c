import { v7 as newId } from 'uuid';
import type { Instant } from '#domain/activity/activity.ts';
import { blankPerson } from '#domain/directory/blank-person.ts';
import { type DirectoryField, INCIDENTS, type IncidentField, type Kind, PEOPLE } from './expected.suite.ts';

export interface SentCommand {
  readonly name: string;
  readonly args: unknown;
  readonly id?: string;
  readonly occurredAt?: Instant;
  readonly lateReason?: string;
}

/** How the life of an incident ends, so that every field of a row is filled in one of them. */
export const ENDINGS = ['hold', 'closed', 'canceled'] as const;

const MINUTE = 60_000;

interface Seed {
  readonly id: string;
  readonly kind: Kind;
  readonly ending: (typeof ENDINGS)[number];
  readonly now: Instant;
  readonly plant: (field: IncidentField) => string;
}
type Phase = (now: Instant) => readonly SentCommand[];

/** Everything that people can write into an incident. Time passes between the phases. */
export function incidentCommands({ id, kind, ending, plant }: Seed): readonly Phase[] {
  const { group, confidential, ...own }: { group: string | null; confidential: boolean } = INCIDENTS[kind];
  const people: { caller?: string; affected?: string } = own;
  const on = (name: string, args: object = {}, more: Partial<SentCommand> = {}): SentCommand => ({
    name: `incident.${name}`,
    args: { incidentId: id, ...args },
    ...more,
  });
  const record: SentCommand = on('record', {
    shortDescription: plant('shortdescription'),
    description: plant('description'),
    channel: 'phone',
    impact: 3,
    urgency: 2,
    callerId: people.caller ?? 'boss',
    ...(people.affected === undefined ? {} : { affectedId: people.affected }),
    contact: { number: plant('contactnumber'), mail: plant('contactmail'), bestTime: plant('besttime') },
    location: { room: plant('room'), accessNotes: plant('accessnotes') },
    siteId: 'hq',
    tags: [plant('tag')],
    confidential,
    ...(group === null ? {} : { assignmentGroupId: 'first' }),
  });
  const changes = {
    vendor: { from: null, to: { name: plant('vendorname'), reference: plant('vendorreference') } },
    problemRef: { from: null, to: plant('problemref') },
    knownErrorRef: { from: null, to: plant('knownerrorref') },
    changeRefs: { from: [], to: [plant('changeref')] },
    watcherIds: { from: [], to: ['agentOfNet'] },
    configurationItemIds: { from: [], to: ['laser'] },
  };
  const written: Phase = (now) => {
    const [late, taken] = [now - 20 * MINUTE, newId()];
    const reply = (body: string, releaseAt: Instant) => on('reply', { entryId: newId(), body, releaseAt });
    return [
      on('update', { changes }),
      on('note', { entryId: newId(), body: plant('note') }, { occurredAt: late, lateReason: plant('latereason') }),
      on('logCall', { entryId: newId(), body: plant('call') }),
      reply(plant('reply'), now),
      reply(plant('unreleased'), now + 300 * MINUTE),
      { ...reply(plant('withdrawn'), now), id: taken },
      { name: 'command.undo', args: { commandId: taken } },
      on('prioritise', { value: 1, why: plant('why'), mode: 'corrected' }),
      ...(group === null ? [] : [on('transfer', { assignmentGroupId: group, note: plant('handover') })]),
    ];
  };
  const vendor = () => ({ name: plant('holdvendorname'), reference: plant('holdvendorreference') });
  const resolve = () =>
    on('resolve', {
      resolutionCode: 'solutionProvided',
      resolutionNotes: plant('resolutionnotes'),
      confirmedBy: plant('confirmedby'),
    });
  const ends = {
    hold: () => [
      on('hold', { reason: 'awaitingApproval', approver: plant('approver') }),
      on('hold', { reason: 'awaitingVendor', vendor: vendor(), approver: plant('approver') }),
    ],
    closed: () => [
      resolve(),
      on('reopen', { reason: plant('reopenreason') }),
      resolve(),
      on('close', { confirmation: plant('confirmation') }),
    ],
    canceled: () => [on('cancel', { reason: 'anotherDesk', detail: plant('canceldetail') })],
  };
  return [() => [record], written, ends[ending]];
}

/** What only an import can bring: the caller's own words, comments they could read, the source's fields. */
export function importCommand({ id, now, plant }: Pick<Seed, 'id' | 'now' | 'plant'>): SentCommand {
  const entry = (type: string, visibility: string, payload: object) => ({
    id: newId(),
    subject: { kind: 'incident', id },
    type,
    payload,
    actor: 'source',
    device: 'import',
    seq: null,
    occurredAt: now,
    recordedAt: now,
    syncedAt: null,
    visibility,
    origin: 'observed',
    cause: null,
  });
  const recorded = {
    number: null,
    shortDescription: plant('shortdescription'),
    description: plant('description'),
    kind: 'incident',
    channel: 'portal',
    sourceChannel: plant('sourcechannel'),
    callerId: 'caller',
    affectedId: null,
    contact: null,
    openedById: null,
    organisation: null,
    siteId: null,
    location: null,
    categoryId: null,
    serviceId: null,
    configurationItemIds: [],
    impact: 3,
    urgency: 2,
    assumed: false,
    assignmentGroupId: null,
    assignedToId: null,
    tags: [],
    parentId: null,
    modelId: null,
    confidential: false,
    observed: { source: 'old', number: null, rowVersion: null, values: {}, extra: { field: plant('sourceextra') } },
  };
  const activities = [
    entry('incident.recorded', 'internal', recorded),
    entry('incident.message', 'public', { entryId: newId(), body: plant('message'), channel: 'email' }),
    entry('incident.note', 'public', { entryId: newId(), body: plant('comment') }),
    entry('incident.note', 'internal', { entryId: newId(), body: plant('note') }),
  ];
  return { name: 'history.adopt', args: { subject: { kind: 'incident', id }, source: 'old', activities } };
}

/** A record in the directory with a canary in each of its texts. */
export const plantedPerson = (id: string, plant: (field: DirectoryField) => string) =>
  blankPerson({
    id,
    name: plant('personname'),
    role: id in PEOPLE ? PEOPLE[id as keyof typeof PEOPLE].role : 'requester',
    phone: plant('personphone'),
    siteId: 'hq',
    room: plant('personroom'),
    organisation: plant('personorganisation'),
    handlingNotes: plant('handlingnotes'),
  });
