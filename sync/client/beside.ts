import { SCOPE_LIMITS } from '#contracts/sync/scope.ts';
import type { Id } from '#domain/activity/activity.ts';
import type { Outbox } from './outbox.ts';

/** Incidents that somebody asked for and that a device keeps; asking for more lets go of the first. */
export const ASKED = 8;

/**
 * What a device keeps beside its scope (SPEC 8.10): what somebody asked for, what a refused command waits on, then what
 * its own people acted on last.
 */
export function besideOf(outbox: Outbox, asked: readonly Id[]): readonly Id[] {
  const ids = new Set(asked.slice(0, ASKED));
  const add = (commandId: Id): void => {
    for (const id of outbox.index.named(commandId)) if (ids.size < SCOPE_LIMITS.beside) ids.add(id);
  };
  for (const { command } of outbox.parked()) add(command.id);
  const entries = outbox.all();
  for (let at = entries.length - 1; at >= 0 && ids.size < SCOPE_LIMITS.beside; at -= 1) {
    const entry = entries[at];
    if (entry !== undefined) add(entry.command.id);
  }
  return [...ids];
}
