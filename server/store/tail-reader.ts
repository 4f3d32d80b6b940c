import type { Activity, Id } from '#domain/activity/activity.ts';
import type { Incident } from '#domain/incident/incident.ts';
import type { Lane, LogReader } from '#sync/authority/shared-log.ts';
import type { DirectoryState } from './directory-cache.ts';
import type { Head } from './head.ts';
import type { Tail } from './log-tail.ts';

/** Thrown when memory does not have what is asked for: the database is to be asked instead. */
export class NotHeld extends Error {}

/** One state of the log, as far as this node holds it. */
export interface HeldState {
  readonly head: Head;
  readonly tail: Tail | null;
  readonly directory: DirectoryState | null;
  readonly lane: Lane | null;
  /** Of that lane. */
  readonly expected: number;
}

/** What a pull reads, out of this node's memory; anything else throws `NotHeld`. */
export function createTailReader({ head, tail, directory, lane, expected }: HeldState): LogReader {
  const notHeld = async (): Promise<never> => {
    throw new NotHeld();
  };
  const known = <Held>(held: Held | null): Held => {
    if (held === null) throw new NotHeld();
    return held;
  };
  return {
    head: { epoch: head.epoch, seq: head.seq },
    expected: async ({ device, person }) => (device === lane?.device && person === lane.person ? expected : notHeld()),
    activityIdAt: notHeld,
    activitiesAfter: async (afterSeq, throughSeq, limit) => entriesAfter(known(tail), afterSeq, throughSeq, limit),
    incidents: async (ids) => {
      const { rows } = known(tail);
      return new Map(ids.map((id): [Id, Incident] => [id, known(rows.get(id) ?? null).incident]));
    },
    incidentsBefore: notHeld,
    incidentCount: notHeld,
    incidentOfNumber: notHeld,
    person: async (id) => known(directory).record('person', id),
    records: async () => known(directory).all.map(({ kind, lsn, record }) => ({ kind, seq: lsn, record })),
    matrix: async () => known(directory).matrix,
    timelines: async (ids) => timelinesIn(known(tail), ids),
    chained: notHeld,
    chainHeads: notHeld,
  };
}

function entriesAfter({ from, kept }: Tail, afterSeq: number, throughSeq: number, limit: number) {
  if (afterSeq < from) throw new NotHeld();
  const first = firstAfter(kept, afterSeq);
  const end = kept[first + limit - 1]?.seq ?? throughSeq;
  return kept.slice(first, firstAfter(kept, Math.min(end, throughSeq))).map(({ activity }) => activity);
}

/** Where those behind this seq begin. */
function firstAfter(kept: Tail['kept'], seq: number): number {
  let [low, high] = [0, kept.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((kept[middle]?.seq ?? 0) > seq) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Of incidents that began in the tail, for only of those all entries are here. */
function timelinesIn({ from, kept, rows }: Tail, ids: readonly Id[]): ReadonlyMap<Id, readonly Activity[]> {
  const found = new Map<Id, Activity[]>();
  for (const id of ids) {
    if ((rows.get(id)?.firstSeq ?? 0) <= from) throw new NotHeld();
    found.set(id, []);
  }
  if (found.size > 0) for (const { activity } of kept) found.get(activity.subject.id)?.push(activity);
  return found;
}
