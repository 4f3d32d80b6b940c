import type { Activity, Id, Instant } from '#domain/activity/activity.ts';
import type { Desk } from '#domain/command/decision.ts';
import { effectsOf } from '#domain/incident/effects.ts';
import { inLogOrder } from '#domain/incident/fold.ts';
import type { Incident } from '#domain/incident/incident.ts';

type Assignment = Pick<Incident, 'assignmentGroupId' | 'assignedToId'>;

export interface Replaced {
  readonly by: Id;
  readonly at: Instant;
}

/**
 * Whose assignment this command replaces without its sender having seen it. On a shared log the later one stands
 * (server order) and the entry says so, so that whoever loses can be told. Null: it was seen, or is the sender's own.
 */
export function replacedBy(
  seen: Partial<Assignment> | undefined,
  { command, context, state }: Desk,
  incident: Incident,
): Replaced | null {
  if (seen === undefined || context.alone) return null;
  const fields = (Object.keys(seen) as (keyof Assignment)[]).filter((field) => seen[field] !== incident[field]);
  const last = inLogOrder(state.timeline(incident.id)).findLast((activity) => moves(activity, fields));
  return last === undefined || last.actor === command.actor ? null : { by: last.actor, at: last.occurredAt };
}

const moves = (activity: Activity, fields: readonly string[]): boolean =>
  effectsOf(activity).some(({ field }) => fields.includes(field));
