import type { SyncState } from '#contracts/sync/state.ts';
import type { Instant } from '#domain/activity/activity.ts';

/** What the last question to the server met. */
export type Trouble = 'offline' | 'busy' | 'notOurServer' | 'signInNeeded' | 'versionTooOld';

export interface SyncFacts {
  readonly trouble: Trouble | null;
  /** When the trouble began, by this device's clock. */
  readonly since: Instant | null;
  readonly clockAhead: number | null;
  /** Nobody has a session, and one was ended on purpose. */
  readonly revoked: boolean;
  readonly again: number;
  /** Owed, of people who have a session. */
  readonly owed: number;
  /** Owed, of people who have none. */
  readonly waiting: number;
  readonly parked: number;
  readonly loading: { readonly done: number; readonly total: number } | null;
}

/** Clocks differ by seconds everywhere; from here on times written down would mislead. */
const CLOCK_TOLERANCE = 5 * 60_000;

/** The most urgent first; up to date only when nothing else is to be said of sending and receiving. */
export function statesOf(facts: SyncFacts): readonly SyncState[] {
  const states: SyncState[] = [];
  const { trouble, waiting } = facts;
  if (trouble === 'offline' || trouble === 'busy') states.push({ kind: 'offline', since: facts.since ?? 0 });
  if (trouble === 'notOurServer' || trouble === 'versionTooOld') states.push({ kind: trouble });
  if (trouble === 'signInNeeded' || waiting > 0) {
    states.push({ kind: 'signInNeeded', waiting, ...(facts.revoked ? { revoked: true } : {}) });
  }
  if (facts.clockAhead !== null && Math.abs(facts.clockAhead) > CLOCK_TOLERANCE) {
    states.push({ kind: 'clockOff', by: facts.clockAhead });
  }
  if (facts.again > 0) states.push({ kind: 'serverRestored', again: facts.again });
  if (facts.loading !== null) states.push({ kind: 'loading', ...facts.loading });
  if (facts.owed > 0) states.push({ kind: 'sending', count: facts.owed });
  const busy = states.some(({ kind }) => kind !== 'clockOff');
  if (facts.parked > 0) states.push({ kind: 'parked', count: facts.parked });
  return busy ? states : [...states, { kind: 'upToDate' }];
}
