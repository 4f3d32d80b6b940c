import type { Id } from '#domain/activity/activity.ts';
import type { Role } from '#domain/directory/directory.ts';

export const ACTIONS = [
  'record',
  'read',
  'readInternal',
  'readConfidential',
  'work',
  'assign',
  'changePriority',
  'resolve',
  'close',
  'reopen',
  'redact',
  'delete',
  'configure',
  'export',
  'importHistory',
] as const;
export type Action = (typeof ACTIONS)[number];

const VIEW: readonly Action[] = ['read', 'readInternal'];
const WORK: readonly Action[] = [
  ...VIEW,
  'record',
  'work',
  'assign',
  'changePriority',
  'resolve',
  'close',
  'reopen',
  'export',
];
const LEAD: readonly Action[] = [...WORK, 'readConfidential', 'redact', 'importHistory'];

/** Who may do what (domain.md "Roles"). A requester sees only their own incidents, without internal notes. */
export const PERMISSIONS: Readonly<Record<Role, readonly Action[]>> = {
  requester: ['record', 'read'],
  viewer: [...VIEW, 'export'],
  agent: WORK,
  technician: WORK,
  supervisor: LEAD,
  majorIncidentManager: [...WORK, 'readConfidential'],
  problemManager: WORK,
  administrator: ACTIONS,
};

/** On a desk that works alone its staff are their own administrators: there is nobody else to configure or import. */
const STAFF_ALONE: readonly Action[] = ['configure', 'importHistory'];

export const isStaff = (role: Role): boolean => PERMISSIONS[role].includes('work');

export const may = (role: Role, action: Action, alone: boolean): boolean =>
  PERMISSIONS[role].includes(action) || (alone && isStaff(role) && STAFF_ALONE.includes(action));

/** What of a person decides what they may read. `Ref` is how people and teams are named, as in `QueueFacts`. */
export interface Reader<Ref = Id> {
  readonly id: Ref;
  readonly role: Role;
  readonly teamIds: readonly Ref[];
}

/** What of an incident decides who may read it. */
export interface Readable<Ref = Id> {
  readonly confidential: boolean;
  readonly callerId: Ref | null;
  readonly affectedId: Ref | null;
  readonly openedById: Ref | null;
  readonly assignedToId: Ref | null;
  readonly assignmentGroupId: Ref | null;
}

/** Who reads what is confidential though they may not read all such: these people, and these teams. */
export function readersOf<Ref>(incident: Readable<Ref>): {
  readonly people: readonly Ref[];
  readonly teams: readonly Ref[];
} {
  const { assignedToId, assignmentGroupId: team, openedById } = incident;
  const people = team === null ? [assignedToId, openedById] : [assignedToId];
  return { people: people.filter((id) => id !== null), teams: team === null ? [] : [team] };
}

/** Confidential: its group, its owner, and those who may read all such; a requester reads only their own. */
export function mayRead<Ref>(person: Reader<Ref>, incident: Readable<Ref>): boolean {
  if (person.role === 'requester') return incident.callerId === person.id || incident.affectedId === person.id;
  if (!PERMISSIONS[person.role].includes('read')) return false;
  if (!incident.confidential || PERMISSIONS[person.role].includes('readConfidential')) return true;
  const { people, teams } = readersOf(incident);
  return people.includes(person.id) || teams.some((team) => person.teamIds.includes(team));
}
