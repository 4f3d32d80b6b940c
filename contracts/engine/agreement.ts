/** A desk that shares its log with others through a server, as its windows see it. */
import type { Offers, TokenKeeping } from '#contracts/host/network.ts';
import type { Scope } from '#contracts/sync/scope.ts';
import type { SaidRefusal, SyncState } from '#contracts/sync/state.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';
import type { DirectoryKind, Role } from '#domain/directory/directory.ts';

/** So many of so many. */
export interface Amount {
  readonly done: number;
  readonly total: number;
}

/** Somebody who signed in at this desk. */
export interface SeatedPerson {
  readonly personId: Id;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  /** False: the session ended. What they record waits until they sign in again. */
  readonly open: boolean;
}

/** Where this desk stands with a server. */
export interface Connection {
  /** `notSupported`: this machine has no way to a server (a plain browser). `found`: a server is known, not joined. */
  readonly mode: 'notSupported' | 'alone' | 'found' | 'joined';
  /** The server's origin; null while there is none. */
  readonly address: string | null;
  /** How people sign in at the server; absent while there is none. */
  readonly offers?: Offers | undefined;
  /** The last one looks at the screen. */
  readonly people: readonly SeatedPerson[];
  /** Whether who is signed in outlives this run; null while nobody is. */
  readonly tokens: TokenKeeping | null;
  /** The most urgent first; empty unless joined. */
  readonly states: readonly SyncState[];
  /** When everything was sent and taken last. */
  readonly syncedAt: Instant | null;
  /** When the next try begins by itself; null when one is going on, or nothing has to be tried. */
  readonly nextTryAt: Instant | null;
  /** This desk's own history on its way to the server; null when there is none. */
  readonly handingOver: Amount | null;
  /** Incidents and records of its own history that the server would not take; they stay on this device. */
  readonly notTaken?: number | undefined;
  /** Commands of this desk that the server has not answered, of everybody. */
  readonly waiting: number;
  /** Refused commands that wait for their person's decision, of everybody. */
  readonly parked: number;
  /** What a joined desk keeps of the server's incidents; absent: all that its person may see. */
  readonly scope?: Scope | undefined;
}

/** A record of this desk that the server may know under another id. */
export interface MappingRow {
  readonly kind: DirectoryKind;
  readonly localId: Id;
  readonly name: string;
  /** Mail, phone or parent: tells two of one name apart. */
  readonly detail: string | null;
  /** The server's record that it seems to be; null: none, it would be taken along as new. */
  readonly suggestedId: Id | null;
}

/** A record of the server that one of this desk can be mapped to. */
export interface MappingTarget {
  readonly kind: DirectoryKind;
  readonly id: Id;
  readonly name: string;
  readonly detail: string | null;
}

/** What joining would do, before it is done. */
export interface JoinPreview {
  readonly address: string;
  /** Who would hand over, as the server knows them. */
  readonly person: SeatedPerson;
  /** Incidents of this desk that would be handed over. */
  readonly incidents: number;
  /** False: this person may not hand over a history, so a desk that has one goes on alone until somebody who may. */
  readonly mayHandOver: boolean;
  /** False: new records of the directory would be refused; everything has to be mapped. */
  readonly mayAddRecords: boolean;
  readonly rows: readonly MappingRow[];
  readonly targets: readonly MappingTarget[];
}

/** One command that the server has not answered. */
export interface OutboxItem {
  readonly commandId: Id;
  /** A `CommandName`, unless a newer build wrote it. */
  readonly name: string;
  readonly personId: Id;
  readonly personName: string;
  readonly incidentId: Id | null;
  readonly number: string | null;
  readonly shortDescription: string | null;
  /** Fields that a change would set, `EditableField`s unless a newer build wrote it; empty where that says nothing. */
  readonly fields: readonly string[];
  readonly recordedAt: Instant;
  /** `again`: the server was restored and gets it once more. `signInNeeded`: its person has no session. */
  readonly why: 'waiting' | 'again' | 'signInNeeded';
  /** As things stand here the server may refuse it so. */
  readonly mayBeRefused: SaidRefusal | null;
}

/**
 * `mine`: send it again over what stands there now. `theirs`: leave what stands there. `note`: keep what was written
 * as a work note. `form`: a refused recording opens as a filled form; recording that decides it.
 */
export const CONFLICT_DECISIONS = ['mine', 'theirs', 'note', 'form'] as const;
export type ConflictDecision = (typeof CONFLICT_DECISIONS)[number];

/** One value three times: before, as somebody else left it, as this person wanted it. */
export interface ConflictField {
  /** An `EditableField`, or `state`, `assignedToId`, `assignmentGroupId`. Ids among the values are in `names`. */
  readonly field: string;
  /** Absent where the command does not say what it replaces, as a change of state does not. */
  readonly base?: unknown;
  readonly theirs: unknown;
  readonly mine: unknown;
}

