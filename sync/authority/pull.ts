import type { PullAnswer, PullQuery, SubjectAnswer } from '#contracts/sync/wire.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';
import { type Cursor, formatCursor, parseCursor } from './cursor.ts';
import { isMarked, markOf } from './mark.ts';
import { changesAfter } from './pull-changes.ts';
import { beginLoad, goOnLoading } from './pull-load.ts';
import { nothingYet, type Page, type Pulling } from './pull-page.ts';
import { rowFor, timelineFor } from './reveal.ts';
import type { Lane, LogReader, SharedLog } from './shared-log.ts';
import { seesRow, viewOf } from './view.ts';

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
    const view = viewOf(viewer.person, await reader.person(viewer.person));
    const pulling: Pulling = { reader, view, limit: query.limit, now: context.now, recent: context.recent ?? RECENT };
    const mark = await markOf(reader);
    const cursor = await standing(reader, parseCursor(query.cursor), view.version, mark);
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

/** The cursor, if it was given for this view of this log. */
async function standing(
  reader: LogReader,
  cursor: Cursor | null,
  view: string,
  mark: string | null,
): Promise<Cursor | null> {
  const { head } = reader;
  if (cursor === null || cursor.epoch !== head.epoch || cursor.view !== view || cursor.seq > head.seq) return null;
  return (await isMarked(reader, cursor, mark)) ? cursor : null;
}

async function pageAfter(pulling: Pulling, cursor: Cursor | null): Promise<Page> {
  if (cursor === null) return beginLoad(pulling);
  return cursor.load === null ? changesAfter(pulling, cursor) : goOnLoading(pulling, cursor, cursor.load);
}
