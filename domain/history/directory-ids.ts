import type { Id } from '#domain/activity/activity.ts';
import { nameBasedId } from '#domain/activity/ids.ts';
import {
  type Category,
  type ConfigurationItem,
  DIRECTORY_KINDS,
  type DirectoryKind,
  type DirectoryRecords,
  type Person,
  type Role,
  type Service,
  type Site,
  type Team,
} from '#domain/directory/directory.ts';

export interface ImportedRecord<K extends DirectoryKind = DirectoryKind> {
  readonly kind: K;
  readonly record: DirectoryRecords[K];
}

/**
 * Turns the names an export uses into directory records with name-based ids: the same name of the same source is the
 * same record on every desk and at every repetition. Collects what it made, each record once.
 */
export function directoryNames(source: string) {
  const known = new Map<DirectoryKind, Map<string, Id>>(DIRECTORY_KINDS.map((kind) => [kind, new Map()]));
  let made: ImportedRecord[] = [];

  const idFor = (kind: DirectoryKind, key: string, make: (id: Id) => ImportedRecord): Id => {
    const ofKind = known.get(kind) as Map<string, Id>;
    const found = ofKind.get(key);
    if (found !== undefined) return found;
    const id = nameBasedId('directory', source, kind, key);
    ofKind.set(key, id);
    made.push(make(id));
    return id;
  };

  /** Staff become agents so that they can own incidents; everybody else is a requester. */
  const person = (name: string, role: Role, siteId: Id | null = null, teamId: Id | null = null): Id =>
    // Staff and callers of one name are different people: their ids never collide.
    idFor('person', `${role === 'requester' ? 'caller' : 'staff'}\n${name}`, (id) => ({
      kind: 'person',
      record: personRecord(id, name, role, siteId, teamId, source),
    }));
  const team = (name: string): Id =>
    idFor('team', name, (id) => ({ kind: 'team', record: { ...named(id, name, source) } satisfies Team }));
  const site = (name: string): Id =>
    idFor('site', name, (id) => ({ kind: 'site', record: { ...named(id, name, source) } satisfies Site }));
  const service = (name: string): Id =>
    idFor('service', name, (id) => ({
      kind: 'service',
      record: { ...named(id, name, source), assignmentGroupId: null } satisfies Service,
    }));
  const configurationItem = (name: string): Id =>
    idFor('configurationItem', name, (id) => ({
      kind: 'configurationItem',
      record: { ...named(id, name, source), assignmentGroupId: null } satisfies ConfigurationItem,
    }));
  const category = (name: string, parentId: Id | null = null): Id =>
    idFor('category', `${parentId ?? ''}\n${name}`, (id) => ({
      kind: 'category',
      record: { ...named(id, name, source), parentId, assignmentGroupId: null } satisfies Category,
    }));

  return {
    person,
    team,
    site,
    service,
    configurationItem,
    category,
    /** Records made since the last call. */
    take: (): readonly ImportedRecord[] => {
      const taken = made;
      made = [];
      return taken;
    },
  };
}
export type DirectoryNames = ReturnType<typeof directoryNames>;

const named = (id: Id, name: string, source: string) => ({ id, name, active: true, source });

const personRecord = (
  id: Id,
  name: string,
  role: Role,
  siteId: Id | null,
  teamId: Id | null,
  source: string,
): Person => ({
  ...named(id, name, source),
  role,
  teamIds: teamId === null ? [] : [teamId],
  mail: null,
  phone: null,
  siteId,
  room: null,
  organisation: null,
  vip: false,
  handlingNotes: null,
});
