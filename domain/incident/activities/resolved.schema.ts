import { z } from 'zod';
import { defineActivity, payloadOf } from '#domain/incident/activities/define.schema.ts';
import { idSchema, ownerChangeSchema, resolutionCodeSchema, stateSchema } from '#domain/incident/fields.schema.ts';

/** incident.resolved: code and notes; an unowned incident got the resolver as owner. */
export const resolved = defineActivity(
  'incident.resolved',
  payloadOf({
    code: resolutionCodeSchema,
    notes: z.string(),
    confirmedBy: z.string().nullable(),
    duplicateOfId: idSchema.nullable(),
    from: stateSchema,
    owner: ownerChangeSchema,
  }),
  (incident, { code, notes, confirmedBy, duplicateOfId, owner }, activity) => ({
    ...incident,
    state: 'resolved',
    assignedToId: owner.to,
    duplicateOfId: duplicateOfId ?? incident.duplicateOfId,
    resolution: { code, sourceCode: null, notes, at: activity.occurredAt, by: activity.actor, confirmedBy },
  }),
);
