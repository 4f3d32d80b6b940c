import type { Id, Origin } from '#domain/activity/activity.ts';
import type { Incident } from '#domain/incident/incident.ts';

/** One incident before and after one batch: `before` is null when it has just become visible. */
export interface AlertChange {
  readonly before: Incident | null;
  readonly after: Incident;
  /** Who did it: the actor of the last activity of the batch. For an import the person the source names, if any. */
  readonly actorId: Id | null;
  readonly origin: Origin;
}
