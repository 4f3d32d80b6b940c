import { z } from 'zod';
import { defineActivity, payloadOf } from '#domain/incident/activities/define.schema.ts';
import { holdSchema, idSchema } from '#domain/incident/fields.schema.ts';

/** incident.resumed: back to the state before the hold. */
export const resumed = defineActivity(
  'incident.resumed',
  payloadOf({
    to: z.enum(['new', 'inProgress']),
    /** The hold that ended; null when a source never told. */
    hold: holdSchema.nullable(),
    undoes: z.exactOptional(idSchema),
  }),
  (incident, { to }) => ({ ...incident, state: to, hold: null }),
);
