/**
 * What windows and the engine say to each other over one message port. Requests carry an id and get one answer;
 * a watch gets a first value and then a new one whenever it changes, each tagged with the lsn it reflects.
 */

import type { AgreementCalls, AgreementQueries } from '#contracts/engine/agreement.ts';
import type { Draft, NotificationOutcome } from '#contracts/host/engine-host.ts';
import type { NetworkCode } from '#contracts/host/network.ts';
import type { ColumnMapping, ImportFormat, ImportPreview, ImportReport } from '#contracts/import/import.ts';
import type { FileBytes } from '#contracts/platform.ts';
import type { Activity, Id, Instant } from '#domain/activity/activity.ts';
import type { AlertRule } from '#domain/alerts/alert.ts';
import type { CommandArgs, CommandName, Refusal } from '#domain/command/command.ts';
import type { DirectoryKind, DirectoryRecords, Person, Role } from '#domain/directory/directory.ts';
import type { HoldReason, Incident, IncidentState, Priority } from '#domain/incident/incident.ts';
import type { QueueId } from '#domain/queue/queues.ts';

export const ENGINE_PROTOCOL = 1;

/** A row as a queue shows it: names resolved, nothing left to look up. */
export interface QueueRow {
  readonly id: Id;
  readonly number: string;
  readonly shortDescription: string;
  readonly priority: Priority;
  readonly overridden: boolean;
  readonly state: IncidentState;
  readonly holdReason: HoldReason | null;
  /** What the cell stands for, for "show matching"; null too when it may not be read. */
  readonly callerId: Id | null;
  readonly callerName: string | null;
  readonly vip: boolean;
  readonly ownerId: Id | null;
  readonly ownerName: string | null;
  readonly groupId: Id | null;
  readonly groupName: string | null;
  readonly categoryId: Id | null;
  readonly categoryName: string | null;
  readonly serviceName: string | null;
  readonly siteId: Id | null;
  readonly siteName: string | null;
  readonly waitingForPickUpSince: Instant | null;
  readonly unansweredMessage: boolean;
  /** Changes recorded here that the server has not confirmed; never at a desk that works alone. */
  readonly pending: boolean;
  readonly openedAt: Instant;
  readonly updatedAt: Instant;
  readonly lsn: number;
}

/** The columns a list can be ordered by. `queue` is the process's own order (domain.md "Queues"). */
export type OrderKey =
  | 'queue'
  | 'deadline'
  | 'number'
  | 'priority'
  | 'state'
  | 'caller'
  | 'owner'
  | 'updated'
  | 'opened';
export interface ListSpec {
  readonly queue: QueueId;
  readonly order: { readonly key: OrderKey; readonly descending: boolean };
  /** Cell filters, "show matching" (include) and "filter out" (exclude). */
  readonly filters: readonly {
    readonly field: 'state' | 'priority' | 'owner' | 'group' | 'caller' | 'category' | 'site';
    readonly value: string;
    readonly exclude: boolean;
  }[];
  readonly text: string;
}

/** At most so many incidents are chosen at a time, and what is left out is said. */
export const MOST_CHOSEN = 5_000;

/** An incident chosen for a deed: what the deed must know of it beforehand. */
export interface ChosenRow extends Pick<QueueRow, 'id' | 'number' | 'state' | 'ownerId'> {
  /** Work has begun: handing it over needs a note. */
  readonly begun: boolean;
}

/**
 * Which incidents are meant: a whole list, or its stretch from one incident to another (in either order, both
 * included); or these, as far as a list still holds them.
 */
export type Choice =
  | { readonly list: ListSpec; readonly between: readonly [Id, Id] | null }
  | { readonly ids: readonly Id[]; readonly within: ListSpec | null };

export interface SearchHit extends QueueRow {
  /** Why it matched: a number, an alias, the short description … */
  readonly matched: 'number' | 'alias' | 'text' | 'caller';
}

export interface SimilarIncident extends QueueRow {
  /** 0…1 */
  readonly score: number;
  readonly sameCaller: boolean;
}

export interface CallerCard {
  readonly person: Person;
  readonly siteName: string | null;
  readonly openCount: number;
  readonly recent: readonly QueueRow[];
}

export interface Session {
  readonly personId: Id | null;
  readonly person: Person | null;
  readonly deskName: string;
}

/** As many alerts of a digest are listed. */
export const MOST_MEMBERS = 200;

/** One alert that a digest stands for. */
export interface AlertMember {
  readonly id: Id;
  readonly incidentId: Id | null;
  readonly number: string | null;
  readonly priority: Priority | null;
  readonly shortDescription: string | null;
  readonly state: AlertEntry['state'];
}

