import { z } from 'zod';
import type { Activity, Subject } from '#domain/activity/activity.ts';
import { prioritySchema } from '#domain/incident/fields.schema.ts';
import type { PriorityMatrix } from '#domain/priority/matrix.ts';

export const MATRIX_SET = 'configuration.matrixSet';
/** The subject that all versions of the matrix are entries of. */
export const MATRIX_SUBJECT: Subject = { kind: 'configuration', id: 'priorityMatrix' };

const row = z.array(prioritySchema).length(3);
/** Three rows (impact 1…3) of three priorities (urgency 1…3). */
export const matrixSchema = z.array(row).length(3);

/** configuration.matrixSet: the matrix in force from now on, and the one before. */
export const matrixSetSchema = z.looseObject({ matrix: matrixSchema, previous: matrixSchema });

/** The matrix this entry puts in force; null when it is none. */
export function matrixOf(activity: Activity): PriorityMatrix | null {
  if (activity.type !== MATRIX_SET) return null;
  const parsed = matrixSetSchema.safeParse(activity.payload);
  return parsed.success ? parsed.data.matrix : null;
}
