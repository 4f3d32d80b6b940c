import type { WireRecord } from '#contracts/sync/wire.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';
import type { DirectoryKind } from '#domain/directory/directory.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { isOpen } from '#domain/incident/settle.ts';
import { wantsOthers } from './beside.ts';
import type { Cursor, Load } from './cursor.ts';
import { sinceOf } from './keeping.ts';
import { type Page, PageDraft, type Pulling } from './pull-page.ts';
import { recordsFor } from './reveal.ts';
import type { IncidentFilter, IncidentKey } from './shared-log.ts';
import { keptSince, narrowed, seesRow } from './view.ts';

/** How long ago an incident may have changed to count as recent. Milliseconds. */
const RECENT = 30 * 24 * 3_600_000;

/** Timelines fetched at once: an incident may have thousands of entries. */
const AT_ONCE = 50;

/** A directory of more records than this comes with the second page: the first is to be on the screen at once. */
const DIRECTORY_AT_ONCE = 1_000;

/**
 * Fixes the end, then sends the first page: matrix, directory, and as many rows as it has room for (SPEC 8.1). Of a
 * large directory it brings what its rows and forms need first, and the next page all of it.
 */
export async function beginLoad(asked: Pulling): Promise<Page> {
  const { reader, now, beside } = asked;
  const { keeping } = asked.view;
  const keeps = keeping && { since: sinceOf(keeping.scope, now), beside };
  const view = keeps === null ? asked.view : keptSince(asked.view, keeps.since, beside);
  const pulling = { ...asked, view };
  const cursor: Cursor = {
    epoch: reader.head.epoch,
    seq: reader.head.seq,
    mark: null,
    view: view.version,
    held: [],
    keeps,
    load: null,
  };
  if (view.person === null) return { cursor, more: false, begins: true, ends: true };
  const total = await reader.incidentCount(narrowed(view));
  const since = now - RECENT;
  const page = await goOnLoading(pulling, cursor, { phase: 'incidents', after: null, done: 0, total, since });
  const records = recordsFor(view, await reader.records());
  const first = { ...page, begins: true, matrix: await reader.matrix(), records };
  const { load } = page.cursor;
  if (records.length <= DIRECTORY_AT_ONCE || load?.phase !== 'incidents') return first;
  const later: Cursor = { ...page.cursor, load: { ...load, phase: 'directory' } };
  return { ...first, cursor: later, records: neededFirst(records, page.incidents ?? [], view) };
}

/** The next page of a first load. */
export async function goOnLoading(pulling: Pulling, cursor: Cursor, load: Load): Promise<Page> {
  if (load.phase === 'directory') {
    const { reader, view } = pulling;
    const page = await goOnLoading(pulling, cursor, { ...load, phase: 'incidents' });
    return { ...page, records: recordsFor(view, await reader.records()) };
  }
  const draft = new PageDraft(pulling);
  const end: Walk = { room: pulling.limit, after: load.after, done: load.done, exhausted: false };
  const { phase } = load;
  if (phase === 'incidents') {
    await walkRows(pulling, cursor, draft, end);
    if (!end.exhausted) return ongoing(draft, cursor, { ...load, after: end.after, done: end.done });
    Object.assign(end, { after: null, exhausted: false });
  }
  await walkTimelines(pulling, cursor, draft, end, load.since);
  const held = [...new Set([...cursor.held, ...draft.held])];
  const known = { ...cursor, held };
  if (!end.exhausted) return ongoing(draft, known, { ...load, phase: 'timelines', after: end.after, done: end.done });
  // What was kept back may have been released while the load went on.
  const more = pulling.reader.head.seq > cursor.seq || held.length > 0 || wantsOthers(pulling, cursor);
  return { ...draft.contents(), cursor: { ...known, load: null }, more, ends: true };
}

/** Whoever looks, what these rows name, and of the kinds that are never many all. */
function neededFirst(
  records: readonly WireRecord[],
  rows: readonly Incident[],
  view: Pulling['view'],
): readonly WireRecord[] {
  const named = new Set<Id | null>([view.personId, ...rows.flatMap(namedIn)]);
  return records.filter(({ kind, record }) => !MANY.includes(kind) || named.has(record.id));
}

const MANY: readonly DirectoryKind[] = ['person', 'configurationItem'];

const namedIn = (row: Incident): readonly (Id | null)[] => [
  row.callerId,
  row.affectedId,
  row.openedById,
  row.assignedToId,
  row.closedById,
  row.resolution?.by ?? null,
  ...row.watcherIds,
  ...row.configurationItemIds,
];

const ongoing = (draft: PageDraft, cursor: Cursor, load: Load): Page => ({
  ...draft.contents(),
  cursor: { ...cursor, load },
  more: true,
  loading: { done: load.done, total: load.total },
});

/** How far a page has come. */
interface Walk {
  room: number;
  after: IncidentKey | null;
  done: number;
  exhausted: boolean;
}

async function walkRows(pulling: Pulling, cursor: Cursor, draft: PageDraft, walk: Walk): Promise<void> {
  const { view } = pulling;
  const rows = await rowsAfter(pulling, cursor, walk, walk.room, narrowed(view));
  for (const { key, incident } of rows) {
    if (seesRow(view, incident)) draft.row(incident);
    walk.after = key;
  }
  walk.exhausted = rows.length < walk.room;
  walk.room -= rows.length;
  walk.done += rows.length;
}

/**
 * Of what is open or recent; the other timelines come when they are opened. Recent is among the last commands and, by
 * its own times, not long ago: of what is adopted the log hears last, and it may be years old. Rows come again with
 * their timelines: either may have grown since.
 */
async function walkTimelines(
  pulling: Pulling,
  cursor: Cursor,
  draft: PageDraft,
  walk: Walk,
  since: Instant,
): Promise<void> {
  const { reader, view } = pulling;
  const wanted = { ...narrowed(view), openOrAfter: cursor.seq - pulling.recent };
  while (walk.room > 0) {
    const count = Math.min(walk.room, AT_ONCE);
    const rows = await rowsAfter(pulling, cursor, walk, count, wanted);
    const shown = rows.filter(
      ({ incident }) => (isOpen(incident) || incident.updatedAt > since) && seesRow(view, incident),
    );
    const timelines = await reader.timelines(shown.map(({ incident }) => incident.id));
    const ids = new Set(shown.map(({ incident }) => incident.id));
    for (const { key, incident } of rows) {
      if (walk.room <= 0) return;
      const timeline = timelines.get(incident.id) ?? [];
      if (ids.has(incident.id)) draft.all(incident, timeline);
      walk.after = key;
      walk.room -= Math.max(1, timeline.length);
    }
    if (rows.length < count) {
      walk.exhausted = true;
      return;
    }
  }
}

/** What was made after the end was fixed comes with the changes. */
const rowsAfter = ({ reader }: Pulling, cursor: Cursor, { after }: Walk, count: number, only: IncidentFilter) =>
  reader.incidentsBefore(after ?? { firstSeq: cursor.seq + 1, id: '' }, count, only);
