import type { Id } from '#domain/activity/activity.ts';
import { nameBasedId } from '#domain/activity/ids.ts';
import { blankPerson } from '#domain/directory/blank-person.ts';
import type {
  Category,
  ConfigurationItem,
  DirectoryKind,
  DirectoryRecords,
  Role,
  Service,
  Site,
  Team,
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
  let made: ImportedRecord[] = [];

  /** Names of one kind, apart in each space. A name comes a hundred thousand times; its id is made once. */
  const namesIn = (kind: DirectoryKind, space?: string) => {
    const known = new Map<string, Id>();
    return (name: string, make: (base: Named) => ImportedRecord): Id => {
      const found = known.get(name);
      if (found !== undefined) return found;
      const id = nameBasedId('directory', source, kind, space === undefined ? name : `${space}\n${name}`);
      known.set(name, id);
      made.push(make({ id, name, active: true, source }));
      return id;
    };
  };
  const [staff, callers] = [namesIn('person', 'staff'), namesIn('person', 'caller')];
  const [teams, sites] = [namesIn('team'), namesIn('site')];
  const [services, items] = [namesIn('service'), namesIn('configurationItem')];
  const categories = new Map<Id | null, ReturnType<typeof namesIn>>();

  /** Staff become agents so that they can own incidents; everybody else is a requester. */
  const person = (name: string, role: Role, siteId: Id | null = null, teamId: Id | null = null): Id =>
    // Staff and callers of one name are different people: their ids never collide.
    (role === 'requester' ? callers : staff)(name, (base) => ({
      kind: 'person',
      record: blankPerson({ ...base, role, siteId, teamIds: teamId === null ? [] : [teamId] }),
    }));
  const team = (name: string): Id => teams(name, (base) => ({ kind: 'team', record: base satisfies Team }));
  const site = (name: string): Id => sites(name, (base) => ({ kind: 'site', record: base satisfies Site }));
  const service = (name: string): Id =>
    services(name, (base) => ({
      kind: 'service',
      record: { ...base, assignmentGroupId: null } satisfies Service,
    }));
  const configurationItem = (name: string): Id =>
    items(name, (base) => ({
      kind: 'configurationItem',
      record: { ...base, assignmentGroupId: null } satisfies ConfigurationItem,
    }));
  const category = (name: string, parentId: Id | null = null): Id => {
    const ofParent = categories.get(parentId) ?? namesIn('category', parentId ?? '');
    categories.set(parentId, ofParent);
    return ofParent(name, (base) => ({
      kind: 'category',
      record: { ...base, parentId, assignmentGroupId: null } satisfies Category,
    }));
  };

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

type Named = Pick<Team, 'id' | 'name' | 'active' | 'source'>;
