import type { Person, Role } from '#domain/directory/directory.ts';
import type { Incident } from '#domain/incident/incident.ts';

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

/** Confidential: its group, its owner, and those who may read all such; a requester reads only their own. */
export function mayRead(person: Person, incident: Incident): boolean {
  if (person.role === 'requester') return incident.callerId === person.id || incident.affectedId === person.id;
  if (!PERMISSIONS[person.role].includes('read')) return false;
  if (!incident.confidential || PERMISSIONS[person.role].includes('readConfidential')) return true;
  if (incident.assignedToId === person.id) return true;
  if (incident.assignmentGroupId === null) return incident.openedById === person.id;
  return person.teamIds.includes(incident.assignmentGroupId);
}
