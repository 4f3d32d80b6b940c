/** How long to wait before the server is asked again (SPEC 16). */
export interface Backoff {
  /** Failures in a row. */
  readonly failures: number;
  /** What the server asked for, in milliseconds; null when it did not. */
  readonly retryAfter: number | null;
}

const BASE = 1_000;
const LONGEST = 5 * 60_000;
/** A server that asks for more than a day is asked again after a day. */
const LONGEST_ASKED = 24 * 3_600_000;

/**
 * Exponential with full jitter: anywhere between nothing and twice as long as before, up to five minutes, so that
 * desks which lost the same server don't come back at once. Never sooner than the server asked. `random` is at least
 * 0 and below 1.
 */
export function waitBeforeRetry({ failures, retryAfter }: Backoff, random: number): number {
  const ceiling = Math.min(LONGEST, BASE * 2 ** Math.min(failures, 30));
  const jitter = Math.floor(random * ceiling);
  return retryAfter === null ? jitter : Math.min(Math.max(0, retryAfter), LONGEST_ASKED) + jitter;
}
