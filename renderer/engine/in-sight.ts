import type { Activity } from '#domain/activity/activity.ts';
import type { Person } from '#domain/directory/directory.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { mayRead, PERMISSIONS } from '#domain/permissions/permissions.ts';

/** How an incident is looked at: by whom, and whether others share the log. */
export interface Looker {
  readonly person: Person | null;
  readonly isShared: boolean;
}

/**
 * Whether an incident is there for whoever sits at the desk. On a shared log it may have been fetched for the person
 * who sat here before; on one's own desk roles are no lock.
 */
export const isInSight = ({ person, isShared }: Looker, incident: Incident): boolean =>
  !isShared || person === null || mayRead(person, incident);

/** The entries that whoever sits at the desk may see. */
export function entriesInSight({ person, isShared }: Looker, timeline: readonly Activity[]): readonly Activity[] {
  const seesAll = !isShared || person === null || PERMISSIONS[person.role].includes('readInternal');
  return seesAll ? timeline : timeline.filter(({ visibility }) => visibility === 'public');
}
