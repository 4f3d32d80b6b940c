import { defineActivity, payloadOf } from '#domain/incident/activities/define.schema.ts';
import { ownerChangeSchema } from '#domain/incident/fields.schema.ts';

const payload = payloadOf({ owner: ownerChangeSchema });

/** incident.started: work began; on an unassigned incident the actor became the owner. */
export const started = defineActivity('incident.started', payload, (incident, { owner }, activity) => ({
  ...incident,
  state: 'inProgress',
  startedAt: incident.startedAt ?? activity.occurredAt,
  assignedToId: owner.to,
}));
