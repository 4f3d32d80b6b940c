import { isNarrow, type Scope } from '#contracts/sync/scope.ts';
import type { Activity, Id, Instant } from '#domain/activity/activity.ts';
import { nameBasedId } from '#domain/activity/ids.ts';
import type { Person } from '#domain/directory/directory.ts';
import { effectsOf } from '#domain/incident/effects.ts';
import { applyActivity } from '#domain/incident/fold.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { isStaff, mayRead, PERMISSIONS } from '#domain/permissions/permissions.ts';
import { DEFAULT_MATRIX } from '#domain/priority/matrix.ts';
import { DECIDING, type Keeping, keeps, mayHaveAged } from './keeping.ts';
import type { IncidentFilter } from './shared-log.ts';

/** Raised when the code that decides what a person sees decides otherwise: every desk then loads anew. */
const POLICY = 2;

/** What one person may see of the log, or what one device keeps of that. */
export interface View {
  /** Another one than that of a cursor means: what that desk holds is not what it may hold. */
  readonly version: string;
  readonly personId: Id;
  /** Null sees nothing: nobody of that id, or somebody who has left. */
  readonly person: Person | null;
  /** Null: all that they may see. */
  readonly keeping: Keeping | null;
}

/** A requester's few incidents are kept whole whatever `scope` says. */
export function viewOf(personId: Id, found: Person | null, scope: Scope | null = null): View {
  const person = found?.active === true ? found : null;
  const decides = decisive(personId, person);
  const whole = { version: nameBasedId('view', POLICY, ...decides), personId, person, keeping: null };
  if (scope === null || !isNarrow(scope) || !seesInternal(whole)) return whole;
  const { teamIds, siteIds, closedFor } = scope;
  const narrow = JSON.stringify([personId, closedFor, teamIds.toSorted(), siteIds.toSorted()]);
  return {
    ...whole,
    version: nameBasedId('view', POLICY, ...decides, 'scope', narrow),
    keeping: { personId, scope, since: null, beside: [] },
  };
}

/** The same view as a first load fixed it, with what the device keeps beside. */
export const keptSince = (view: View, since: Instant | null, beside: readonly Id[]): View =>
  view.keeping === null ? view : { ...view, keeping: { ...view.keeping, since, beside } };

/** What decides what a person sees; who sees all that the desk has sees what all such see (SPEC 7.13). */
function decisive(personId: Id, person: Person | null): readonly string[] {
  if (person === null) return ['', personId];
  const can = PERMISSIONS[person.role];
  const reads = [isStaff(person.role), can.includes('readInternal'), can.includes('readConfidential')].map(String);
  const seesAll = can.includes('readInternal') && can.includes('readConfidential');
  return seesAll ? reads : [...reads, personId, ...person.teamIds.toSorted()];
}

export const seesRow = ({ person, keeping }: View, incident: Incident): boolean =>
  person !== null && mayRead(person, incident) && (keeping === null || keeps(keeping, incident));

const can = ({ person }: Pick<View, 'person'>, action: 'readInternal' | 'readConfidential'): boolean =>
  person !== null && PERMISSIONS[person.role].includes(action);

/** Entries and fields of the desk's own; a requester gets neither. */
export const seesInternal = (view: Pick<View, 'person'>): boolean => can(view, 'readInternal');

export const isOfStaff = ({ person }: View): boolean => person !== null && isStaff(person.role);

/** Rows that need not be read for this person, nor counted. What is read is still asked one by one. */
export function narrowed(view: View): IncidentFilter {
  const { person, personId, keeping } = view;
  if (person === null || !seesInternal(view)) return { concerning: personId };
  return {
    ...(can(view, 'readConfidential') ? {} : { readableBy: person }),
    ...(keeping === null ? {} : { kept: keeping }),
  };
}

/** The fields that `mayRead` looks at, for the caller's side and for the desk's. */
const OF_CALLER = ['callerId', 'affectedId'] satisfies readonly (keyof Incident)[];
const OF_DESK = [
  'confidential',
  'assignedToId',
  'assignmentGroupId',
  'openedById',
] satisfies readonly (keyof Incident)[];

/** Of an incident that ends as `row`, after these of its entries or later: the fields that may have moved it. */
function decisiveFields(view: View, row: Incident, entries: readonly Activity[]): readonly string[] {
  if (!seesInternal(view)) return OF_CALLER;
  const kept = view.keeping === null ? [] : DECIDING;
  if (can(view, 'readConfidential')) return kept;
  const isOpenNow = !row.confidential && row.throughSeq <= (entries.at(-1)?.seq ?? 0);
  return [...(isOpenNow ? ['confidential'] : OF_DESK), ...kept];
}

/**
 * Whether these entries may have brought their incident into view, or out of it. What begins an incident and what an
 * import tells of it always may.
 */
export function mayMove(view: View, row: Incident, entries: readonly Activity[]): boolean {
  if (view.keeping !== null && mayHaveAged(view.keeping, row, entries)) return true;
  const decisive = decisiveFields(view, row, entries);
  return entries.some(
    (entry) =>
      entry.type === 'incident.recorded' ||
      entry.origin === 'observed' ||
      effectsOf(entry).some(({ field }) => decisive.includes(field)),
  );
}

/** Whether the incident was in view at some time, and at all times, from the end of `after` to that of `through`. */
export function seenBetween(
  view: View,
  timeline: readonly Activity[],
  after: number,
  through: number,
): { readonly ever: boolean; readonly always: boolean } {
  let incident: Incident | null = null;
  const seen = { ever: false, always: true };
  const look = (): void => {
    const sees = incident !== null && seesRow(view, incident);
    seen.ever ||= sees;
    seen.always &&= sees;
  };
  const first = timeline.findIndex(({ seq }) => (seq ?? 0) > after);
  for (const [at, entry] of timeline.entries()) {
    if ((entry.seq ?? 0) > through) break;
    if (at === first) look();
    // The matrix has no say in who may read.
    incident = applyActivity(incident, entry, { matrix: DEFAULT_MATRIX });
    if (first >= 0 && at >= first) look();
  }
  if (first < 0 || (timeline[first]?.seq ?? 0) > through) look();
  return seen;
}
