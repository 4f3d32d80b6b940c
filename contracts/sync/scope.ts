import { z } from 'zod';
import type { Id } from '#domain/activity/activity.ts';

/** How much may be named, so that a question stays a question. */
export const SCOPE_LIMITS = {
  /** Teams, and as many sites. */
  named: 20,
  /** Days. */
  closedFor: 3_650,
  /** Incidents kept beside the scope. */
  beside: 40,
  /** Characters of a scope, or of what is kept beside it, as text. */
  text: 8_000,
} as const;

const id = z.string().min(1).max(128);

/**
 * What of a person's view one device keeps (SPEC 8.7): the incidents of these teams, those at these sites, and those
 * that concern the person themselves; of neither teams nor sites named, all. Of those, whatever is open, and what
 * changed in these last days.
 */
export const scope = z.strictObject({
  teamIds: z.array(id).max(SCOPE_LIMITS.named),
  siteIds: z.array(id).max(SCOPE_LIMITS.named),
  /** Whole days; null: however long ago. */
  closedFor: z.int().min(1).max(SCOPE_LIMITS.closedFor).nullable(),
});
export interface Scope {
  readonly teamIds: readonly Id[];
  readonly siteIds: readonly Id[];
  readonly closedFor: number | null;
}

/** Whether it leaves anything out. */
export const isNarrow = ({ teamIds, siteIds, closedFor }: Scope): boolean =>
  teamIds.length + siteIds.length > 0 || closedFor !== null;

/** Incidents that a device keeps though they are not in its scope: what it worked on, or was asked for. */
export const beside = z.array(id).max(SCOPE_LIMITS.beside);

/** A value of this shape as JSON in a query. */
export const inQuery = <Shape extends z.ZodType>(shape: Shape) =>
  z.string().max(SCOPE_LIMITS.text).transform(jsonOr).pipe(shape);

/** What is no JSON has no shape that is asked for. */
function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
