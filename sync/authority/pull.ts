import type { Scope } from '#contracts/sync/scope.ts';
import type { PullAnswer, PullQuery, SubjectAnswer } from '#contracts/sync/wire.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';
import { type Cursor, formatCursor, parseCursor } from './cursor.ts';
import { isOutgrown, sinceOf } from './keeping.ts';
import { isMarked, markOf } from './mark.ts';
import { changesAfter } from './pull-changes.ts';
import { beginLoad, goOnLoading } from './pull-load.ts';
import { nothingYet, type Page, type Pulling } from './pull-page.ts';
import { rowFor, timelineFor } from './reveal.ts';
import type { Lane, SharedLog } from './shared-log.ts';
import { keptSince, narrowed, seesRow, viewOf } from './view.ts';

/** Commands whose timelines a first load brings. */
const RECENT = 5_000;

export interface PullContext {
  /** The server's clock: a reply leaves for its caller at its release. */
  readonly now: Instant;
  /** A first load brings the timelines of what is open and of what this many last commands touched. */
  readonly recent?: number;
}

/**
 * One page of what changed since the query's cursor, as far as this person may see it. A cursor that isn't from this
 * log as it stands (none yet, a restored server, another view) begins a first load (SPEC 5.3, 7.3).
 */
export function pullPage(log: SharedLog, viewer: Lane, query: PullQuery, context: PullContext): Promise<PullAnswer> {
  return log.read(async (reader) => {
    const view = viewOf(viewer.person, await reader.person(viewer.person), query.scope ?? null);
    const { now, recent = RECENT } = context;
    const beside = view.keeping === null ? [] : [...new Set(query.beside)];
    const pulling: Pulling = { reader, view, beside, limit: query.limit, now, recent };
    const mark = await markOf(reader);
    const cursor = await standing(pulling, parseCursor(query.cursor), mark);
    const page = await pageAfter(pulling, cursor);
    return {
      ...nothingYet,
      ...page,
      // Rows are those of now, even when the page ends earlier: all of it must still stand when the cursor comes back.
      cursor: formatCursor({ ...page.cursor, mark }),
      epoch: reader.head.epoch,
      expected: await reader.expected(viewer),
      throughSeq: page.cursor.seq,
    };
  }, viewer);
}

/** One incident with its whole timeline; null when there is none that this person may see. */
export function subject(
  log: SharedLog,
  viewer: Pick<Lane, 'person'>,
  id: Id,
  now: Instant,
): Promise<SubjectAnswer | null> {
  return log.read(async (reader) => {
    const view = viewOf(viewer.person, await reader.person(viewer.person));
    const row = (await reader.incidents([id])).get(id);
    if (row === undefined || !seesRow(view, row)) return null;
    const timeline = (await reader.timelines([id])).get(id) ?? [];
    return { incident: rowFor(view, row), activities: timelineFor(view, timeline, now).activities };
  });
}

/** How many incidents a first load of this scope would bring this person now; null: of all they may see. */
export function sizeOfScope(
  log: SharedLog,
  viewer: Pick<Lane, 'person'>,
  scope: Scope | null,
  now: Instant,
): Promise<number> {
  return log.read(async (reader) => {
    const view = viewOf(viewer.person, await reader.person(viewer.person), scope);
    if (view.person === null) return 0;
    const since = scope && sinceOf(scope, now);
    return reader.incidentCount(narrowed(keptSince(view, since, [])));
  });
}

/** The incident that bears this number, or bore it elsewhere; null when there is none that this person may see. */
export function incidentOfNumber(log: SharedLog, viewer: Pick<Lane, 'person'>, number: string): Promise<Id | null> {
  return log.read(async (reader) => {
    const view = viewOf(viewer.person, await reader.person(viewer.person));
    const id = await reader.incidentOfNumber(number);
    const row = id === null ? undefined : (await reader.incidents([id])).get(id);
    return row !== undefined && seesRow(view, row) ? row.id : null;
  });
}

/** The cursor, if it was given for this view of this log. */
async function standing(
  { reader, view, now }: Pulling,
  cursor: Cursor | null,
  mark: string | null,
): Promise<Cursor | null> {
  const { head } = reader;
  if (cursor === null || cursor.epoch !== head.epoch || cursor.view !== view.version || cursor.seq > head.seq)
    return null;
  const { keeping } = view;
  if ((keeping === null) !== (cursor.keeps === null)) return null;
  if (keeping !== null && isOutgrown(keeping.scope, cursor.keeps?.since ?? null, now)) return null;
  return (await isMarked(reader, cursor, mark)) ? cursor : null;
}

async function pageAfter(pulling: Pulling, cursor: Cursor | null): Promise<Page> {
  if (cursor === null) return beginLoad(pulling);
  const { since = null, beside = [] } = cursor.keeps ?? {};
  const view = keptSince(pulling.view, since, beside);
  const fixed = { ...pulling, view };
  return cursor.load === null ? changesAfter(fixed, cursor) : goOnLoading(fixed, cursor, cursor.load);
}
