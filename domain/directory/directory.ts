import type { Id } from '#domain/activity/activity.ts';

export const ROLES = [
  'requester',
  'viewer',
  'agent',
  'technician',
  'supervisor',
  'majorIncidentManager',
  'problemManager',
  'administrator',
] as const;
export type Role = (typeof ROLES)[number];

/** A caller, an agent, or both. Desk staff have a role other than `requester` and belong to teams. */
export interface Person {
  readonly id: Id;
  readonly name: string;
  readonly role: Role;
  readonly teamIds: readonly Id[];
  readonly mail: string | null;
  readonly phone: string | null;
  readonly siteId: Id | null;
  readonly room: string | null;
  readonly organisation: string | null;
  readonly vip: boolean;
  /** "Speaks German only", "call the mobile": shown beside the form. */
  readonly handlingNotes: string | null;
  readonly active: boolean;
  readonly source: string | null;
}

export interface Team {
  readonly id: Id;
  readonly name: string;
  readonly active: boolean;
  readonly source: string | null;
}

/** A node of the category tree. Two levels in the shipped configuration. */
export interface Category {
  readonly id: Id;
  readonly name: string;
  readonly parentId: Id | null;
  readonly assignmentGroupId: Id | null;
  readonly active: boolean;
  readonly source: string | null;
}

export interface Service {
  readonly id: Id;
  readonly name: string;
  readonly assignmentGroupId: Id | null;
  readonly active: boolean;
  readonly source: string | null;
}

export interface ConfigurationItem {
  readonly id: Id;
  readonly name: string;
  readonly assignmentGroupId: Id | null;
  readonly active: boolean;
  readonly source: string | null;
}

export interface Site {
  readonly id: Id;
  readonly name: string;
  readonly active: boolean;
  readonly source: string | null;
}

export interface DirectoryRecords {
  readonly person: Person;
  readonly team: Team;
  readonly category: Category;
  readonly service: Service;
  readonly configurationItem: ConfigurationItem;
  readonly site: Site;
}
export type DirectoryKind = keyof DirectoryRecords;
export const DIRECTORY_KINDS: readonly DirectoryKind[] = [
  'person',
  'team',
  'category',
  'service',
  'configurationItem',
  'site',
];
