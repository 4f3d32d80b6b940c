import type { Activity } from '#domain/activity/activity.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { type PriorityMatrix, priorityOf } from '#domain/priority/matrix.ts';

/** The reason of an override that an import found: the source's priority is not the matrix's. */
export const AS_IMPORTED = 'as imported';

/** Turns the source's priority into an override where the matrix says otherwise, and out of one where it agrees. */
export function asImported(incident: Incident, activity: Activity, matrix: PriorityMatrix): Incident {
  const value = incident.source?.priority ?? null;
  if (value === null) return incident;
  if (value === priorityOf(matrix, incident.impact, incident.urgency)) return { ...incident, override: null };
  if (incident.override?.value === value) return incident;
  return { ...incident, override: { value, reason: AS_IMPORTED, by: activity.actor, at: activity.occurredAt } };
}
