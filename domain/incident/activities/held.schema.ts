import { z } from 'zod';
import { defineActivity, payloadOf } from '#domain/incident/activities/define.schema.ts';
import { holdSchema, idSchema } from '#domain/incident/fields.schema.ts';

/** incident.held: put on hold, or another hold while on hold (`previous`). */
export const held = defineActivity(
  'incident.held',
  payloadOf({
    hold: holdSchema,
    previous: holdSchema.nullable(),
    /** The reply or call that told the caller, for Awaiting Caller. */
    entryId: z.exactOptional(idSchema),
    undoes: z.exactOptional(idSchema),
  }),
  (incident, { hold }) => ({ ...incident, state: 'onHold', hold }),
);
