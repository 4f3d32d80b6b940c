import { z } from 'zod';
import type { Activity } from '#domain/activity/activity.ts';
import { DIRECTORY_SAVED, directorySavedSchema } from '#domain/directory/saved.schema.ts';
import { definitionOf } from '#domain/incident/activities/registry.schema.ts';
import { idSchema, instantSchema } from '#domain/incident/fields.schema.ts';
import { MATRIX_SET, matrixSetSchema } from '#domain/priority/matrix-set.schema.ts';

const SUBJECT_KINDS = [
  'incident',
  'person',
  'team',
  'category',
  'service',
  'configurationItem',
  'site',
  'configuration',
] as const satisfies readonly Activity['subject']['kind'][];

const envelopeSchema = z.strictObject({
  id: idSchema,
  subject: z.strictObject({ kind: z.enum(SUBJECT_KINDS), id: idSchema }),
  type: z.string().min(1).max(128),
  payload: z.unknown(),
  actor: idSchema,
  device: idSchema,
  seq: z.int().nonnegative().nullable(),
  occurredAt: instantSchema,
  recordedAt: instantSchema,
  syncedAt: instantSchema.nullable(),
  lateReason: z.exactOptional(z.string()),
  visibility: z.enum(['internal', 'public']),
  origin: z.enum(['command', 'system', 'observed']),
  cause: z.strictObject({ commandId: idSchema, index: z.int().nonnegative() }).nullable(),
  adoptedBy: z.exactOptional(idSchema),
});

function payloadSchema(type: string): z.ZodType | undefined {
  if (type === DIRECTORY_SAVED) return directorySavedSchema;
  if (type === MATRIX_SET) return matrixSetSchema;
  return definitionOf(type)?.schema;
}

/**
 * An entry of the log as stored and sent. The envelope is strict; the payload is checked by its type's schema.
 * A type this build does not know is kept as it is and folds as no change.
 */
export const activitySchema: z.ZodType<Activity> = envelopeSchema.superRefine((activity, context) => {
  const parsed = payloadSchema(activity.type)?.safeParse(activity.payload);
  for (const issue of parsed?.error?.issues ?? []) {
    context.addIssue({ code: 'custom', message: issue.message, path: ['payload', ...issue.path] });
  }
});
