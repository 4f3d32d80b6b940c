import { z } from 'zod';
import { defineActivity, payloadOf } from '#domain/incident/activities/define.schema.ts';

/** incident.closed: final. `confirmation` says how the caller confirmed, when the caller did. */
export const closed = defineActivity(
  'incident.closed',
  payloadOf({ confirmation: z.string().nullable() }),
  (incident, _payload, activity) => ({
    ...incident,
    state: 'closed',
    closedAt: activity.occurredAt,
    closedById: activity.actor,
  }),
);
