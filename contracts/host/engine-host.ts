/**
 * What the engine needs from the machine it runs on: the journal, drafts, snapshots, import stages, OS notifications
 * and the way to a server. Electron's main process implements it over files (through the IPC table), the plain browser
 * over a second, strictly durable database. Both, and the in-memory one for tests, pass the contract suites in
 * engine-host-contract.suite.ts and network-host.suite.ts.
 */
import type { EngineFiles } from '#contracts/host/files-host.ts';
import type { NetworkHost } from '#contracts/host/network.ts';
import type { Port } from '#contracts/platform.ts';
import type { Activity, Id, Instant } from '#domain/activity/activity.ts';
import type { Command } from '#domain/command/command.ts';
import type { Result } from '#domain/result.ts';

/**
 * 2: frames of kind `sync`, which an older build would pass over as if the desk worked alone. 3: such frames that tell
 * everything before them anew, without which an older build would find an empty outbox.
 */
export const FRAME_FORMAT_VERSION = 3;

/** One command's worth of truth, written and fsynced before anything on a screen says "saved". */
export interface Frame {
  readonly formatVersion: number;
  /** 'plain' until at-rest encryption exists. */
  readonly keyId: string;
  /** Log sequence number on this device: 1, 2, 3 … without gaps. */
  readonly lsn: number;
  readonly device: Id;
  readonly person: Id;
  /** Counter of this person's commands on this device. */
  readonly seq: number;
  readonly kind: 'command' | 'adoptBegin' | 'adoptCommit' | 'ledger' | 'settings' | 'sync';
  readonly command: Command | null;
  readonly activities: readonly Activity[];
  /** The draft this frame consumed: removed by the journal itself once the frame is durable. */
  readonly draftId?: Id;
  /**
   * For `adoptBegin` and `adoptCommit`: an object whose `stageId` names the import stage; a commit is refused
   * (`notFound`) unless that stage exists and is sealed. For `ledger` and `settings`: the record. For `sync`: what
   * happened to the share of this desk; a number `recordedAt` says when the draft it consumed was taken in.
   */
  readonly body?: unknown;
}

export type JournalErrorCode =
  | 'staleFence' // another engine took over: stop writing
  | 'unexpectedLsn' // the engine's idea of the log's end is wrong: reconcile
  | 'diskFull' // nothing of this batch was kept; the reserve is used up
  | 'ioError'
  | 'newerFormat' // written by a newer build: refused, never truncated
  | 'tooLarge' // beyond a limit of host-limits.ts; nothing was kept
  | 'badArguments' // an id that is no UUID, a frame out of order: a bug of the caller
  | 'notFound'; // no such stage, page, or frames that compaction already dropped
export interface JournalError {
  readonly code: JournalErrorCode;
  readonly detail?: string;
}
export type JournalResult<T> = Promise<Result<T, JournalError>>;

export interface JournalOpening {
  /** Every open raises the fence; calls with an older one are refused. */
  readonly fence: number;
  /** Identity of this journal, made with it. A database that names another journal is not ours. */
  readonly journalId: Id;
  /** New when the machine's mark differs from the stored one (a copied profile). */
  readonly device: Id;
  readonly deviceIsNew: boolean;
  /** 0 for an empty journal. */
  readonly lastLsn: number;
  /** The first lsn still held in segments; earlier ones live in a snapshot only. */
  readonly firstLsn: number;
  /** Per-person command counters on this device. */
  readonly counters: Readonly<Record<Id, number>>;
  /** Bad frames found elsewhere than at the very end: named here and kept aside, never dropped silently. */
  readonly quarantined: readonly { readonly segment: string; readonly offset: number; readonly reason: string }[];
  /** True if a torn last record was cut off: it was never confirmed to anybody. */
  readonly tornTail: boolean;
  /** Import stages that have no commit frame; the engine discards them. */
  readonly openStages: readonly Id[];
}

/** A half-written form or note. Belongs to its author, survives a kill to the last second. */
export interface Draft {
  readonly id: Id;
  readonly person: Id;
  /**
   * `dialog`: what is not done yet of a transition's dialog (resolve, hold, transfer …), of an incident's text fields,
   * or of the priority matrix (which is about no incident).
   */
  readonly kind: 'newIncident' | 'note' | 'reply' | 'dialog';
  readonly incidentId: Id | null;
  readonly content: unknown;
  readonly updatedAt: Instant;
}

/** Content-addressed pages; the manifest is written last and renamed into place. */
export interface SnapshotManifest {
  readonly formatVersion: 1;
  readonly snapshotId: Id;
  readonly journalId: Id;
  /** Replay starts after this lsn. */
  readonly startLsn: number;
  readonly takenAt: Instant;
  readonly pages: readonly { readonly name: string; readonly hash: string; readonly throughLsn: number }[];
}

