import { z } from 'zod';
import { defineActivity, payloadOf } from '#domain/incident/activities/define.schema.ts';
import { idSchema, instantSchema } from '#domain/incident/fields.schema.ts';

/** Fields of which two texts written at once are both kept: one in its place, the other as an entry. */
export const MERGED_TEXTS = ['shortDescription', 'description'] as const;

/** incident.textKept: what somebody wrote where another text, of which they did not know, stands. Changes nothing. */
export const textKept = defineActivity(
  'incident.textKept',
  payloadOf({
    field: z.enum(MERGED_TEXTS),
    text: z.string(),
    by: idSchema,
    /** When it was written. */
    at: instantSchema,
  }),
  (incident) => incident,
);
