import type { CommandArgs, Refusal } from '#domain/command/command.ts';
import { autoAssignment } from '#domain/command/deciders/auto-assign.ts';
import { ownerRefusal, type Reference, referenceRefusal } from '#domain/command/deciders/references.ts';
import { resolvedEntry } from '#domain/command/deciders/resolve.ts';
import { type Desk, type Entry, entry, type Judgement } from '#domain/command/decision.ts';
import { incidentInSight, roleRefusal } from '#domain/command/rules.ts';
import { blankPerson } from '#domain/directory/blank-person.ts';
import type { Person } from '#domain/directory/directory.ts';
import { DIRECTORY_SAVED } from '#domain/directory/saved.schema.ts';
import type { IncidentPayload } from '#domain/incident/activities/registry.schema.ts';
import { nextNumber, numberKey } from '#domain/incident/numbering.ts';
import { err, ok } from '#domain/result.ts';

type Args = CommandArgs['incident.record'];

/** A new incident, with its caller when not known yet, and resolved at once when so asked: all of it or nothing. */
export function record(args: Args, desk: Desk): Judgement {
  const refusal = rightRefusal(args, desk) ?? recordRefusal(args, desk);
  if (refusal !== null) return err(refusal);
  const opened = openedPayload(args, desk);
  const entries = [
    ...newCaller(args),
    entry(args.incidentId, 'incident.recorded', opened),
    ...provisionalAlias(args, desk),
  ];
  if (args.resolve === undefined) return ok({ entries });
  const resolved = resolvedEntry(
    { id: args.incidentId, state: 'new', assignedToId: opened.assignedToId },
    args.resolve,
    desk,
  );
  return resolved.ok ? ok({ entries: [...entries, resolved.value] }) : resolved;
}

/**
 * Assigning or resolving in the same breath asks what the separate command would; naming other people or things asks
 * what working with them does, for whoever does not see the directory could find out by it who is there.
 */
function rightRefusal(args: Args, { person, context }: Desk): Refusal | null {
  const assigns = args.assignmentGroupId !== undefined || args.assignedToId !== undefined;
  const refusal =
    (assigns ? roleRefusal('assign', null, person, context.alone) : null) ??
    (isForOthers(args, person) ? roleRefusal('work', null, person, context.alone) : null);
  return refusal ?? (args.resolve === undefined ? null : roleRefusal('resolve', null, person, context.alone));
}

const isForOthers = ({ callerId, affectedId, newCaller, configurationItemIds }: Args, person: Person | null): boolean =>
  newCaller !== undefined ||
  (configurationItemIds ?? []).length > 0 ||
  [callerId, affectedId].some((id) => id !== undefined && id !== person?.id);

function recordRefusal(args: Args, desk: Desk): Refusal | null {
  const { state } = desk;
  if (state.incident(args.incidentId) !== null) return { code: 'alreadyExists', details: { what: 'incident' } };
  const { newCaller: caller } = args;
  if (caller !== undefined && state.record('person', caller.personId) !== null) {
    return { code: 'alreadyExists', details: { what: 'person' } };
  }
  if (args.parentId === args.incidentId) return { code: 'argumentsInvalid', details: { field: 'parentId' } };
  if (args.parentId !== undefined && incidentInSight(desk, args.parentId) === null) {
    return { code: 'notFound', details: { what: 'incident', field: 'parentId' } };
  }
  const lost = referenceRefusal(state, references(args));
  if (lost !== null || args.assignedToId === undefined) return lost;
  return ownerRefusal(state, args.assignedToId, args.assignmentGroupId ?? null);
}

const references = (args: Args): readonly Reference[] => [
  { kind: 'person', id: args.callerId === args.newCaller?.personId ? null : args.callerId, field: 'callerId' },
  { kind: 'person', id: args.affectedId === args.newCaller?.personId ? null : args.affectedId, field: 'affectedId' },
  { kind: 'site', id: args.siteId, field: 'siteId' },
  { kind: 'category', id: args.categoryId, field: 'categoryId' },
  { kind: 'service', id: args.serviceId, field: 'serviceId' },
  { kind: 'team', id: args.assignmentGroupId, field: 'assignmentGroupId' },
  ...(args.configurationItemIds ?? []).map((id) => ({
    kind: 'configurationItem' as const,
    id,
    field: 'configurationItemIds',
  })),
];

/** Whoever was told the device's own number finds the incident by it. Taken by another one, it is left out. */
function provisionalAlias({ incidentId, provisionalNumber }: Args, { state, context }: Desk): Entry[] {
  if (provisionalNumber === undefined || context.alone || context.provisional === true) return [];
  if (state.isNumberTaken(numberKey(provisionalNumber))) return [];
  return [entry(incidentId, 'incident.aliased', { value: provisionalNumber, source: PROVISIONAL })];
}

/** The source of an alias that a device gave. */
export const PROVISIONAL = 'device';

function numberOf({ provisionalNumber }: Args, { state, context }: Desk): string {
  return context.provisional === true && provisionalNumber !== undefined
    ? provisionalNumber
    : nextNumber(state.highestNumber, state.isNumberTaken);
}

function openedPayload(args: Args, desk: Desk): IncidentPayload<'incident.recorded'> {
  const { state, command } = desk;
  const callerId = args.newCaller?.personId ?? args.callerId ?? null;
  const caller = callerId === null ? null : state.record('person', callerId);
  const classified = {
    configurationItemIds: args.configurationItemIds ?? [],
    serviceId: args.serviceId ?? null,
    categoryId: args.categoryId ?? null,
  };
  const unplaced = args.assignmentGroupId === undefined && args.assignedToId === undefined;
  const auto = unplaced ? autoAssignment(state, classified) : null;
  return {
    ...classified,
    number: numberOf(args, desk),
    shortDescription: args.shortDescription,
    description: args.description ?? '',
    kind: args.kind ?? 'incident',
    channel: args.channel,
    sourceChannel: null,
    callerId,
    affectedId: args.affectedId ?? null,
    contact: args.contact ?? null,
    openedById: command.actor,
    organisation: caller?.organisation ?? null,
    siteId: args.siteId ?? caller?.siteId ?? null,
    location: args.location ?? null,
    impact: args.impact,
    urgency: args.urgency,
    assumed: args.assumed ?? false,
    assignmentGroupId: args.assignmentGroupId ?? auto?.groupId ?? null,
    ...(auto === null ? {} : { autoAssignedBy: auto.by }),
    assignedToId: args.assignedToId ?? null,
    tags: args.tags ?? [],
    parentId: args.parentId ?? null,
    modelId: args.modelId ?? null,
    confidential: args.confidential ?? false,
  };
}

function newCaller({ newCaller: caller }: Args): Entry[] {
  if (caller === undefined) return [];
  const { personId: id, name, phone } = caller;
  const person = blankPerson({ id, name, role: 'requester', phone });
  const payload = { kind: 'person', record: person, previous: null };
  return [{ subject: { kind: 'person', id: person.id }, type: DIRECTORY_SAVED, payload, visibility: 'internal' }];
}
