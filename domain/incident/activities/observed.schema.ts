import { z } from 'zod';
import { defineActivity, payloadOf } from '#domain/incident/activities/define.schema.ts';
import {
  type ObservedValues,
  observedFields,
  withObserved,
} from '#domain/incident/activities/observed-values.schema.ts';
import { asImported } from '#domain/incident/as-imported.ts';
import { changesOf } from '#domain/incident/fields.schema.ts';

/** incident.observed: what a later row of the source says, as the fields it changed. Never judged, never refused. */
export const observed = defineActivity(
  'incident.observed',
  payloadOf({
    source: z.string(),
    rowVersion: z.string().nullable(),
    changes: changesOf(observedFields),
    /** Changed source fields without a home; null when the source took one away. */
    extra: z.exactOptional(z.record(z.string(), z.string().nullable())),
  }),
  (incident, payload, activity, context) => {
    const values: Record<string, unknown> = {};
    for (const [field, change] of Object.entries(payload.changes)) {
      if (field in observedFields && change !== undefined) values[field] = change.to;
    }
    const source = { source: payload.source, extra: payload.extra ?? {} };
    const next = withObserved(incident, values as ObservedValues, source, activity);
    return asImported(next, activity, context.matrix);
  },
);