export interface NotificationRequest {
  readonly alertId: Id;
  readonly title: string;
  readonly body: string;
  readonly urgency: 'low' | 'normal' | 'critical';
  /** Where a click leads: `deskbell://incident/INC0000001` or `deskbell://queue/unassigned`. */
  readonly link: string;
  /** Same tag replaces the earlier one (a growing digest). */
  readonly tag: string;
}
export type NotificationOutcome =
  | { readonly shown: true }
  | {
      readonly shown: false;
      readonly reason: 'notSupported' | 'noDaemon' | 'permissionDenied' | 'failed';
      readonly detail?: string;
    };

export interface EngineHost {
  readonly journal: {
    open(): JournalResult<JournalOpening>;
    /** Appends in one write and one fsync. `expectedLsn` is the lsn of the first frame. */
    append(args: { fence: number; expectedLsn: number; frames: readonly Frame[] }): JournalResult<{ lastLsn: number }>;
    /**
     * Frames from `fromLsn` on, at most about `maxBytes` of them but at least one; `nextLsn` null at the end.
     * `notFound` when `fromLsn` is below `firstLsn`: those frames live in a snapshot only.
     */
    read(args: {
      fromLsn: number;
      maxBytes: number;
    }): JournalResult<{ frames: readonly Frame[]; nextLsn: number | null }>;
    /**
     * Starts a fresh log after a database proved newer than the journal (a snapshot must cover it): the next frame
     * appended is `lsn + 1`. `unexpectedLsn` if the journal holds frames after `lsn`.
     */
    restartAt(args: { fence: number; lsn: number }): JournalResult<null>;
    /** Drops whole segments that hold nothing after `throughLsn`, and import stages committed at or before it. */
    compact(args: { fence: number; throughLsn: number }): JournalResult<{ removedSegments: number }>;
  };
  readonly stages: {
    /**
     * Opaque lines (JSON without newline) of an import, invisible until an `adoptCommit` frame names the stage.
     * The first append makes the stage; a committed stage takes no more (`badArguments`) and can't be discarded.
     */
    append(args: { fence: number; stageId: Id; lines: readonly string[] }): JournalResult<null>;
    /** Forces the stage to disk; called once before the commit frame. */
    seal(args: { fence: number; stageId: Id }): JournalResult<{ bytes: number; lines: number }>;
    read(args: {
      stageId: Id;
      fromLine: number;
      maxBytes: number;
    }): JournalResult<{ lines: readonly string[]; nextLine: number | null }>;
    discard(args: { fence: number; stageId: Id }): JournalResult<null>;
  };
  readonly snapshots: {
    /** The newest manifest whose pages all verify, or null. */
    latest(): JournalResult<SnapshotManifest | null>;
    writePage(args: { fence: number; text: string }): JournalResult<{ hash: string }>;
    readPage(args: { hash: string }): JournalResult<{ text: string }>;
    /** Verifies all pages, renames the manifest into place, keeps two, removes unreferenced pages. */
    commit(args: { fence: number; manifest: SnapshotManifest }): JournalResult<null>;
  };
  readonly drafts: {
    list(): JournalResult<readonly Draft[]>;
    /** Durable on return. An echo (not younger than the command that consumed this draft) is dropped quietly. */
    put(draft: Draft): JournalResult<null>;
    remove(draftId: Id): JournalResult<null>;
  };
  readonly settings: {
    /** Small device-wide values (a JSON object), written atomically. */
    read(): JournalResult<Readonly<Record<string, unknown>>>;
    /** Sets these keys and keeps all others, also those of a newer build. `null` is a value like any other. */
    write(values: Readonly<Record<string, unknown>>): JournalResult<null>;
  };
  readonly notifications: {
    show(request: NotificationRequest): Promise<NotificationOutcome>;
    /** Number on the tray or dock; 0 clears it. */
    badge(count: number): Promise<void>;
  };
  readonly database: {
    /**
     * Throws away the browser's own files of the database, for when it can neither open nor delete it any more.
     * False where nobody can; what was in it is rebuilt from snapshot and journal.
     */
    reset(): Promise<boolean>;
    /** Bytes still free where the database lies; null when nobody can tell. */
    room(): Promise<number | null>;
  };
  /** The way to the server, if this desk has one. */
  readonly network: NetworkHost;
  /** Bytes of attachments. */
  readonly files: EngineFiles;
  /** Hands a window's message port to the engine when main (or the SharedWorker) brokered one. */
  onWindow(listener: (port: Port, windowId: string) => void): void;
  /** Called once before an explicit quit; the machine waits some seconds for it. Absent where nobody can tell. */
  onFinish?(listener: () => Promise<void>): void;
  /** A line for the log: ids and codes only, never incident text. */
  log(
    level: 'info' | 'warn' | 'error',
    event: string,
    fields?: Readonly<Record<string, string | number | boolean>>,
  ): void;
}
