import { defineActivity, payloadOf } from '#domain/incident/activities/define.schema.ts';
import { idSchema } from '#domain/incident/fields.schema.ts';

/** incident.detached: a file taken off the incident. Who and when stay, and so does the entry that attached it. */
export const detached = defineActivity('incident.detached', payloadOf({ attachmentId: idSchema }), (incident) => ({
  ...incident,
}));