/** A command that the server refused, with everything that was typed. */
export interface Conflict {
  readonly commandId: Id;
  readonly name: string;
  readonly personId: Id;
  readonly personName: string;
  readonly incidentId: Id | null;
  readonly number: string | null;
  readonly shortDescription: string | null;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly refusal: SaidRefusal;
  /** The refused recording without which it makes no sense; null for one that was refused itself. */
  readonly because: Id | null;
  /** Side by side; empty where there is nothing to compare. */
  readonly fields: readonly ConflictField[];
  /** What the person wrote: a note, a reply, resolution notes, a description. */
  readonly text: string | null;
  /** The arguments as they were sent: a refused recording fills the form with them. */
  readonly args: unknown;
  /** Who changed the incident last, and when; null when that is not known here. */
  readonly changedBy: { readonly name: string; readonly at: Instant } | null;
  /** The same for conflicts of one kind: a decision can be applied to all of them. */
  readonly alike: string;
  readonly decisions: readonly ConflictDecision[];
}

/** What is on the device for a day without a network. */
export interface Readiness {
  /** Everything in the order of work: the person's own open incidents first. */
  readonly incidents: number;
  /** Open incidents of the person and their teams, and for how many of them the whole timeline is here. */
  readonly wanted: number;
  readonly held: number;
  /** The first of those that lack something. */
  readonly missing: readonly { readonly id: Id; readonly number: string; readonly shortDescription: string }[];
  /** Timelines being fetched now. */
  readonly fetching: Amount | null;
  readonly syncedAt: Instant | null;
  readonly loading: Amount | null;
  /** Bytes free on the device; null when nobody can tell. */
  readonly bytesFree: number | null;
  /** 0…100: how much of what was asked for is here. */
  readonly score: number;
  readonly ready: boolean;
}

/** Somebody else who looks at the same incident. A courtesy: it locks nothing. */
export interface PresentPerson {
  readonly personId: Id;
  readonly name: string;
  /** Writing a reply. */
  readonly typing: boolean;
}

export interface AgreementQueries {
  connection: { args: Record<string, never>; value: Connection };
  /** In the order they are sent, the oldest first; `items` are the first `limit` of `total`. */
  outbox: { args: { limit: number }; value: { total: number; items: readonly OutboxItem[] } };
  /** Of one person; `names` of every id that the fields mention. `decided`: the last decision, which can be undone. */
  conflicts: {
    args: { personId: Id };
    value: {
      items: readonly Conflict[];
      names: Readonly<Record<Id, string>>;
      decided: { readonly commandIds: readonly Id[]; readonly decision: ConflictDecision; readonly at: Instant } | null;
    };
  };
  readiness: { args: { personId: Id }; value: Readiness };
  /** The others who look at an incident now, as far as a server tells. */
  presence: { args: { incidentId: Id }; value: { people: readonly PresentPerson[] } };
}

export interface AgreementCalls {
  /** Asks who is there; nothing is joined yet. */
  findServer: { args: { address: string }; value: { address: string } };
  /** At a joined desk the person is at the desk afterwards. */
  signIn: { args: { email: string; password: string }; value: SeatedPerson };
  /** Through the organisation's own sign-in page, in the system's browser; answers when that is done or given up. */
  signInByBrowser: { args: Record<string, never>; value: SeatedPerson };
  /** Whoever waits for the browser is answered that it was given up. */
  cancelSignIn: { args: Record<string, never>; value: null };
  signOut: { args: { personId: Id }; value: null };
  previewJoin: { args: { personId: Id }; value: JoinPreview };
  /** From here on the desk follows the server. `serverId` null: taken along as a new record. */
  join: {
    args: {
      personId: Id;
      mapping: readonly { kind: DirectoryKind; localId: Id; serverId: Id | null }[];
    };
    value: null;
  };
  /** The desk goes on alone with everything it holds; a server that was only found is forgotten. */
  leave: { args: Record<string, never>; value: null };
  /** Tries at once. */
  syncNow: { args: Record<string, never>; value: null };
  /** Everything that waits and everything refused, with all that was typed, as JSON for a file. */
  exportOutbox: { args: Record<string, never>; value: { text: string } };
  /**
   * `form` only dismisses: the form itself was recorded before. Those that could not be decided stay. What hangs on a
   * refused recording (`because`) is decided with it, whichever way, and is not named in `commandIds`.
   */
  decideConflicts: {
    args: { personId: Id; commandIds: readonly Id[]; decision: ConflictDecision };
    value: { decided: number; refused: readonly { commandId: Id; refusal: SaidRefusal }[] };
  };
  undoDecision: { args: { personId: Id; commandIds: readonly Id[] }; value: null };
  /** How many incidents, and about how many bytes on this device, a scope comes to; null: everything. Asks the server. */
  sizeOfScope: { args: { personId: Id; scope: Scope | null }; value: { incidents: number; bytes: number } };
  /** From now on this device keeps this, null: everything; what it lacks is loaded, and what is not in it goes. */
  keepScope: { args: { scope: Scope | null }; value: null };
  /**
   * Brings an incident here that is not in this device's scope, and keeps it up to date; asks the server. `number` may
   * be an id. Null: the server knows none like it, or none that this person may see.
   */
  bringHere: { args: { personId: Id; number: string }; value: { incidentId: Id | null } };
  /** Fetches what `readiness` misses; it tells how far it is. */
  prepareForRoad: { args: { personId: Id }; value: null };
  /** A window shows this incident to the person, or shows it no more; said again every `PRESENCE.again`. */
  look: { args: { personId: Id; incidentId: Id; here: boolean; typing: boolean }; value: null };
}
