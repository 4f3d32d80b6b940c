import type { PullAnswer, WireRecord } from '#contracts/sync/wire.ts';
import type { Activity, Id } from '#domain/activity/activity.ts';
import { applyActivity, inLogOrder } from '#domain/incident/fold.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { DEFAULT_MATRIX, type PriorityMatrix } from '#domain/priority/matrix.ts';
import { matrixOf } from '#domain/priority/matrix-set.schema.ts';
import type { Held, HeldMatrix, HeldTimeline, LocalChange, Position } from './ports.ts';

/** What is held of the things that a page is about. */
export interface Before {
  readonly position: Position;
  readonly incidents: ReadonlyMap<Id, Held<Incident>>;
  readonly timelines: ReadonlyMap<Id, HeldTimeline>;
  readonly records: readonly Held<WireRecord>[];
  readonly matrix: Held<HeldMatrix> | null;
}

export type Arrived = Pick<PullAnswer, 'matrix' | 'records' | 'incidents' | 'activities' | 'whole' | 'removed'>;

/** The incidents a page is about. */
export const incidentsIn = (page: Arrived): readonly Id[] => [
  ...new Set([...page.removed, ...page.incidents.map(({ id }) => id), ...page.activities.flatMap(incidentIdOf)]),
];

/**
 * What a page changes (SPEC 5.5 to 5.7). The same page twice is the same as once: rows only go forward, entries are
 * taken once. What came under an earlier first load counts as not held, except that it stays until this one ends.
 */
export function arriving(before: Before, page: PullAnswer): LocalChange {
  const load = before.position.load + (page.begins ? 1 : 0);
  const change = arrivingUnder(load, before, page);
  const loads = page.begins || before.position.loading !== null;
  return {
    ...change,
    position: {
      cursor: page.cursor,
      load,
      throughSeq: loads && !page.ends ? Math.min(before.position.throughSeq, page.throughSeq) : page.throughSeq,
      loading: loads && !page.ends ? (page.loading ?? { done: 0, total: 0 }) : null,
      ...(before.position.asked === undefined ? {} : { asked: before.position.asked }),
    },
    dropBefore: page.ends ? load : null,
  };
}

/** The same for what is not part of the stream: where this device stands in the log stays. */
export function arrivingBeside(before: Before, page: Arrived): LocalChange {
  return { ...arrivingUnder(before.position.load, before, page), position: before.position, dropBefore: null };
}

function arrivingUnder(load: number, before: Before, page: Arrived): Omit<LocalChange, 'position' | 'dropBefore'> {
  const removed = new Set(page.removed);
  const incidents = new Map<Id, Held<Incident>>();
  const timelines = new Map<Id, HeldTimeline>();
  const sent = new Map(page.incidents.map((incident) => [incident.id, incident]));
  const entries = bySubject(page.activities);
  const matrixAt = matrices(before.matrix?.value ?? null, page);
  for (const id of incidentsIn(page)) {
    const held = removed.has(id) ? undefined : under(load, before.incidents.get(id));
    const arrived = sent.get(id);
    const newer = held === undefined || (arrived !== undefined && arrived.throughSeq >= held.value.throughSeq);
    const base = newer ? (arrived ?? null) : held.value;
    const mine = entries.get(id) ?? [];
    // Entries whose beginning was never sent belong to nothing that is held.
    if (base === null && !page.whole.includes(id)) continue;
    const row = folded(base, mine, matrixAt);
    if (row === null) continue;
    if (row !== held?.value) incidents.set(id, { load, value: row });
    const known = removed.has(id) ? undefined : under(load, before.timelines.get(id));
    timelines.set(id, joined(load, known, mine, page.whole.includes(id), newer));
  }
  return {
    removed: [...removed].filter((id) => !incidents.has(id)),
    incidents: [...incidents.values()],
    timelines,
    records: newerRecords(load, before.records, page.records),
    matrix: newerMatrix(load, before.matrix, page),
  };
}

const under = <T extends { readonly load: number }>(load: number, held: T | undefined): T | undefined =>
  held?.load === load ? held : undefined;

function bySubject(activities: readonly Activity[]): ReadonlyMap<Id, readonly Activity[]> {
  const found = new Map<Id, Activity[]>();
  for (const activity of activities) {
    const known = found.get(activity.subject.id);
    if (known) known.push(activity);
    else found.set(activity.subject.id, [activity]);
  }
  return found;
}

const incidentIdOf = ({ subject }: Activity): Id[] => (subject.kind === 'incident' ? [subject.id] : []);

/** What a row does not know yet of its entries; most rows come as far as their entries do. */
function folded(base: Incident | null, entries: readonly Activity[], matrixAt: (seq: number) => PriorityMatrix) {
  let row = base;
  for (const activity of inLogOrder(entries)) {
    if (row !== null && (activity.seq ?? 0) <= row.throughSeq && base !== null) continue;
    row = applyActivity(row, activity, { matrix: matrixAt(activity.seq ?? 0) });
  }
  return row;
}

/** A whole timeline replaces what was held, unless it is older; then, as always, each entry is taken once. */
function joined(
  load: number,
  known: HeldTimeline | undefined,
  entries: readonly Activity[],
  whole: boolean,
  newer: boolean,
): HeldTimeline {
  const kept = whole && newer ? [] : (known?.entries ?? []);
  return { load, whole: whole || known?.whole === true, entries: inLogOrder([...kept, ...entries]) };
}

/** The matrix in force at a place of the log, as far as this device has heard of it. */
function matrices(held: HeldMatrix | null, page: Arrived): (seq: number) => PriorityMatrix {
  const known: HeldMatrix[] = page.activities.flatMap((activity) => {
    const value = matrixOf(activity);
    return value === null ? [] : [{ seq: activity.seq ?? 0, value }];
  });
  if (held !== null) known.push(held);
  if (page.matrix !== null) known.push(page.matrix);
  known.sort((one, other) => one.seq - other.seq);
  return (seq) => known.findLast((matrix) => matrix.seq <= seq)?.value ?? DEFAULT_MATRIX;
}

export const recordKey = ({ kind, record }: WireRecord): string => `${kind} ${record.id}`;

function newerRecords(load: number, before: readonly Held<WireRecord>[], records: readonly WireRecord[]) {
  const held = new Map(before.map((one) => [recordKey(one.value), one]));
  return records.flatMap((record): Held<WireRecord>[] => {
    const known = under(load, held.get(recordKey(record)));
    return known !== undefined && known.value.seq > record.seq ? [] : [{ load, value: record }];
  });
}

function newerMatrix(load: number, before: Held<HeldMatrix> | null, { matrix }: Arrived): Held<HeldMatrix> | null {
  if (matrix === null) return null;
  const known = under(load, before ?? undefined);
  return known !== undefined && known.value.seq > matrix.seq ? null : { load, value: matrix };
}
