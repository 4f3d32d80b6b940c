import { z } from 'zod';
import { defineActivity, payloadOf } from '#domain/incident/activities/define.schema.ts';
import { idSchema, instantSchema } from '#domain/incident/fields.schema.ts';

/** incident.reply: a public reply to the caller. Nothing leaves before `releaseAt`; until then it can be withdrawn. */
export const reply = defineActivity(
  'incident.reply',
  payloadOf({ entryId: idSchema, body: z.string(), releaseAt: instantSchema }),
  (incident, _payload, activity) => ({
    ...incident,
    lastReplyAt: Math.max(incident.lastReplyAt ?? activity.occurredAt, activity.occurredAt),
    counts: { ...incident.counts, replies: incident.counts.replies + 1 },
  }),
);
