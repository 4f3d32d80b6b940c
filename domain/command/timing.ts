import type { Instant } from '#domain/activity/activity.ts';
import type { Refusal } from '#domain/command/command.ts';
import { isBlank, type UnjudgedCommand } from '#domain/command/decision.ts';

/** An entry written down later than this after it happened needs a reason (domain.md "Activity"). */
export const LATE_AFTER = 15 * 60_000;

/**
 * Whether "happened at" can stand. What is recorded as it happens is never refused, whatever the clock shows: only a
 * person who sets another time can be wrong about it.
 */
export function timingRefusal(command: UnjudgedCommand, openedAt: Instant | null): Refusal | null {
  const { occurredAt, recordedAt, lateReason } = command;
  if (occurredAt > recordedAt) return { code: 'occurredInFuture' };
  if (occurredAt !== recordedAt && openedAt !== null && occurredAt < openedAt) return { code: 'occurredBeforeOpening' };
  if (recordedAt - occurredAt > LATE_AFTER && isBlank(lateReason)) return { code: 'needsLateReason' };
  return null;
}
