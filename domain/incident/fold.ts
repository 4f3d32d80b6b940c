import type { Activity } from '#domain/activity/activity.ts';
import type { FoldContext } from '#domain/incident/activities/define.schema.ts';
import { definitionOf } from '#domain/incident/activities/registry.schema.ts';
import { blankIncident, FOLD_VERSION } from '#domain/incident/blank.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { settle } from '#domain/incident/settle.ts';

export type { FoldContext } from '#domain/incident/activities/define.schema.ts';

/**
 * The incident after one more activity. Pure and total: any type, any payload, any first activity; it never throws.
 * Confirmed activities at or below what was folded already do nothing, so the same one twice changes nothing.
 * Entries of one import share a `seq` and have no index: leaving out those already held is the importer's duty.
 */
export function applyActivity(incident: Incident | null, activity: Activity, context: FoldContext): Incident {
  const before = incident ?? blankIncident(activity);
  if (!concerns(activity, before) || isFolded(before, activity)) return before;
  const after = definitionOf(activity.type)?.apply(before, activity, context) ?? before;
  const moved = after !== before || incident === null;
  return {
    ...(moved ? settle(before, after, activity, context.matrix) : before),
    // An import writes things down when the source did, so this is the source's clock for what was observed.
    updatedAt: moved ? activity.recordedAt : before.updatedAt,
    ...foldedThrough(before, activity),
    foldVersion: FOLD_VERSION,
  };
}

/**
 * The incident that these activities make, or null when none concerns an incident. They may come in any order and
 * repeated: confirmed ones are taken in the log's order, proposed ones after them as given.
 */
export function foldIncident(activities: readonly Activity[], context: FoldContext): Incident | null {
  let incident: Incident | null = null;
  for (const activity of inLogOrder(activities)) {
    if (activity.subject.kind !== 'incident') continue;
    incident = applyActivity(incident, activity, context);
  }
  return incident;
}

/** Each activity once, in the order of the log; among equals the given order stays. */
export function inLogOrder(activities: readonly Activity[]): readonly Activity[] {
  const seen = new Set<string>();
  const once = activities.filter((activity) => {
    if (seen.has(activity.id)) return false;
    seen.add(activity.id);
    return true;
  });
  const sorted = once.every((activity, i) => i === 0 || compare(once[i - 1] as Activity, activity) <= 0);
  return sorted ? once : once.sort(compare);
}

const indexOf = (activity: Activity): number => activity.cause?.index ?? -1;
const seqOf = (activity: Activity): number => activity.seq ?? Number.POSITIVE_INFINITY;

function compare(a: Activity, b: Activity): number {
  if (seqOf(a) !== seqOf(b)) return seqOf(a) - seqOf(b);
  return a.seq === null ? 0 : indexOf(a) - indexOf(b);
}

function isFolded(incident: Incident, activity: Activity): boolean {
  if (activity.seq === null || activity.seq > incident.throughSeq) return false;
  if (activity.seq < incident.throughSeq) return true;
  return activity.cause !== null && activity.cause.index <= incident.throughIndex;
}

function foldedThrough(before: Incident, { seq, cause }: Activity): Pick<Incident, 'throughSeq' | 'throughIndex'> {
  if (seq === null) return { throughSeq: before.throughSeq, throughIndex: before.throughIndex };
  const index = cause?.index ?? -1;
  return { throughSeq: seq, throughIndex: seq === before.throughSeq ? Math.max(before.throughIndex, index) : index };
}

const concerns = (activity: Activity, incident: Incident): boolean =>
  activity.subject.kind === 'incident' && activity.subject.id === incident.id;
