import { z } from 'zod';
import type { Activity } from '#domain/activity/activity.ts';
import type { Incident } from '#domain/incident/incident.ts';
import type { PriorityMatrix } from '#domain/priority/matrix.ts';

/** What an activity's effect depends on besides the incident and itself. */
export interface FoldContext {
  /** The matrix in force. */
  readonly matrix: PriorityMatrix;
}

export interface ActivityDefinition<T extends string = string, P = unknown> {
  readonly type: T;
  readonly schema: z.ZodType<P>;
  /** Total: a payload that this build cannot read leaves the incident as it is. */
  readonly apply: (incident: Incident, activity: Activity, context: FoldContext) => Incident;
}

/** The payload type a definition declares. */
export type PayloadOf<D> = D extends ActivityDefinition<string, infer P> ? P : never;

/** A payload's schema. Fields of a newer build are kept as they are, so that they survive a round trip. */
export const payloadOf = <S extends Record<string, z.ZodType>>(shape: S): z.ZodType<z.output<z.ZodObject<S>>> =>
  z.looseObject(shape) as unknown as z.ZodType<z.output<z.ZodObject<S>>>;

export function defineActivity<T extends string, P>(
  type: T,
  schema: z.ZodType<P>,
  change: (incident: Incident, payload: P, activity: Activity, context: FoldContext) => Incident,
): ActivityDefinition<T, P> {
  const apply = (incident: Incident, activity: Activity, context: FoldContext): Incident => {
    const parsed = schema.safeParse(activity.payload);
    return parsed.success ? change(incident, parsed.data, activity, context) : incident;
  };
  return { type, schema, apply };
}
