import type { Id, Instant } from '#domain/activity/activity.ts';

/** Who may sign in. Name, role and teams are the directory's. */
export interface Account {
  readonly personId: Id;
  /** Folded: compared as it stands. */
  readonly email: string;
  readonly passwordHash: string;
  readonly active: boolean;
  readonly createdAt: Instant;
}

/**
 * One person on one device, from signing in until it ends. Of its tokens only hashes are kept. `familyHash` is of the
 * part that all its refresh tokens share, `refreshHash` of the one that is good now.
 */
export interface Session {
  readonly id: Id;
  readonly personId: Id;
  readonly device: Id;
  readonly deviceName: string | null;
  readonly createdAt: Instant;
  readonly lastSeenAt: Instant;
  /** How far the device's clock was ahead when it last pushed, in milliseconds. */
  readonly clockAhead: number | null;
  readonly accessHash: string;
  readonly accessExpiresAt: Instant;
  readonly familyHash: string;
  readonly refreshHash: string;
  readonly refreshExpiresAt: Instant;
}

/** What a refresh puts in the place of the old tokens. */
export interface Rotation {
  readonly now: Instant;
  readonly accessHash: string;
  readonly accessExpiresAt: Instant;
  readonly refreshHash: string;
  readonly refreshExpiresAt: Instant;
  /** Null leaves the session on its device. */
  readonly device: Id | null;
}

/**
 * `reused`: the token was of this session once, and is no longer; the session is gone now. `revoked`: it was of a
 * session that somebody ended on purpose, or whose account is not active.
 */
export type Rotated =
  | { readonly was: 'good'; readonly session: Session }
  | { readonly was: 'reused'; readonly session: Session }
  | { readonly was: 'revoked' }
  | { readonly was: 'unknown' };

/** Accounts and sessions. Each call is one transaction. */
export interface AccountStore {
  count(): Promise<number>;
  all(): Promise<readonly Account[]>;
  byEmail(email: string): Promise<Account | null>;
  byPerson(personId: Id): Promise<Account | null>;
  /** What was in the way, or null when it was added. */
  add(account: Account): Promise<'emailTaken' | 'accountExists' | null>;
  /** False when there is no such account. */
  setPassword(personId: Id, passwordHash: string): Promise<boolean>;
  setActive(personId: Id, active: boolean): Promise<boolean>;

  /** In the place of this person's earlier session on this device, whose id it answers. */
  openSession(session: Session): Promise<Id | null>;
  /** Null as well when its account is no longer active. Expiry is the caller's to judge. */
  sessionByAccess(accessHash: string): Promise<Session | null>;
  isSessionOpen(id: Id): Promise<boolean>;
  /** Expired refresh tokens are unknown. */
  rotate(familyHash: string, refreshHash: string, next: Rotation): Promise<Rotated>;
  seen(id: Id, at: Instant, clockAhead: number | null): Promise<void>;
  sessionsOf(personId: Id): Promise<readonly Session[]>;
  /** On purpose: its tokens are known as revoked. False when there was none. */
  endSession(id: Id): Promise<boolean>;
  /** Ends all of a person's sessions but one, on purpose; answers which. */
  endSessionsOf(personId: Id, but: Id | null): Promise<readonly Id[]>;

  /** The place of a device among all that were asked for, from 1: the same for good, and nobody else's. */
  placeOf(device: Id): Promise<number>;

  /** Makes this the one link that is good for the first administrator. */
  offerLink(hash: string): Promise<void>;
  /** True once, for the link that is good. */
  takeLink(hash: string): Promise<boolean>;
  isLinkGood(hash: string): Promise<boolean>;
}
