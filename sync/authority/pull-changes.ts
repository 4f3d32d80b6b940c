import type { WireRecord } from '#contracts/sync/wire.ts';
import type { Activity, Id } from '#domain/activity/activity.ts';
import { directoryRecordOf } from '#domain/directory/saved.schema.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { matrixOf } from '#domain/priority/matrix-set.schema.ts';
import { besideOf } from './beside.ts';
import type { Cursor } from './cursor.ts';
import { type Page, PageDraft, type Pulling } from './pull-page.ts';
import { recordsFor } from './reveal.ts';
import { mayMove, seenBetween, seesInternal, seesRow, type View } from './view.ts';

/** The log from a cursor on: at most about `limit` entries, always whole commands (SPEC 5.1). */
export async function changesAfter(pulling: Pulling, cursor: Cursor): Promise<Page> {
  const { reader, view, beside, limit } = pulling;
  const { head } = reader;
  const nothingNew = view.person === null || cursor.seq === head.seq;
  const found = nothingNew ? [] : await reader.activitiesAfter(cursor.seq, head.seq, limit);
  const { joining, parting, next } = besideOf(pulling, cursor);
  const touched = await touchedBy(pulling, cursor, found, [...joining, ...parting]);
  const taken = found.slice(0, roomFor(found, touched, limit));
  const through = taken.at(-1)?.seq ?? head.seq;
  const entriesOf = byIncident(taken);
  const draft = new PageDraft(pulling);
  const removed: Id[] = [];
  const waiting: Id[] = [];
  for (const [id, { row, fate, timeline }] of touched) {
    const entries = entriesOf.get(id);
    const isHere = fate === 'stays' || fate === 'enters';
    // Rows are those of now: one that goes beyond this page may come into scope, or leave it, only with a later one.
    const isSure = row.throughSeq <= through;
    if (joining.has(id) && !(isHere && isSure) && seesRow(next, row)) {
      draft.all(row, timeline);
      continue;
    }
    if (parting.has(id) && !isSure) waiting.push(id);
    else if (parting.has(id) && isHere && !seesRow(next, row)) {
      removed.push(id);
      continue;
    }
    if (entries === undefined && !cursor.held.includes(id)) continue;
    if (fate === 'leaves') removed.push(id);
    else if (fate === 'enters') draft.all(row, timeline);
    else if (fate === 'stays') {
      draft.row(row);
      draft.some(entries ?? []);
    }
  }
  const keeps = cursor.keeps && { ...cursor.keeps, beside: [...beside, ...waiting] };
  return {
    ...draft.contents(),
    removed,
    ...configurationIn(taken, view),
    cursor: { ...cursor, seq: through, held: draft.held, keeps },
    more: through < head.seq,
  };
}

function byIncident(activities: readonly Activity[]): ReadonlyMap<Id, readonly Activity[]> {
  const grouped = new Map<Id, Activity[]>();
  for (const activity of activities) {
    const { kind, id } = activity.subject;
    if (kind !== 'incident') continue;
    const known = grouped.get(id);
    if (known) known.push(activity);
    else grouped.set(id, [activity]);
  }
  return grouped;
}

/** What becomes of an incident on the desk: it is there and stays, comes with everything, or goes. */
interface Touched {
  readonly row: Incident;
  readonly fate: 'stays' | 'enters' | 'leaves' | 'away';
  /** Whole for what enters. */
  readonly timeline: readonly Activity[];
}

/** Every incident these entries concern, those with an entry that waits for its release, and these others. */
async function touchedBy(
  { reader, view }: Pulling,
  cursor: Cursor,
  found: readonly Activity[],
  others: readonly Id[],
): Promise<ReadonlyMap<Id, Touched>> {
  const entriesOf = byIncident(found);
  const rows = await reader.incidents([...new Set([...entriesOf.keys(), ...cursor.held, ...others])]);
  const through = found.at(-1)?.seq ?? cursor.seq;
  const moves = new Set(
    [...rows.values()].filter((row) => mayMove(view, row, entriesOf.get(row.id) ?? [])).map(({ id }) => id),
  );
  // A requester's few entries come whole each time: what waited for its release may lie anywhere among them.
  const needed = [...rows.values()].filter(
    (row) => moves.has(row.id) || others.includes(row.id) || (seesRow(view, row) && !seesInternal(view)),
  );
  const timelines = await reader.timelines(needed.map(({ id }) => id));
  return new Map(
    [...rows.values()].map((row): [Id, Touched] => {
      const timeline = timelines.get(row.id) ?? [];
      const seen = moves.has(row.id) ? seenBetween(view, timeline, cursor.seq, through) : null;
      return [row.id, { row, fate: fateOf(view, row, seen), timeline }];
    }),
  );
}

/**
 * The row and the question who may read it are those of now, even when the page ends earlier: nothing is sent that
 * may not be read any more. `seen` is what the page's own entries did; null: they moved nothing.
 */
function fateOf(view: View, row: Incident, seen: ReturnType<typeof seenBetween> | null): Touched['fate'] {
  if (seesRow(view, row)) return seen?.always === false || !seesInternal(view) ? 'enters' : 'stays';
  return seen?.ever === true ? 'leaves' : 'away';
}

/** How many of the entries found go into one page: whole commands, at least one of them. */
function roomFor(found: readonly Activity[], touched: ReadonlyMap<Id, Touched>, limit: number): number {
  const counted = new Set<Id>();
  let size = 0;
  let room = 0;
  for (const [at, { subject, seq }] of found.entries()) {
    const { fate, timeline } = touched.get(subject.id) ?? { fate: 'stays', timeline: [] };
    if (fate !== 'enters') size += 1;
    else if (!counted.has(subject.id)) size += timeline.length;
    counted.add(subject.id);
    const isLast = seq !== found[at + 1]?.seq;
    if (isLast && (size <= limit || room === 0)) room = at + 1;
    if (isLast && size > limit) break;
  }
  return room;
}

/** The last state of each record among the entries, and of the matrix. */
function configurationIn(taken: readonly Activity[], view: View): Pick<Page, 'records' | 'matrix'> {
  const records = new Map<string, WireRecord>();
  let matrix: Page['matrix'] = null;
  for (const activity of taken) {
    const seq = activity.seq ?? 0;
    const saved = directoryRecordOf(activity);
    if (saved !== null)
      records.set(`${saved.kind} ${saved.record.id}`, { kind: saved.kind, seq, record: saved.record });
    const value = matrixOf(activity);
    if (value !== null) matrix = { seq, value };
  }
  return { records: recordsFor(view, [...records.values()]), matrix };
}
