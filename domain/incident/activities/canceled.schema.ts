import { z } from 'zod';
import { defineActivity, payloadOf } from '#domain/incident/activities/define.schema.ts';
import { cancelReasonSchema, stateSchema } from '#domain/incident/fields.schema.ts';

/** incident.canceled: recorded in error, withdrawn, spam, or another desk's (named in `detail`). */
export const canceled = defineActivity(
  'incident.canceled',
  payloadOf({ reason: cancelReasonSchema, detail: z.string().nullable(), from: stateSchema }),
  (incident, { reason, detail }, activity) => ({
    ...incident,
    state: 'canceled',
    cancellation: { reason, detail, at: activity.occurredAt },
  }),
);
