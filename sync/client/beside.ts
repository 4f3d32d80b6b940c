import { SCOPE_LIMITS } from '#contracts/sync/scope.ts';
import type { Id } from '#domain/activity/activity.ts';
import type { Outbox } from './outbox.ts';

/** Incidents that somebody asked for and that a device keeps; asking for more lets go of the first. */
export const ASKED = 8;

/**
 * What a device keeps beside its scope (SPEC 8.10): what somebody asked for, what a refused command waits on, what is
 * not sent yet, which may be somebody's who is signed out, then what its own people acted on last.
 */
export function besideOf(outbox: Outbox, asked: readonly Id[]): readonly Id[] {
  const ids = new Set(asked.slice(0, ASKED));
  const lastFirst = outbox.all().toReversed();
  for (const { command } of [...outbox.parked(), ...lastFirst.filter(({ owed }) => owed), ...lastFirst]) {
    if (ids.size >= SCOPE_LIMITS.beside) break;
    for (const id of outbox.index.named(command.id)) if (ids.size < SCOPE_LIMITS.beside) ids.add(id);
  }
  return [...ids];
}
