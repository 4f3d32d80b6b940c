import { z } from 'zod';
import { defineActivity, payloadOf } from '#domain/incident/activities/define.schema.ts';
import { observedValuesSchema, withObserved } from '#domain/incident/activities/observed-values.schema.ts';
import { asImported } from '#domain/incident/as-imported.ts';
import { idSchema, storedFields } from '#domain/incident/fields.schema.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { toldAgain } from '#domain/incident/told-again.ts';

const { watcherIds, problemRef, knownErrorRef, changeRefs, vendor, ...fields } = storedFields;

/** What the source of an import says of the incident as first seen. */
const observedStartSchema = z.looseObject({
  /** The source's name, as in `Incident.source.name`. */
  source: z.string(),
  /** The source's own number, kept whatever ours becomes. */
  number: z.string().nullable(),
  rowVersion: z.string().nullable(),
  values: observedValuesSchema,
  extra: z.record(z.string(), z.string()),
  /** Fields that the source has a place for and leaves empty, for a row that tells the incident again. */
  emptied: z.exactOptional(z.array(z.string())),
});

/**
 * incident.recorded: the first entry, with everything known when the incident was opened. `occurredAt` is the
 * opening. `number` is null only when a source has none; `observed` only when an import writes it. A further one from
 * an import is the incident told again; from anything else it changes nothing.
 */
export const recorded = defineActivity(
  'incident.recorded',
  payloadOf({
    ...fields,
    number: z.string().nullable(),
    sourceChannel: z.string().nullable(),
    openedById: idSchema.nullable(),
    organisation: z.string().nullable(),
    assumed: z.boolean(),
    assignmentGroupId: idSchema.nullable(),
    /** Which rule filled the group; absent when a person chose it. */
    autoAssignedBy: z.exactOptional(z.enum(['configurationItem', 'service', 'category'])),
    assignedToId: idSchema.nullable(),
    modelId: idSchema.nullable(),
    observed: z.exactOptional(observedStartSchema),
  }),
  (incident, payload, activity, context) => {
    const { number, observed, autoAssignedBy: _, ...known } = payload;
    if (incident.number !== '' || incident.shortDescription !== '') {
      return observed === undefined ? incident : toldAgain(incident, known, observed, activity, context.matrix);
    }
    const begun: Incident = {
      ...incident,
      ...pick(known),
      number: number ?? '',
      initialCategoryId: payload.categoryId,
      openedAt: activity.occurredAt,
      recordedAt: activity.recordedAt,
    };
    if (observed === undefined) return begun;
    return asImported(withObserved(begun, observed.values, observed, activity), activity, context.matrix);
  },
);

/** Only what this build knows: a newer build's extra fields stay in the log and out of the incident. */
function pick<T extends object>(known: T): T {
  const kept: Partial<T> = {};
  for (const key of RECORDED_KEYS as (keyof T)[]) kept[key] = known[key] as T[keyof T];
  return kept as T;
}

const RECORDED_KEYS: readonly string[] = [
  ...Object.keys(fields),
  'sourceChannel',
  'openedById',
  'organisation',
  'assumed',
  'assignmentGroupId',
  'assignedToId',
  'modelId',
];
