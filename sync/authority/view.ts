import type { Activity, Id } from '#domain/activity/activity.ts';
import { nameBasedId } from '#domain/activity/ids.ts';
import type { Person } from '#domain/directory/directory.ts';
import { effectsOf } from '#domain/incident/effects.ts';
import { applyActivity } from '#domain/incident/fold.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { isStaff, mayRead, PERMISSIONS } from '#domain/permissions/permissions.ts';
import { DEFAULT_MATRIX } from '#domain/priority/matrix.ts';
import type { IncidentFilter } from './shared-log.ts';

/** Raised when the code that decides what a person sees decides otherwise: every desk then loads anew. */
const POLICY = 2;

/** What one person may see of the log. */
export interface View {
  /** Another one than that of a cursor means: what that desk holds is not what it may hold. */
  readonly version: string;
  readonly personId: Id;
  /** Null sees nothing: nobody of that id, or somebody who has left. */
  readonly person: Person | null;
}

export function viewOf(personId: Id, found: Person | null): View {
  const person = found?.active === true ? found : null;
  return { version: nameBasedId('view', POLICY, ...decisive(personId, person)), personId, person };
}

/** What decides what a person sees; who sees all that the desk has sees what all such see (SPEC 7.13). */
function decisive(personId: Id, person: Person | null): readonly string[] {
  if (person === null) return ['', personId];
  const can = PERMISSIONS[person.role];
  const reads = [isStaff(person.role), can.includes('readInternal'), can.includes('readConfidential')].map(String);
  const seesAll = can.includes('readInternal') && can.includes('readConfidential');
  return seesAll ? reads : [...reads, personId, ...person.teamIds.toSorted()];
}

export const seesRow = ({ person }: View, incident: Incident): boolean => person !== null && mayRead(person, incident);

const can = ({ person }: View, action: 'readInternal' | 'readConfidential'): boolean =>
  person !== null && PERMISSIONS[person.role].includes(action);

/** Entries and fields of the desk's own; a requester gets neither. */
export const seesInternal = (view: View): boolean => can(view, 'readInternal');

export const isOfStaff = ({ person }: View): boolean => person !== null && isStaff(person.role);

/** Rows that need not be read for this person. What is read is still asked one by one. */
export const narrowed = (view: View): IncidentFilter => (seesInternal(view) ? {} : { concerning: view.personId });

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
  if (can(view, 'readConfidential')) return [];
  const isOpenNow = !row.confidential && row.throughSeq <= (entries.at(-1)?.seq ?? 0);
  return isOpenNow ? ['confidential'] : OF_DESK;
}

/**
 * Whether these entries may have brought their incident into view, or out of it. What begins an incident and what an
 * import tells of it always may.
 */
export function mayMove(view: View, row: Incident, entries: readonly Activity[]): boolean {
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
