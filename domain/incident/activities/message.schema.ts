import { z } from 'zod';
import { defineActivity, payloadOf } from '#domain/incident/activities/define.schema.ts';
import { idSchema } from '#domain/incident/fields.schema.ts';

/** incident.message: something the caller wrote. What it sets off (a resume) is an activity of its own. */
export const message = defineActivity(
  'incident.message',
  payloadOf({ entryId: idSchema, body: z.string(), channel: z.string() }),
  (incident, _payload, activity) => ({
    ...incident,
    lastMessageAt: Math.max(incident.lastMessageAt ?? activity.occurredAt, activity.occurredAt),
    counts: { ...incident.counts, messages: incident.counts.messages + 1 },
  }),
);
