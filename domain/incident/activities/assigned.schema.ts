import { z } from 'zod';
import { defineActivity, payloadOf } from '#domain/incident/activities/define.schema.ts';
import { idSchema, replacedSchema } from '#domain/incident/fields.schema.ts';

/** incident.assigned: another owner, or none. */
export const assigned = defineActivity(
  'incident.assigned',
  payloadOf({
    from: idSchema.nullable(),
    to: idSchema.nullable(),
    replaces: z.exactOptional(replacedSchema),
    undoes: z.exactOptional(idSchema),
  }),
  (incident, { to }) => ({ ...incident, assignedToId: to }),
);
