import type { Id, Instant } from '#domain/activity/activity.ts';

/** `whole`: all bytes are there and are what was promised. `refused`: they were not. `ended`: given up, or expired. */
export type UploadState = 'open' | 'whole' | 'done' | 'refused' | 'ended';

/** A file on its way in. */
export interface Upload {
  readonly id: Id;
  readonly personId: Id;
  readonly incidentId: Id;
  readonly name: string;
  /** Not for the requester. */
  readonly internal: boolean;
  /** As its sender wrote it. */
  readonly metadata: string;
  readonly sha256: string;
  readonly length: number;
  /** So many bytes are on the disk. */
  readonly received: number;
  readonly state: UploadState;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
}

export interface KeptFile {
  readonly bytes: number;
  readonly type: string;
}

/** One of the incidents that a file belongs to. */
export interface FileReference {
  readonly incidentId: Id;
  readonly name: string;
  readonly internal: boolean;
}

/** The right to write bytes of an upload, until then. Only one at a time, over all nodes. */
export interface Claim {
  readonly token: string;
  readonly until: Instant;
}

export interface DayLimit {
  readonly since: Instant;
  readonly bytes: number;
  readonly uploads: number;
}

/** What is known of attachments. Each call is one transaction. */
export interface UploadBook {
  /** False when it would be more than the person may send in a day. */
  open(upload: Upload, limit: DayLimit): Promise<boolean>;
  find(id: Id): Promise<Upload | null>;
  /** False when somebody else writes, or it is not open any more, or not at this place. */
  claim(id: Id, received: number, claim: Claim, now: Instant): Promise<boolean>;
  /** Notes how far it came. False when the claim is lost: nothing more may be written. */
  advance(id: Id, claim: Claim, received: number, expiresAt: Instant): Promise<boolean>;
  release(id: Id, token: string): Promise<void>;
  /** Nobody writes: for the only node, when it starts. */
  releaseAll(): Promise<void>;
  /** From open to whole. False when the claim is lost. */
  complete(id: Id, token: string): Promise<boolean>;
  /** A whole upload is done: its file is kept and belongs to its incident. Again does nothing. */
  keep(upload: Upload, type: string, at: Instant): Promise<void>;
  /** The bytes are away, through no fault of the sender's. */
  startOver(id: Id, received: number): Promise<void>;
  /** Ends an open one, whoever writes. */
  end(id: Id): Promise<void>;
  /** Ends an open one whose content is not what was promised. False when the claim is lost. */
  refuse(id: Id, token: string): Promise<boolean>;
  /** Ends a whole one of which the bytes are gone. */
  lose(id: Id): Promise<void>;
  file(sha256: string): Promise<KeptFile | null>;
  /** In the order in which they were added, from a place on. */
  references(sha256: string, from: number, limit: number): Promise<readonly FileReference[]>;
  /** Bytes that open uploads may still bring. */
  promised(now: Instant): Promise<number>;
  /** Ends those that expired and forgets those that ended before `since`. */
  expire(now: Instant, since: Instant): Promise<void>;
  /** Whole ones that nobody brings to their end. */
  stranded(now: Instant): Promise<readonly Upload[]>;
  /** Those of these that are open or whole. */
  unfinished(ids: readonly Id[]): Promise<ReadonlySet<Id>>;
}
