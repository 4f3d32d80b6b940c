import { z } from 'zod';
import { defineActivity, payloadOf } from '#domain/incident/activities/define.schema.ts';
import { idSchema, ownerChangeSchema, replacedSchema } from '#domain/incident/fields.schema.ts';
import { withGroup } from '#domain/incident/settle.ts';

/** incident.transferred: handed to a group, by a person, by a rule ("auto-assignment") or by an undo. */
export const transferred = defineActivity(
  'incident.transferred',
  payloadOf({
    group: ownerChangeSchema,
    owner: ownerChangeSchema,
    /** The hand-over note; empty when work had not begun. */
    note: z.string(),
    /** Told by phone. */
    warm: z.boolean(),
    sendBack: z.boolean(),
    autoAssignedBy: z.exactOptional(z.enum(['configurationItem', 'service', 'category'])),
    replaces: z.exactOptional(replacedSchema),
    undoes: z.exactOptional(idSchema),
  }),
  (incident, { group, owner, undoes }) => ({
    ...withGroup(incident, group.to, undoes !== undefined),
    assignedToId: owner.to,
  }),
);