export interface AlertEntry {
  readonly id: Id;
  readonly rule: AlertRule | 'digest';
  readonly dedupeKey: string;
  readonly incidentId: Id | null;
  readonly number: string | null;
  readonly priority: Priority | null;
  readonly title: string;
  /** Null when it may not be read, and for a digest. */
  readonly shortDescription: string | null;
  readonly why: string;
  readonly count: number;
  /** What a digest stands for, the most urgent first: the first `MOST_MEMBERS` of `count`. */
  readonly members: readonly AlertMember[];
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  readonly state: 'triggered' | 'acknowledged' | 'snoozed' | 'resolved' | 'suppressed';
  readonly delivery: {
    readonly channel: 'os' | 'none';
    readonly shown: boolean;
    readonly reason: string | null;
    readonly at: Instant;
  }[];
  readonly forPersonId: Id;
}

/** So many of so many. */
export interface Progress {
  readonly done: number;
  readonly total: number;
}

/** The engine's own state, in the words the status bar shows. */
export interface EngineStatus {
  readonly phase: 'starting' | 'reconciling' | 'ready' | 'blocked';
  /** Set when `blocked`, or when working in a degraded way. */
  readonly trouble:
    | null
    | 'newerDatabase'
    | 'newerJournal'
    | 'databaseBlocked'
    | 'diskFull'
    | 'journalFailed'
    | 'otherEngine';
  readonly rebuilt: null | {
    readonly reason: 'empty' | 'damaged' | 'older' | 'newer' | 'foreign';
    readonly incidents: number;
  };
  readonly progress: Progress | null;
  /** Made-up incidents on their way; they become visible all at once. */
  readonly sample: Progress | null;
  readonly lastLsn: number;
  readonly appliedLsn: number;
  readonly savedAt: Instant | null;
  readonly quarantined: number;
  readonly keptIn: 'device' | 'browser';
  readonly incidents: number;
  /** `shared`: other desks take part, and a server decides. */
  readonly mode: 'alone' | 'shared';
}

/** Everything a window can watch. One entry, one answer type. */
export interface Queries extends AgreementQueries {
  status: { args: Record<string, never>; value: EngineStatus };
  session: { args: Record<string, never>; value: Session };
  counts: { args: { personId: Id }; value: Readonly<Record<QueueId, number | null>> };
  /** `from` repeats the asked one, so that a window that scrolls can tell an older answer from the wanted one. */
  list: {
    args: { personId: Id; spec: ListSpec; from: number; to: number };
    value: { total: number; from: number; rows: readonly QueueRow[] };
  };
  /** The first `MOST_CHOSEN` of a choice, in the list's order; `total` is how many it holds. Asked once, not watched. */
  chosen: { args: { personId: Id; of: Choice }; value: { total: number; rows: readonly ChosenRow[] } };
  /** Row and whole timeline of one incident; null when unknown. `idOrNumber` takes every alias. */
  incident: {
    args: { idOrNumber: string };
    value: {
      incident: Incident;
      timeline: readonly Activity[];
      row: QueueRow;
      undo: UndoOffer | null;
      /** Names of every person, team, category, service, item and site the incident or its timeline mentions, by id. */
      names: Readonly<Record<Id, string>>;
    } | null;
  };
  directory: { args: { kind: DirectoryKind }; value: readonly DirectoryRecords[DirectoryKind][] };
  /** At most `limit` people whose name, phone or mail match; desk staff only when `staff`. */
  people: {
    args: { text: string; limit: number; staff: boolean };
    value: readonly (Person & { siteName: string | null })[];
  };
  callerCard: { args: { personId: Id }; value: CallerCard | null };
  similar: {
    args: { text: string; callerId: Id | null; excludeId: Id | null; limit: number };
    value: readonly SimilarIncident[];
  };
  /** `reading` while texts are still being read (after a rebuild): until then `total` is only of what has been read. */
  search: {
    args: { text: string; limit: number };
    value: { total: number; hits: readonly SearchHit[]; reading: Progress | null };
  };
  alerts: { args: { personId: Id; limit: number }; value: { unacknowledged: number; entries: readonly AlertEntry[] } };
  matrix: { args: Record<string, never>; value: readonly (readonly Priority[])[] };
  drafts: { args: { personId: Id }; value: readonly Draft[] };
  /** `importId` null: the import going on, else the last one since the engine started. */
  importProgress: { args: { importId: Id | null }; value: ImportProgress | null };
}
export type QueryName = keyof Queries;

export interface UndoOffer {
  readonly commandId: Id;
  readonly what: CommandName;
  /** Names of fields or the entry, for the sentence. */
  readonly subject: string;
  readonly until: Instant | null;
}

