import type { Scope } from '#contracts/sync/scope.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';
import type { DirectoryKind, Role } from '#domain/directory/directory.ts';
import type { OutboxFrame } from '#sync/client/outbox-frames.ts';

/** Somebody as the server knew them when they signed in: enough to work with before its directory has come. */
export interface KnownPerson {
  readonly personId: Id;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly teamIds: readonly Id[];
}

/** A record of this desk and the server's record that stands for it; null: taken along as new. */
export interface Mapping {
  readonly kind: DirectoryKind;
  readonly localId: Id;
  readonly serverId: Id | null;
}

/** A desk and the log that it shares with others, from joining to leaving. */
export interface Share {
  /** Made when the desk joined: names its database, and what was handed over under it. */
  readonly shareId: Id;
  readonly address: string;
  readonly person: KnownPerson;
  readonly mapping: readonly Mapping[];
  /** What the numbers of its own history are called where the server has to give others. */
  readonly source: string;
  readonly at: Instant;
  /** End of the desk's own log at that moment. */
  readonly lsn: number;
}

/** An incident of this desk that the server would not take; it stays in the history from before the joining. */
export interface NotTaken {
  readonly id: Id;
  readonly code: string;
}

/**
 * What becomes of a desk's share, in the order in which it happened. `handingOver`: its own history goes to the server
 * while it works on alone; `handedOver`: everything up to this place went; `joined`: from here on it follows the
 * server; `scope`: it keeps this of what it follows, null: all; `leaving`: it works alone again, and takes along what it holds of the share; `left`: that is done, `refused` are
 * commands that it would not take itself.
 */
export type SyncRecord =
  | { readonly kind: 'handingOver'; readonly share: Share }
  | { readonly kind: 'handedOver'; readonly through: string; readonly notTaken: readonly NotTaken[] }
  | { readonly kind: 'joined'; readonly share: Share }
  | { readonly kind: 'person'; readonly person: KnownPerson }
  | { readonly kind: 'scope'; readonly scope: Scope | null }
  | { readonly kind: 'leaving'; readonly at: Instant }
  | { readonly kind: 'left'; readonly at: Instant; readonly refused: readonly Id[] }
  | { readonly kind: 'outbox'; readonly frame: OutboxFrame }
  | Retold;

/**
 * Everything before it, told anew in as few records as that takes (SPEC 1.12). In parts, because a frame is bounded:
 * they stand one after the other, count from 0, and say nothing before the last of them is there.
 */
export interface Retold {
  readonly kind: 'retold';
  readonly part: number;
  readonly parts: number;
  readonly records: readonly Exclude<SyncRecord, Retold>[];
}

/** The records of one frame of the journal, by its lsn. */
export interface SyncRow {
  readonly lsn: number;
  readonly records: readonly SyncRecord[];
}
