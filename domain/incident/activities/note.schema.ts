import { z } from 'zod';
import { defineActivity, payloadOf } from '#domain/incident/activities/define.schema.ts';
import { idSchema } from '#domain/incident/fields.schema.ts';

/** incident.note: a work note, for the desk only. A source's comment is one too, with origin observed. */
export const note = defineActivity('incident.note', payloadOf({ entryId: idSchema, body: z.string() }), (incident) => ({
  ...incident,
  counts: { ...incident.counts, notes: incident.counts.notes + 1 },
}));
