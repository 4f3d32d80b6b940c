/**
 * Bytes of attachments on this machine, found by the SHA-256 of their content. What a file belongs to, what it is called
 * and for whom it is, says the log; nothing here knows incidents. Nothing is thrown: a disk that is full is no bug.
 */
import type { NetworkCode } from '#contracts/host/network.ts';
import type { Id, Instant, Visibility } from '#domain/activity/activity.ts';
import type { Result } from '#domain/result.ts';

export const FILE_CODES = [
  /** This machine can't do it: the plain browser speaks to no server. */
  'notSupported',
  /** More bytes than a file may have, or than were announced. */
  'tooLarge',
  /** All attachments together have as much room on this machine as they may have. */
  'deviceFull',
  'diskFull',
  'ioError',
  /** No such bytes on this machine. */
  'notHere',
  /** The bytes are not those that were promised; they are not used. */
  'contentWrong',
  /** The addition was given up, or ended, or there never was one. */
  'gone',
  /** More is being added at the same time than this machine takes. */
  'tooMany',
] as const;
export type FileCode = (typeof FILE_CODES)[number];
export interface FileFault {
  readonly code: FileCode;
}
export type FileResult<T> = Promise<Result<T, FileFault>>;

/** Bytes. */
export const FILE_LIMITS = {
  /** Of one file; the server takes as much. */
  file: 100 * 1024 * 1024,
  /** Of all attachments on this machine. */
  device: 20 * 1024 * 1024 * 1024,
  /** Left free on the disk, for the journal. */
  kept: 256 * 1024 * 1024,
  /** Handed over in one piece. */
  piece: 1024 * 1024,
  /** Of a picture that a window is given to draw. */
  picture: 32 * 1024 * 1024,
} as const;

/** Additions of one window at the same time. */
export const MOST_ADDITIONS = 8;
/** A file that was added and is named by no log is thrown away after so long. Milliseconds. */
export const LOOSE_GRACE = 24 * 60 * 60_000;

/** As much of a `Blob` as is needed to read it piece by piece. */
export interface FileContent {
  readonly size: number;
  slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

/** A file that is on this machine, with every byte on the disk. */
export interface StoredFile {
  readonly sha256: string;
  /** Safe to save under anywhere. */
  readonly name: string;
  readonly bytes: number;
  /** Told from the content. */
  readonly mediaType: string;
}

export interface FileTransfer {
  readonly way: 'up' | 'down';
  /** Bytes that are there, of so many. */
  readonly moved: number;
  readonly bytes: number;
  /** Nothing moves just now: it is tried again, or waits for somebody to sign in. */
  readonly waits: boolean;
}

export interface FileState {
  readonly sha256: string;
  /** All bytes are on this machine. */
  readonly here: boolean;
  /** Incidents for which the server has it from this machine. */
  readonly sent: readonly Id[];
  readonly transfer: FileTransfer | null;
  /** Why the last transfer did not come to its end; null while nothing is wrong. */
  readonly trouble: FileCode | NetworkCode | null;
}

export interface Picture {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** What a visible window may do with attachments. It never learns a path, and nothing it gets can run. */
export interface DeskFiles {
  /** Resolves once every byte is on the disk. The incident is the one whose log will name it. */
  add(args: {
    readonly incidentId: Id;
    readonly name: string;
    readonly content: FileContent;
    /** Bytes that were handed over so far. */
    readonly onProgress?: (bytes: number) => void;
  }): FileResult<StoredFile>;
  state(args: { readonly sha256s: readonly string[] }): Promise<readonly FileState[]>;
  /** The bytes of a picture to draw, in one of the forms of `isPicture`; null for everything else. */
  picture(args: { readonly sha256: string }): Promise<Picture | null>;
  /** Offers to save it through the system's dialog. False if the person chose not to. */
  saveAs(args: { readonly sha256: string; readonly name: string }): FileResult<boolean>;
  /** Brings it from the server in the background, as this person; `bytes` as the log says. */
  fetch(args: { readonly person: Id; readonly sha256: string; readonly bytes: number }): FileResult<null>;
  /** Told whenever the state of a file changed. Answers the way to end it. */
  onChange(listener: (state: FileState) => void): () => void;
}

/** A file that was added and of which nobody knows yet whether a log names it. */
export interface LooseFile {
  readonly sha256: string;
  /** Incidents for which it was added. */
  readonly incidentIds: readonly Id[];
}

/** What the engine may do with attachments. */
export interface EngineFiles {
  state(args: { readonly sha256s: readonly string[] }): Promise<readonly FileState[]>;
  /**
   * This file is wanted on the server, for an incident that the server has. Durable when it resolves; it goes when it
   * can, also in later runs. Asked again, it does nothing.
   */
  upload(args: {
    readonly person: Id;
    readonly incidentId: Id;
    readonly sha256: string;
    readonly name: string;
    readonly visibility: Visibility;
  }): FileResult<null>;
  /** As `DeskFiles.fetch`. Asked again, it does nothing. */
  download(args: { readonly person: Id; readonly sha256: string; readonly bytes: number }): FileResult<null>;
  /** Those added before `before` of which nobody has said yet whether a log names them. */
  loose(args: { readonly before: Instant }): Promise<readonly LooseFile[]>;
  /** A log names it, so that it is kept; or none does, so that it is thrown away. */
  settle(args: { readonly sha256: string; readonly attached: boolean }): FileResult<null>;
  onChange(listener: (state: FileState) => void): () => void;
}
