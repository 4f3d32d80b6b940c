import {
  type Choice,
  type EngineStatus,
  type ImportProgress,
  type ListSpec,
  MOST_CHOSEN,
  type Queries,
  type QueryName,
  type QueueRow,
  type Session,
  type UndoOffer,
} from '#contracts/engine/protocol.ts';
import type { Draft } from '#contracts/host/engine-host.ts';
import type { Activity, Id } from '#domain/activity/activity.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { mayReadText } from '#domain/queue/membership.ts';
import type { AgreementAnswers } from './agreement/agreement.ts';
import { namedPeople, type PresenceAnswers } from './agreement/presence.ts';
import type { AlertEngine } from './alerts/alert-engine.ts';
import { entriesInSight, isInSight, type Looker, recordsInSight, rowInSight } from './in-sight.ts';
import type { LiveDesk } from './live-desk.ts';
import { mentionedIds, namesOf } from './mentioned-names.ts';
import { findPeople } from './people-finder.ts';
import { queueRow } from './queue-row.ts';
import type { Topic } from './touches.ts';

/** What queries look at. */
export interface QuerySources {
  readonly desk: LiveDesk;
  readonly alerts: Pick<AlertEngine, 'entries'>;
  status(): EngineStatus;
  session(): Session;
  drafts(personId: Id): readonly Draft[];
  undoOffer(incident: Incident, timeline: readonly Activity[]): UndoOffer | null;
  importProgress(importId: Id | null): ImportProgress | null;
  readonly agreement: AgreementAnswers;
  readonly presence: PresenceAnswers;
  /** A window looks at this list: kept as the next first page. */
  looked(args: Queries['list']['args']): void;
}

export interface Answer<N extends QueryName> {
  readonly value: Queries[N]['value'];
  /** Touching one of these makes the answer old. */
  readonly topics: readonly Topic[];
}
type AnswerTable = {
  readonly [N in QueryName]: (args: Queries[N]['args'], sources: QuerySources) => Answer<N> | Promise<Answer<N>>;
};

const RECENT_OF_CALLER = 3;
const LISTED: readonly Topic[] = ['incidents', 'directory'];
const FOUND: readonly Topic[] = [...LISTED, 'search'];

export const ANSWERS: AnswerTable = {
  status: (_, sources) => ({ value: sources.status(), topics: ['status'] }),
  session: (_, sources) => ({ value: sources.session(), topics: ['session'] }),
  counts: ({ personId }, { desk }) => ({
    value: desk.index.counts(desk.directory.viewer(personId)),
    topics: LISTED,
  }),
  list: answerList,
  chosen: answerChosen,
  incident: answerIncident,
  directory: ({ kind }, sources) => ({
    value: recordsInSight(lookerOf(sources), kind, sources.desk.directory.byName(kind)),
    topics: ['directory', 'session'],
  }),
  people: (args, sources) => ({
    value: findPeople(sources.desk.directory, args, peopleInSight(sources)),
    topics: ['directory', 'session'],
  }),
  callerCard: answerCallerCard,
  similar: answerSimilar,
  search: answerSearch,
  alerts: answerAlerts,
  matrix: (_, { desk }) => ({ value: desk.matrix, topics: ['configuration'] }),
  drafts: ({ personId }, sources) => ({ value: sources.drafts(personId), topics: ['drafts'] }),
  importProgress: ({ importId }, sources) => ({
    value: sources.importProgress(importId),
    topics: ['imports'],
  }),
  connection: async (_, { agreement }) => ({ value: await agreement.connection(), topics: ['agreement'] }),
  outbox: async ({ limit }, { agreement }) => ({ value: await agreement.outbox(limit), topics: ['agreement'] }),
  conflicts: async ({ personId }, { agreement }) => ({
    value: await agreement.conflicts(personId),
    topics: ['agreement', 'directory'],
  }),
  readiness: async ({ personId }, { agreement }) => ({
    value: await agreement.readiness(personId),
    topics: ['agreement', 'incidents'],
  }),
  presence: ({ incidentId }, { presence, desk }) => ({
    value: { people: namedPeople(presence.at(incidentId), (id) => desk.directory.personName(id)) },
    topics: ['presence', 'directory'],
  }),
};

const lookerOf = (sources: QuerySources): Looker => ({
  person: sources.session().person,
  isShared: sources.status().mode === 'shared',
});

const peopleInSight = (sources: QuerySources) =>
  recordsInSight(lookerOf(sources), 'person', sources.desk.directory.byName('person'));

const me = ({ desk, session }: QuerySources) => desk.directory.viewer(session().personId ?? '');

async function answerList(args: Queries['list']['args'], sources: QuerySources): Promise<Answer<'list'>> {
  const { desk } = sources;
  sources.looked(args);
  const viewer = desk.directory.viewer(args.personId);
  const page = desk.index.list(args.spec, viewer, args.from, args.to);
  const incidents = await desk.incidents(page.ids);
  const rows = incidents.map((incident) => queueRow(incident, desk, viewer));
  return { value: { total: page.total, from: args.from, rows }, topics: LISTED };
}

