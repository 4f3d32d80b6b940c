import type { Activity, Id } from '#domain/activity/activity.ts';
import type { Incident } from '#domain/incident/incident.ts';
import type { Queries } from './driver.ts';
import { keysOf } from './keys.ts';
import { activityIn } from './log-chains.ts';
import type { Look } from './log-look.ts';
import { anyKey } from './log-rows.ts';
import { run, tables } from './tables.ts';

/** Entries that are kept, and the characters of their bodies. */
const ENTRIES = 2_000;
const CHARACTERS = 8_000_000;
/** Commands that are read when nothing is kept yet. */
const BEGIN = 200;

interface Kept {
  readonly seq: number;
  readonly activity: Activity;
  readonly size: number;
}

export interface KeptRow {
  readonly firstSeq: number;
  readonly incident: Incident;
}

/**
 * The newest part of the log as one state of it has it: what a thousand desks ask for after each change. Nothing of it
 * is ever changed; a log that has grown has another one. Whoever rewrites what was confirmed has to draw a new
 * directory version as well: a tail is thrown away when that changes.
 */
export interface Tail {
  readonly epoch: Id;
  readonly seq: number;
  readonly hash: string | null;
  readonly directoryVersion: string;
  /** Everything after this seq is here. */
  readonly from: number;
  readonly kept: readonly Kept[];
  /** As they are at `seq`: of every incident that one of the entries is about. */
  readonly rows: ReadonlyMap<Id, KeptRow>;
}

/** Whether it is of this very state of the log. */
export const isAt = (tail: Tail | null, { head, hash }: Look): boolean =>
  tail !== null &&
  tail.seq === head.seq &&
  tail.hash === hash &&
  tail.epoch === head.epoch &&
  tail.directoryVersion === head.directoryVersion;

/** The tail at `look`, which is of the transaction of these queries. Without an entry when one command is too large. */
export async function grown(queries: Queries, before: Tail | null, look: Look): Promise<Tail> {
  const { head, hash } = look;
  const { epoch, seq, directoryVersion } = head;
  const base = (await isBehind(queries, before, look)) ? before : null;
  const after = base?.seq ?? Math.max(0, seq - BEGIN);
  const rows = await run(
    queries,
    tables
      .selectFrom('activities')
      .select(['seq', 'body'])
      .where('seq', '>', after)
      .where('seq', '<=', seq)
      .orderBy('seq')
      .orderBy('place')
      .limit(ENTRIES + 1),
  );
  const added = rows.length > ENTRIES ? null : readable(rows);
  if (added === null) return { epoch, seq, hash, directoryVersion, from: seq, kept: [], rows: new Map() };
  const { from, kept } = bounded(base?.from ?? after, [...(base?.kept ?? []), ...added]);
  // A row that can't be read now is not held as it was before.
  const changed = new Set(added.map(({ activity }) => activity.subject.id));
  const same = [...(base?.rows ?? [])].filter(([id]) => !changed.has(id));
  const known = new Map([...same, ...(await rowsOf(queries, added))]);
  const subjects = new Set(kept.map(({ activity }) => activity.subject.id));
  const held = new Map([...known].filter(([id]) => subjects.has(id)));
  return { epoch, seq, hash, directoryVersion, from, kept, rows: held };
}

/** Null when one of them is damaged: whoever needs it meets it in the database, and nobody else. */
function readable(rows: readonly { readonly seq: number; readonly body: string }[]): readonly Kept[] | null {
  const kept: Kept[] = [];
  for (const { seq, body } of rows) {
    const activity = activityIn(body);
    if (activity === null) return null;
    kept.push({ seq, activity, size: body.length });
  }
  return kept;
}

/** Whether the log has only grown since: a restored one goes on from somewhere else, and a rewritten one has another version. */
async function isBehind(queries: Queries, before: Tail | null, { head }: Look): Promise<boolean> {
  if (before === null || before.hash === null || before.epoch !== head.epoch || before.seq > head.seq) return false;
  if (before.directoryVersion !== head.directoryVersion) return false;
  const last = tables.selectFrom('activities').select('hash').where('seq', '=', before.seq).orderBy('place').limit(1);
  return (await run(queries, last))[0]?.hash === before.hash;
}

/** The newest of them that there is room for, whole commands. */
function bounded(from: number, kept: readonly Kept[]): Pick<Tail, 'from' | 'kept'> {
  let characters = 0;
  let first = kept.length;
  while (first > 0 && kept.length - first < ENTRIES) {
    characters += kept[first - 1]?.size ?? 0;
    if (characters > CHARACTERS) break;
    first -= 1;
  }
  const dropped = first === 0 ? from : (kept[first - 1]?.seq ?? from);
  return { from: dropped, kept: kept.filter(({ seq }) => seq > dropped) };
}

async function rowsOf(queries: Queries, added: readonly Kept[]): Promise<readonly (readonly [Id, KeptRow])[]> {
  const ids = added.flatMap(({ activity: { subject } }) => (subject.kind === 'incident' ? [subject.id] : []));
  if (ids.length === 0) return [];
  const found = await run(
    queries,
    tables
      .selectFrom('incidents')
      .select(['first_seq as firstSeq', 'body'])
      .where('id', '=', anyKey(keysOf(ids))),
  );
  return found.flatMap(({ firstSeq, body }) => {
    const incident = incidentIn(body);
    return incident === null ? [] : [[incident.id, { firstSeq, incident }] as const];
  });
}

/** Null when it is damaged. */
function incidentIn(body: string): Incident | null {
  try {
    const read = JSON.parse(body);
    return typeof read?.id === 'string' ? read : null;
  } catch {
    return null;
  }
}
