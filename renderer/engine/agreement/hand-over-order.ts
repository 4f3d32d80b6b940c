import type { Id } from '#domain/activity/activity.ts';

/** An incident to hand over, and its place in the order of handing over. */
export interface Placed {
  readonly id: Id;
  readonly place: string;
}

/**
 * In the order of their numbers: nearly that in which they lie in the database, and the newest become the server's
 * newest. The place of an incident changes only when the incident does, so a place that was noted stays good for all
 * that did not change; what did is handed over once more anyhow.
 */
export const inHandOverOrder = (held: readonly { readonly id: Id; readonly number: string }[]): readonly Placed[] =>
  held
    .map(({ id, number }): Placed => ({ id, place: `${number} ${id}` }))
    .sort((one, other) => (one.place < other.place ? -1 : 1));
