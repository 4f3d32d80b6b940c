import { z } from 'zod';
import { defineActivity, payloadOf } from '#domain/incident/activities/define.schema.ts';
import { idSchema, overrideSchema } from '#domain/incident/fields.schema.ts';

/** incident.prioritised: an override of the matrix set, or withdrawn (`override` null). */
export const prioritised = defineActivity(
  'incident.prioritised',
  payloadOf({
    override: overrideSchema.nullable(),
    previous: overrideSchema.nullable(),
    why: z.string(),
    /** Whether deadlines count from the original start or from the change (domain.md "Service levels"). */
    mode: z.enum(['corrected', 'situationChanged']),
    undoes: z.exactOptional(idSchema),
  }),
  (incident, { override }) => ({ ...incident, override }),
);
