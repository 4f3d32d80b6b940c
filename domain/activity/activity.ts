/** An instant as whole milliseconds since 1970-01-01T00:00:00Z. The one representation of time in stored data. */
export type Instant = number;

/** UUIDv7 for what is made here, UUIDv8 (name-based) for what is imported. */
export type Id = string;

export type SubjectKind =
  | 'incident'
  | 'person'
  | 'team'
  | 'category'
  | 'service'
  | 'configurationItem'
  | 'site'
  | 'configuration';

export interface Subject {
  readonly kind: SubjectKind;
  readonly id: Id;
}

/** Who may read an entry: the service desk only, or the caller too. */
export type Visibility = 'internal' | 'public';

/**
 * How an activity came to be: judged from a person's command, run by the desk itself, or observed by an import
 * (never judged, never refused, see docs/architecture.md "Imports").
 */
export type Origin = 'command' | 'system' | 'observed';

/** The actor of commands run by a timer or a reaction. */
export const SYSTEM_ACTOR: Id = 'deskbell';

/** The actor of observed activities whose source names nobody: whoever imports them did not do them. */
export const SOURCE_ACTOR: Id = 'source';

/**
 * An immutable entry of the log: the only truth. Everything shown is computed from activities.
 * Three clocks: `occurredAt` when it happened, `recordedAt` when it was written down, `syncedAt` when the server
 * had it (null until then).
 */
export interface Activity<Type extends string = string, Payload = unknown> {
  readonly id: Id;
  readonly subject: Subject;
  readonly type: Type;
  readonly payload: Payload;
  readonly actor: Id;
  readonly device: Id;
  /** Order of confirmation by this log's authority; null while proposed. On a lone device it equals the lsn. */
  readonly seq: number | null;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly syncedAt: Instant | null;
  /** Why it was written down more than 15 minutes after it happened. */
  readonly lateReason?: string;
  readonly visibility: Visibility;
  readonly origin: Origin;
  /** The command this follows from, and its place among that command's activities. Null for what an import wrote. */
  readonly cause: { readonly commandId: Id; readonly index: number } | null;
  /**
   * Who handed it over, when this log took it from a desk that had worked alone: its authority did not judge it, and
   * `cause` is then the command that handed it over.
   */
  readonly adoptedBy?: Id;
}
