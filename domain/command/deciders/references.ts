import type { Id } from '#domain/activity/activity.ts';
import type { Refusal } from '#domain/command/command.ts';
import type { DecisionState } from '#domain/command/decision.ts';
import type { DirectoryKind, Person } from '#domain/directory/directory.ts';
import { isStaff } from '#domain/permissions/permissions.ts';

/** An id in the arguments and where it must lead. Absent ids need no record. */
export interface Reference {
  readonly kind: DirectoryKind;
  readonly id: Id | null | undefined;
  readonly field: string;
}

/** The refusal that names the first id without a record. */
export function referenceRefusal(state: DecisionState, references: readonly Reference[]): Refusal | null {
  const lost = references.find(({ kind, id }) => id !== null && id !== undefined && state.record(kind, id) === null);
  return lost === undefined ? null : { code: 'notFound', details: { what: lost.kind, field: lost.field } };
}

/** Whether `personId` can own incidents, and, with a group named beside them, belongs to it. */
export function ownerRefusal(state: DecisionState, personId: Id, groupId: Id | null): Refusal | null {
  const person = state.record('person', personId);
  if (person === null || !person.active)
    return { code: 'notFound', details: { what: 'person', field: 'assignedToId' } };
  if (!isStaff(person.role)) return { code: 'argumentsInvalid', details: { field: 'assignedToId' } };
  return groupId === null || couldBeIn(person, groupId)
    ? null
    : { code: 'ownerNotInGroup', details: { name: person.name } };
}

/** Somebody without any team came from a source that does not tell teams: nothing speaks against them. */
const couldBeIn = (person: Person, groupId: Id) => person.teamIds.length === 0 || person.teamIds.includes(groupId);