export interface ImportProgress {
  readonly importId: Id;
  /** The file's name. */
  readonly name: string;
  readonly dryRun: boolean;
  readonly phase: 'reading' | 'storing' | 'done' | 'stopped' | 'failed';
  readonly bytesRead: number;
  readonly bytesTotal: number;
  readonly rowsRead: number;
  readonly incidents: number;
  readonly report: ImportReport | null;
  /** Why it failed; null unless `phase` is `failed`. */
  readonly error: EngineError | null;
}

/** Calls a window makes once and gets one answer to. */
export interface Calls extends AgreementCalls {
  /** Judged, journalled, then answered. Resending the same commandId repeats the outcome and does nothing twice. */
  submit: {
    args: SubmitArgs;
    value: { lsn: number; number: string | null };
  };
  saveDraft: { args: { draft: Draft }; value: null };
  removeDraft: { args: { draftId: Id }; value: null };
  /** First run, and later "Switch person". Makes the person, and the team when it is new. */
  introduce: { args: { name: string; teamName: string; role: Role }; value: { personId: Id } };
  switchPerson: { args: { personId: Id }; value: null };
  loadSample: { args: { seed: number; incidents: number }; value: { incidents: number } };
  acknowledgeAlert: { args: { alertId: Id }; value: null };
  snoozeAlert: { args: { alertId: Id; until: Instant }; value: null };
  /** Shows one notification on this machine and says what came of it; no alert is kept. */
  testNotification: { args: { title: string; body: string }; value: NotificationOutcome };
  /** Reads the head of a file and proposes a format and a mapping; nothing is written. */
  previewImport: {
    args: { file: FileBytes; name: string; format: ImportFormat | null; zone: string };
    value: ImportPreview;
  };
  startImport: {
    args: {
      importId: Id;
      file: FileBytes;
      name: string;
      format: ImportFormat;
      mapping: ColumnMapping;
      zone: string;
      dryRun: boolean;
    };
    value: null;
  };
  stopImport: { args: { importId: Id }; value: null };
  /** Retry after disk full or a blocked database. */
  retry: { args: Record<string, never>; value: null };
}
export type CallName = keyof Calls;

export type SubmitArgs<N extends CommandName = CommandName> = {
  [K in N]: {
    readonly commandId: Id;
    readonly name: K;
    readonly args: CommandArgs[K];
    /** Who says so: the window's person at the time. */
    readonly personId: Id;
    /** Absent: now. */
    readonly occurredAt?: Instant;
    readonly lateReason?: string;
    readonly draftId?: Id;
  };
}[N];

export type EngineErrorCode =
  | 'refused' // the process says no: see `refusal`
  | 'notReady'
  | 'diskFull'
  | 'journalFailed'
  | 'argumentsInvalid'
  | 'unknownCall'
  | 'importUnreadable'
  | 'importEmpty'
  | 'importBinary'
  | 'importTruncated'
  | 'importTooWide'
  | 'importNotMapped'
  | 'importBusy'
  | 'importTooLate'
  /** The way to the server failed: see `network`. */
  | 'network'
  /** Only at a desk that shares its log. */
  | 'notShared'
  /** Only at a desk that works alone. */
  | 'sharedAlready'
  /** Joining would need a right that this person has not. */
  | 'mayNotHandOver'
  /** Somebody's refused changes wait for their decision. */
  | 'conflictsWait'
  | 'bug';
export interface EngineError {
  readonly code: EngineErrorCode;
  readonly refusal?: Refusal;
  readonly network?: NetworkCode;
  readonly details?: Readonly<Record<string, string | number>>;
}

export type ToEngine =
  | { readonly type: 'hello'; readonly protocol: number }
  | { readonly type: 'call'; readonly id: number; readonly name: CallName; readonly args: unknown }
  | { readonly type: 'watch'; readonly id: number; readonly name: QueryName; readonly args: unknown }
  /** Changes the arguments of a running watch (scrolling a list) without a gap. */
  | { readonly type: 'rewatch'; readonly id: number; readonly args: unknown }
  | { readonly type: 'unwatch'; readonly id: number }
  /** The window goes away (`pagehide`): a port itself does not tell its other end on every runtime. */
  | { readonly type: 'bye' };

export type FromEngine =
  | { readonly type: 'hello'; readonly protocol: number }
  | { readonly type: 'answer'; readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly type: 'answer'; readonly id: number; readonly ok: false; readonly error: EngineError }
  | { readonly type: 'value'; readonly id: number; readonly value: unknown; readonly lsn: number }
  | { readonly type: 'watchError'; readonly id: number; readonly error: EngineError };
