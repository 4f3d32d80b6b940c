import type { Instant } from '#domain/activity/activity.ts';

/** What a person is told about the way to the server. Several can be true at once. */
export type SyncState =
  | { readonly kind: 'versionTooOld' }
  /**
   * Nobody has a session, or somebody has none for whom this many commands wait. `revoked`: nobody, because the server
   * said that somebody ended it on purpose; what it showed is gone.
   */
  | { readonly kind: 'signInNeeded'; readonly waiting: number; readonly revoked?: true }
  | { readonly kind: 'notOurServer' }
  | { readonly kind: 'offline'; readonly since: Instant }
  /** By how much this device's clock is ahead of the server's (negative: behind), in milliseconds. */
  | { readonly kind: 'clockOff'; readonly by: number }
  /** The server has been restored from a backup: this many commands are sent to it again. */
  | { readonly kind: 'serverRestored'; readonly again: number }
  | { readonly kind: 'loading'; readonly done: number; readonly total: number }
  | { readonly kind: 'sending'; readonly count: number }
  | { readonly kind: 'parked'; readonly count: number }
  | { readonly kind: 'upToDate' };

/** A refusal as an authority said it; a newer one may use codes that this build has no sentence for. */
export interface SaidRefusal {
  readonly code: string;
  readonly details?: Readonly<Record<string, string | number>> | undefined;
}
