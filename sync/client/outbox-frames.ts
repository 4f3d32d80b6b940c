import type { SaidRefusal } from '#contracts/sync/state.ts';
import type { DecidedOutcome, WireCommand } from '#contracts/sync/wire.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';

/** What a person of this device asked for. Its place in the lane is the outbox's, not its own. */
export type OwnCommand = Omit<WireCommand, 'seq'> & { readonly person: Id };

/** What an authority said of a command. */
export interface Verdict {
  readonly outcome: DecidedOutcome;
  readonly decidedAt: number;
  readonly number: string | null;
  readonly refusal: SaidRefusal | null;
}

/** Why a command is parked. `because`: the parked recording it needs. */
export interface Parked {
  readonly refusal: SaidRefusal;
  readonly because: Id | null;
}

/** What a person decided about a parked command. */
export interface Decided {
  /** A word of whoever shows conflicts. */
  readonly how: string;
  readonly at: Instant;
  readonly instead: Id | null;
}

/**
 * What happens to the outbox, in the order in which it happened: the outbox is their fold, and they are what is
 * durable. A frame about a command that is not there any more changes nothing.
 */
export type OutboxFrame =
  /** The id under which this device sends. The first frame of all. */
  | { readonly kind: 'device'; readonly device: Id }
  /** A person's command took the next place of their lane. */
  | { readonly kind: 'recorded'; readonly command: OwnCommand; readonly place: number }
  /** The server said what became of it; `on` is the server's clock, null when it did not say. */
  | { readonly kind: 'decided'; readonly commandId: Id; readonly verdict: Verdict; readonly on: Instant | null }
  /** Parked before anybody decided it: its place goes as a skip. `because`: the parked command it needs. */
  | { readonly kind: 'parked'; readonly commandId: Id; readonly refusal: SaidRefusal; readonly because: Id | null }
  /** Its person has decided a parked command: how, when, and which command they sent instead, if any. */
  | { readonly kind: 'dismissed'; readonly commandId: Id; readonly decided?: Decided }
  /** They took that back: it is parked as it was. */
  | { readonly kind: 'recalled'; readonly commandId: Id }
  /** The server has forgotten this lane from that place on. */
  | { readonly kind: 'requeued'; readonly person: Id; readonly from: number }
  /**
   * The device takes a new id: what is owed or might have been forgotten begins new lanes, in the order recorded.
   * `restored`: because the server has forgotten more than this device still has places for.
   */
  | { readonly kind: 'moved'; readonly device: Id; readonly restored: boolean }
  /** Past the backup horizon. */
  | { readonly kind: 'forgotten'; readonly commandIds: readonly Id[] }
  /**
   * The outbox told anew, in place of every frame before: first this one, then a `kept` for each command. `devices`:
   * every id under which this device sent, the present one last. `places`: the last one given in each person's lane.
   */
  | { readonly kind: 'retold'; readonly devices: readonly Id[]; readonly places: readonly (readonly [Id, number])[] }
  /** A command as it was then. `named`: its incidents, where it says them only by what it undoes. */
  | { readonly kind: 'kept'; readonly entry: KeptEntry; readonly named: readonly Id[] | null };

/** A command of the outbox without what goes without saying (`BLANK`). */
export type KeptEntry = Pick<OutboxEntry, 'command' | 'place'> & Partial<OutboxEntry>;

/** A command in the outbox. */
export interface OutboxEntry {
  readonly command: OwnCommand;
  /** In the lane of its person on this device; null when it was settled before the device took its present id. */
  readonly place: number | null;
  /** The server has still to say something about its place. */
  readonly owed: boolean;
  /** Owed once more because the server was restored. */
  readonly again: boolean;
  /** Goes as a skip. */
  readonly hollow: boolean;
  /** Null while undecided. */
  readonly verdict: Verdict | null;
  /** The server's clock at its verdict. */
  readonly decidedOn: Instant | null;
  /** In the conflict inbox, until its person dismisses it. */
  readonly parked: Parked | null;
  /** It was parked, and its person decided: what can be taken back. */
  readonly dismissed: (Parked & { readonly decided: Decided | null }) | null;
}

/** What goes without saying of a command that was just recorded. */
export const BLANK = {
  owed: true,
  again: false,
  hollow: false,
  verdict: null,
  decidedOn: null,
  parked: null,
  dismissed: null,
} as const satisfies Partial<OutboxEntry>;
