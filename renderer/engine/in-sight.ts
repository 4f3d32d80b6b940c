import type { Activity } from '#domain/activity/activity.ts';
import type { DirectoryKind, DirectoryRecords, Person } from '#domain/directory/directory.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { mayRead, PERMISSIONS } from '#domain/permissions/permissions.ts';
import { recordsFor, rowFor } from '#sync/authority/reveal.ts';
import { viewOf } from '#sync/authority/view.ts';

/** How an incident is looked at: by whom, and whether others share the log. */
export interface Looker {
  readonly person: Person | null;
  readonly isShared: boolean;
}

/** On one's own desk roles are no lock. */
const seesAll = ({ person, isShared }: Looker): boolean =>
  !isShared || person === null || PERMISSIONS[person.role].includes('readInternal');

/**
 * Whether an incident is there for whoever sits at the desk. On a shared log it may have been fetched for the person
 * who sat here before.
 */
export const isInSight = ({ person, isShared }: Looker, incident: Incident): boolean =>
  !isShared || person === null || mayRead(person, incident);

/** What of an incident whoever sits at the desk may see: as the server would send it to them. */
export const rowInSight = (looker: Looker, incident: Incident): Incident =>
  seesAll(looker) || looker.person === null ? incident : rowFor(viewOf(looker.person.id, looker.person), incident);

/** The entries that whoever sits at the desk may see. */
export const entriesInSight = (looker: Looker, timeline: readonly Activity[]): readonly Activity[] =>
  seesAll(looker) ? timeline : timeline.filter(({ visibility }) => visibility === 'public');

/** The records of the directory that whoever sits at the desk may see, and what of them. */
export function recordsInSight<K extends DirectoryKind>(
  looker: Looker,
  kind: K,
  records: readonly DirectoryRecords[K][],
): readonly DirectoryRecords[K][] {
  const { person } = looker;
  if (seesAll(looker) || person === null) return records;
  const sent = recordsFor(
    viewOf(person.id, person),
    records.map((record) => ({ kind, seq: 0, record })),
  );
  return sent.map(({ record }) => record as DirectoryRecords[K]);
}
