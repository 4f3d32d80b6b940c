import { z } from 'zod';
import { defineActivity, payloadOf } from '#domain/incident/activities/define.schema.ts';
import { idSchema } from '#domain/incident/fields.schema.ts';

/** incident.call: a telephone call with the caller, written down. It answers what the caller last said. */
export const call = defineActivity(
  'incident.call',
  payloadOf({ entryId: idSchema, body: z.string() }),
  (incident, _payload, activity) => ({
    ...incident,
    lastReplyAt: Math.max(incident.lastReplyAt ?? activity.occurredAt, activity.occurredAt),
  }),
);
