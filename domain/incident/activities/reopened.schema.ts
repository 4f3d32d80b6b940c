import { z } from 'zod';
import { defineActivity, payloadOf } from '#domain/incident/activities/define.schema.ts';
import { ownerChangeSchema } from '#domain/incident/fields.schema.ts';

/** incident.reopened: work goes on, with the resolver, or with the group when the resolver is not there. */
export const reopened = defineActivity(
  'incident.reopened',
  payloadOf({ reason: z.string(), owner: ownerChangeSchema }),
  (incident, { owner }) => ({ ...incident, state: 'inProgress', assignedToId: owner.to }),
);
