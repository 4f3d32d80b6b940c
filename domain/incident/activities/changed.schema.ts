import { z } from 'zod';
import { defineActivity, payloadOf } from '#domain/incident/activities/define.schema.ts';
import { changesOf, EDITABLE_FIELDS, idSchema, storedFields } from '#domain/incident/fields.schema.ts';
import type { Incident } from '#domain/incident/incident.ts';

/** incident.changed: fields edited by a person, each from → to. Setting impact or urgency ends "assumed". */
export const changed = defineActivity(
  'incident.changed',
  payloadOf({
    changes: changesOf(storedFields),
    /** Present only when an undo gives "assumed" back. */
    assumed: z.exactOptional(z.boolean()),
    undoes: z.exactOptional(idSchema),
  }),
  (incident, { changes, assumed }) => {
    const values: Record<string, unknown> = {};
    for (const field of EDITABLE_FIELDS) {
      const change = changes[field];
      if (change !== undefined) values[field] = change.to;
    }
    const judged = changes.impact !== undefined || changes.urgency !== undefined;
    return { ...incident, ...(values as Partial<Incident>), assumed: assumed ?? (incident.assumed && !judged) };
  },
);
