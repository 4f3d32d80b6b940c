import type { Id } from '#domain/activity/activity.ts';
import { nameBasedId } from '#domain/activity/ids.ts';
import { blankPerson } from '#domain/directory/blank-person.ts';
import type { Person, Role } from '#domain/directory/directory.ts';
import type { DirectoryEntry } from '../import/adoption.ts';
import { DEPARTMENTS, FIRST_NAMES, HANDLING_NOTES, LAST_NAMES, SITES } from './people-names.ts';
import type { Random } from './random.ts';
import { SAMPLE_TEAMS, type SampleTeam, type Scenario } from './scenario.ts';
import { SCENARIOS } from './scenarios.ts';

/** What everything made up names as its source. */
export const SAMPLE_SOURCE = 'Sample data';

export interface SampleCaller {
  readonly id: Id;
  readonly siteId: Id;
  readonly site: string;
  readonly room: string;
  readonly device: string;
}

export interface SampleCompany {
  readonly directory: readonly DirectoryEntry[];
  readonly teamId: (team: SampleTeam) => Id;
  /** Staff of a team; the person at the desk is not among them. */
  readonly staffOf: (team: SampleTeam) => readonly Id[];
  readonly callers: readonly SampleCaller[];
  readonly categoryOf: (scenario: Scenario) => Id;
  readonly serviceOf: (scenario: Scenario) => Id;
  readonly itemOf: (scenario: Scenario) => Id | null;
}

const CALLERS = 200;
const STAFF_OF_A_TEAM = 4;

/** Directory ids are made of names alone, so that a second helping of sample data meets the same company. */
const idOf = (kind: string, ...parts: readonly (string | number)[]) => nameBasedId('sample', kind, ...parts);
const named = (id: Id, name: string) => ({ id, name, active: true, source: SAMPLE_SOURCE });

/** The made-up company. `home` is the team that takes the place of the first one: the person's own, if there is any. */
export function sampleCompany(random: Random, home: Id | null): SampleCompany {
  const names = namesFrom(random);
  const teamId = (team: SampleTeam) => (team === SAMPLE_TEAMS[0] && home !== null ? home : idOf('team', team));
  const staff = SAMPLE_TEAMS.map((team) => ({ team, people: staffOf(team, teamId(team), names) }));
  const made = SITES.map((site) => ({ kind: 'site' as const, record: named(idOf('site', site), site) }));
  const callers = Array.from({ length: CALLERS }, (_, at) => callerAt(at, names(), random));
  const directory: DirectoryEntry[] = [
    ...SAMPLE_TEAMS.filter((team) => teamId(team) !== home).map((team) => ({
      kind: 'team' as const,
      record: named(teamId(team), team),
    })),
    ...made,
    ...staff.flatMap(({ people }) => people.map((record) => ({ kind: 'person' as const, record }))),
    ...callers.map(({ person }) => ({ kind: 'person' as const, record: person })),
    ...catalogueOf(teamId),
  ];
  return {
    directory,
    teamId,
    staffOf: (team) => staff.find((one) => one.team === team)?.people.map((person) => person.id) ?? [],
    callers: callers.map(({ caller }) => caller),
    categoryOf: ({ category, subcategory }) => idOf('category', category, subcategory),
    serviceOf: ({ service }) => idOf('service', service),
    itemOf: ({ item }) => (item === undefined ? null : idOf('item', item)),
  };
}

/** Names of people, none twice. */
function namesFrom(random: Random): () => string {
  const used = new Set<string>();
  return () => {
    let name = '';
    do name = `${random.pick(FIRST_NAMES)} ${random.pick(LAST_NAMES)}`;
    while (used.has(name));
    used.add(name);
    return name;
  };
}

const mailOf = (name: string) => `${name.toLowerCase().replace(' ', '.')}@example.org`;

const person = (id: Id, name: string, role: Role, over: Partial<Person>): Person =>
  blankPerson({ ...named(id, name), role, mail: mailOf(name), ...over });

const ROLES_IN_TEAM: readonly Role[] = ['supervisor', 'agent', 'agent', 'technician'];

function staffOf(team: SampleTeam, teamId: Id, names: () => string): Person[] {
  return Array.from({ length: STAFF_OF_A_TEAM }, (_, at) =>
    person(idOf('staff', team, at), names(), ROLES_IN_TEAM[at] ?? 'agent', {
      teamIds: [teamId],
      phone: `4${SAMPLE_TEAMS.indexOf(team)}${10 + at}`,
      siteId: idOf('site', SITES[0]),
    }),
  );
}

function callerAt(at: number, name: string, random: Random): { person: Person; caller: SampleCaller } {
  const site = random.pick(SITES);
  const id = idOf('caller', at);
  const siteId = idOf('site', site);
  const room = `${random.whole(1, 5)}.${String(random.whole(1, 40)).padStart(2, '0')}`;
  const record = person(id, name, 'requester', {
    phone: String(2_000 + at),
    siteId,
    room,
    organisation: random.pick(DEPARTMENTS),
    vip: at % 40 === 7,
    handlingNotes: at % 25 === 3 ? random.pick(HANDLING_NOTES) : null,
  });
  return { person: record, caller: { id, siteId, site, room, device: `NB-${4_000 + at}` } };
}

/** Categories in two levels, services and items, each with the team that looks after it. */
function catalogueOf(teamId: (team: SampleTeam) => Id): DirectoryEntry[] {
  const entries = new Map<Id, DirectoryEntry>();
  const add = (entry: DirectoryEntry) => {
    if (!entries.has(entry.record.id)) entries.set(entry.record.id, entry);
  };
  for (const { team, category, subcategory, service, item } of SCENARIOS) {
    const assignmentGroupId = teamId(team);
    const parentId = idOf('category', category);
    const branch = { ...named(parentId, category), parentId: null, assignmentGroupId };
    const leaf = { ...named(idOf('category', category, subcategory), subcategory), parentId, assignmentGroupId };
    add({ kind: 'category', record: branch });
    add({ kind: 'category', record: leaf });
    add({ kind: 'service', record: { ...named(idOf('service', service), service), assignmentGroupId } });
    if (item !== undefined) {
      add({ kind: 'configurationItem', record: { ...named(idOf('item', item), item), assignmentGroupId } });
    }
  }
  return [...entries.values()];
}
