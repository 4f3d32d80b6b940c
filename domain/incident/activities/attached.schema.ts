import { z } from 'zod';
import { defineActivity, payloadOf } from '#domain/incident/activities/define.schema.ts';
import { idSchema, sha256Schema } from '#domain/incident/fields.schema.ts';

/**
 * incident.attached: a file that belongs to the incident. The log says what it is; its bytes are kept elsewhere, under
 * their hash, and the entry never waits for them. Nothing of the row changes but when it was last touched.
 */
export const attached = defineActivity(
  'incident.attached',
  payloadOf({
    attachmentId: idSchema,
    sha256: sha256Schema,
    name: z.string(),
    bytes: z.int().nonnegative(),
    /** Told from the content by the desk that attached it. */
    mediaType: z.string(),
  }),
  (incident) => ({ ...incident }),
);
