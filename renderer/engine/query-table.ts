import type {
  EngineStatus,
  ImportProgress,
  Queries,
  QueryName,
  QueueRow,
  Session,
  UndoOffer,
} from '#contracts/engine/protocol.ts';
import type { Draft } from '#contracts/host/engine-host.ts';
import type { Activity, Id } from '#domain/activity/activity.ts';
import type { Incident } from '#domain/incident/incident.ts';
import type { AlertEngine } from './alerts/alert-engine.ts';
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
  incident: answerIncident,
  directory: ({ kind }, { desk }) => ({ value: desk.directory.byName(kind), topics: ['directory'] }),
  people: (args, { desk }) => ({ value: findPeople(desk.directory, args), topics: ['directory'] }),
  callerCard: answerCallerCard,
  similar: answerSimilar,
  search: answerSearch,
  alerts: ({ personId, limit }, { alerts }) => ({ value: alerts.entries(personId, limit), topics: ['alerts'] }),
  matrix: (_, { desk }) => ({ value: desk.matrix, topics: ['configuration'] }),
  drafts: ({ personId }, sources) => ({ value: sources.drafts(personId), topics: ['drafts'] }),
  importProgress: ({ importId }, sources) => ({
    value: sources.importProgress(importId),
    topics: ['imports'],
  }),
};

const me = ({ desk, session }: QuerySources) => desk.directory.viewer(session().personId ?? '');

async function answerList(args: Queries['list']['args'], sources: QuerySources): Promise<Answer<'list'>> {
  const { desk } = sources;
  sources.looked(args);
  const viewer = desk.directory.viewer(args.personId);
  const page = desk.index.list(args.spec, viewer, args.from, args.to);
  const incidents = await desk.incidents(page.ids);
  const rows = incidents.map((incident) => queueRow(incident, desk.directory, viewer));
  return { value: { total: page.total, from: args.from, rows }, topics: LISTED };
}

async function answerIncident(
  { idOrNumber }: Queries['incident']['args'],
  sources: QuerySources,
): Promise<Answer<'incident'>> {
  const { desk } = sources;
  const id = desk.index.has(idOrNumber) ? idOrNumber : desk.index.idOf(idOrNumber);
  const incident = id === null ? null : await desk.incident(id);
  if (!incident) return { value: null, topics: ['incidents'] };
  const timeline = await desk.timeline(incident.id);
  const mentioned = mentionedIds([incident, timeline]);
  // Other incidents it speaks of, as a duplicate does of its original, are called by their numbers.
  const others = await desk.incidents([...mentioned].filter((other) => other !== incident.id && desk.index.has(other)));
  const numbers = Object.fromEntries(others.map((other) => [other.id, other.number]));
  const value = {
    incident,
    timeline,
    row: queueRow(incident, desk.directory, me(sources)),
    undo: sources.undoOffer(incident, timeline),
    names: { ...namesOf(mentioned, desk.directory), ...numbers },
  };
  return { value, topics: [`incident:${incident.id}`, 'directory', 'session'] };
}

async function rowsOf(ids: readonly Id[], sources: QuerySources): Promise<ReadonlyMap<Id, QueueRow>> {
  const { desk } = sources;
  const viewer = me(sources);
  return new Map((await desk.incidents(ids)).map((one) => [one.id, queueRow(one, desk.directory, viewer)]));
}

async function answerCallerCard(
  { personId }: Queries['callerCard']['args'],
  sources: QuerySources,
): Promise<Answer<'callerCard'>> {
  const { desk } = sources;
  const person = desk.directory.get('person', personId);
  if (!person) return { value: null, topics: ['directory'] };
  const { open, recent } = desk.index.ofCaller(personId, RECENT_OF_CALLER);
  const rows = [...(await rowsOf(recent, sources)).values()];
  const value = { person, siteName: desk.directory.name('site', person.siteId), openCount: open, recent: rows };
  return { value, topics: LISTED };
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
