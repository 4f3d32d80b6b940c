import { z } from 'zod';
import { defineActivity, payloadOf } from '#domain/incident/activities/define.schema.ts';
import { idSchema, instantSchema } from '#domain/incident/fields.schema.ts';

/** incident.replyWithdrawn: a reply taken back before its release. The text stays in the log. */
export const replyWithdrawn = defineActivity(
  'incident.replyWithdrawn',
  payloadOf({
    entryId: idSchema,
    /** When the caller was last answered, without this reply. */
    lastReplyAt: instantSchema.nullable(),
    undoes: z.exactOptional(idSchema),
  }),
  (incident, { lastReplyAt }) => ({
    ...incident,
    lastReplyAt,
    counts: { ...incident.counts, replies: Math.max(0, incident.counts.replies - 1) },
  }),
);
