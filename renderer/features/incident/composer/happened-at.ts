import type { Instant } from '#domain/activity/activity.ts';
import { LATE_AFTER } from '#domain/command/timing.ts';
import { fromLocalInput } from '#renderer/ui/local-input.ts';

const MINUTE = 60_000;

/**
 * The instant "Happened at" means. The field knows only minutes: in the minute of the opening or of the present it
 * stands for that very instant, so that nobody is refused for seconds they could not type. Undefined is now.
 */
export function happenedAt(text: string, zone: string, openedAt: Instant, now: Instant): Instant | undefined {
  const at = fromLocalInput(text, zone);
  if (at === null) return undefined;
  if (at > now - MINUTE && at <= now) return undefined;
  return at < openedAt && at + MINUTE > openedAt ? openedAt : at;
}

/** Whether an entry of this instant needs a reason. */
export const needsLateReason = (at: Instant | undefined, now: Instant): boolean =>
  at !== undefined && now - at > LATE_AFTER;