async function answerChosen(
  { personId, of }: Queries['chosen']['args'],
  { desk }: QuerySources,
): Promise<Answer<'chosen'>> {
  const ids = chosenIds(of, (spec) => desk.index.list(spec, desk.directory.viewer(personId), 0, Infinity).ids);
  const incidents = await desk.incidents(ids.slice(0, MOST_CHOSEN));
  const rows = incidents.map(({ id, number, state, assignedToId, startedAt }) => {
    return { id, number, state, ownerId: assignedToId, begun: startedAt !== null };
  });
  // Whoever asks wants it once: no topic makes the engine read thousands of incidents again.
  return { value: { total: ids.length, rows }, topics: [] };
}

function chosenIds(of: Choice, listed: (spec: ListSpec) => readonly Id[]): readonly Id[] {
  if ('ids' in of) {
    if (of.within === null) return of.ids;
    const present = new Set(listed(of.within));
    return of.ids.filter((id) => present.has(id));
  }
  const ids = listed(of.list);
  if (of.between === null) return ids;
  const [first, last] = of.between.map((id) => ids.indexOf(id)).toSorted((a, b) => a - b);
  return first === undefined || last === undefined || first < 0 ? [] : ids.slice(first, last + 1);
}

async function answerIncident(
  { idOrNumber }: Queries['incident']['args'],
  sources: QuerySources,
): Promise<Answer<'incident'>> {
  const { desk } = sources;
  const id = desk.index.has(idOrNumber) ? idOrNumber : desk.index.idOf(idOrNumber);
  const held = id === null ? null : await desk.incident(id);
  const looker = lookerOf(sources);
  if (!held || !isInSight(looker, held)) return { value: null, topics: ['incidents', 'directory', 'session'] };
  const incident = rowInSight(looker, held);
  sources.agreement.opened(incident.id);
  const timeline = entriesInSight(looker, await desk.timeline(incident.id));
  const mentioned = mentionedIds([incident, timeline]);
  // Other incidents it speaks of, as a duplicate does of its original, are called by their numbers.
  const others = await desk.incidents([...mentioned].filter((other) => other !== incident.id && desk.index.has(other)));
  const numbers = Object.fromEntries(others.map((other) => [other.id, other.number]));
  const value = {
    incident,
    timeline,
    row: queueRow(incident, desk, me(sources)),
    undo: sources.undoOffer(incident, timeline),
    names: { ...namesOf(mentioned, desk.directory), ...numbers },
  };
  return { value, topics: [`incident:${incident.id}`, 'directory', 'session'] };
}

async function rowsOf(ids: readonly Id[], sources: QuerySources): Promise<ReadonlyMap<Id, QueueRow>> {
  const { desk } = sources;
  const viewer = me(sources);
  return new Map((await desk.incidents(ids)).map((one) => [one.id, queueRow(one, desk, viewer)]));
}

async function answerCallerCard(
  { personId }: Queries['callerCard']['args'],
  sources: QuerySources,
): Promise<Answer<'callerCard'>> {
  const { desk } = sources;
  const found = desk.directory.get('person', personId);
  const [person] = recordsInSight(lookerOf(sources), 'person', found ? [found] : []);
  if (!person) return { value: null, topics: ['directory', 'session'] };
  const { open, recent } = desk.index.ofCaller(personId, RECENT_OF_CALLER);
  const rows = [...(await rowsOf(recent, sources)).values()];
  const value = { person, siteName: desk.directory.name('site', person.siteId), openCount: open, recent: rows };
  return { value, topics: [...LISTED, 'session'] };
}

function answerAlerts({ personId, limit }: Queries['alerts']['args'], sources: QuerySources): Answer<'alerts'> {
  const { alerts, desk } = sources;
  const { table } = desk.index;
  const viewer = desk.index.viewerInside(desk.directory.viewer(personId));
  const { isShared } = lookerOf(sources);
  // The ledger keeps the words it was told with; the incident may have become confidential, or left the view, since.
  const readable = <T extends { incidentId: Id | null; shortDescription: string | null }>(one: T): T => {
    if (one.incidentId === null) return one;
    const slot = table.slotOf(one.incidentId);
    const isReadable = slot < 0 ? !isShared : mayReadText(table.factsAt(slot), viewer);
    return isReadable ? one : { ...one, shortDescription: null };
  };
  const { unacknowledged, entries } = alerts.entries(personId, limit);
  const read = entries.map((entry) => ({ ...readable(entry), members: entry.members.map(readable) }));
  return { value: { unacknowledged, entries: read }, topics: ['alerts'] };
}

async function answerSimilar(args: Queries['similar']['args'], sources: QuerySources): Promise<Answer<'similar'>> {
  const found = sources.desk.search.similar(args, me(sources));
  const rows = await rowsOf(
    found.map((one) => one.id),
    sources,
  );
  const value = found.flatMap(({ id, score, sameCaller }) => {
    const row = rows.get(id);
    return row ? [{ ...row, score, sameCaller }] : [];
  });
  return { value, topics: FOUND };
}

async function answerSearch(
  { text, limit }: Queries['search']['args'],
  sources: QuerySources,
): Promise<Answer<'search'>> {
  const found = sources.desk.search.search(text, limit, me(sources));
  const rows = await rowsOf(
    found.hits.map((hit) => hit.id),
    sources,
  );
  const hits = found.hits.flatMap(({ id, matched }) => {
    const row = rows.get(id);
    return row ? [{ ...row, matched }] : [];
  });
  return { value: { total: found.total, hits, reading: found.reading }, topics: FOUND };
}
