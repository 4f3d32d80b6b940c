import type { Id, Instant } from '#domain/activity/activity.ts';
import type { AlertDelivery, AlertRecord } from '#domain/alerts/alert.ts';

/** The first three in thirty seconds come alone, then one digest that grows (domain.md "Alerts"). */
export const SINGLES = 3;
export const BURST_MS = 30_000;

/** What has been told of late to one person. */
export interface Burst {
  /** When the last few came alone, oldest first. */
  readonly singles: readonly Instant[];
  /** The digest still growing, and when it last grew. */
  readonly digest: { readonly id: Id; readonly at: Instant } | null;
}

export const QUIET: Burst = { singles: [], digest: null };

export type Manner = 'alone' | 'newDigest' | 'growDigest';

/**
 * How the next alert is told. A digest goes on growing until thirty seconds have passed without another alert, or
 * until it was acknowledged (`digest` null then); so a burst makes one digest, however long it lasts.
 */
export function mannerOf(burst: Burst, now: Instant): Manner {
  if (burst.digest !== null && now - burst.digest.at < BURST_MS) return 'growDigest';
  return recentSingles(burst, now).length < SINGLES ? 'alone' : 'newDigest';
}

export const afterSingle = (burst: Burst, now: Instant): Burst => ({
  ...burst,
  singles: [...recentSingles(burst, now), now],
});

export const afterDigest = (burst: Burst, id: Id, now: Instant): Burst => ({ ...burst, digest: { id, at: now } });

const recentSingles = (burst: Burst, now: Instant) => burst.singles.filter((at) => now - at < BURST_MS);

/** The burst as the ledger remembers it, after a restart. */
export function burstOf(records: Iterable<AlertRecord>, personId: Id, now: Instant): Burst {
  let burst = QUIET;
  for (const record of records) {
    if (record.forPersonId !== personId) continue;
    if (record.rule === 'digest') {
      const isLatest = burst.digest === null || record.lastAt > burst.digest.at;
      const answered = record.state === 'acknowledged' || record.state === 'snoozed';
      if (isLatest && !answered) burst = { ...burst, digest: { id: record.id, at: record.lastAt } };
    } else if (record.digestId === null) {
      const told = record.delivery.findLast(mayHaveReached)?.at;
      if (told !== undefined && now - told < BURST_MS) burst = { ...burst, singles: [...burst.singles, told] };
    }
  }
  return { ...burst, singles: [...burst.singles].sort((a, b) => a - b) };
}

/** Lines that say why nobody was told yet are no telling. */
const mayHaveReached = ({ channel, reason }: AlertDelivery) => channel === 'os' || reason === 'unknownAfterRestart';
