import type { EngineError } from '#contracts/engine/protocol.ts';
import type { Activity, Id } from '#domain/activity/activity.ts';
import type { DirectoryKind, DirectoryRecords } from '#domain/directory/directory.ts';
import type { Incident } from '#domain/incident/incident.ts';
import type { Result } from '#domain/result.ts';

/** One incident's whole history as the file tells it, made in the import worker. */
export interface AdoptionBundle {
  /** Name-based from source and external number, so any desk that reads the file makes the same. */
  readonly incidentId: Id;
  readonly externalNumber: string | null;
  readonly source: string;
  /** Ids of `activities`, in their order: enough to tell what is new. */
  readonly activityIds: readonly Id[];
  /** How many of them come from comments in a cell rather than being a row's own. */
  readonly comments: number;
  /** In source order, `seq` null. Ids are name-based, so a second import finds them again. Read from `line` when asked. */
  readonly activities: readonly Activity[];
  /** The fold of exactly these activities: used as it is when the incident is not on this desk yet. */
  readonly folded: Incident;
  /** `activities` as one JSON line, made in the worker so that the engine need not. */
  readonly line: string;
}

/** A comment in a cell became a work note of its own; everything else an import writes is a row. */
export const isComment = (activity: Activity): boolean => activity.type === 'incident.note';

/** As it travels between threads: activities only as their line, which is copied far faster than a hundred objects. */
export type PackedBundle = Omit<AdoptionBundle, 'activities'>;

export function unpackBundle(packed: PackedBundle): AdoptionBundle {
  let read: readonly Activity[] | null = null;
  return {
    ...packed,
    get activities() {
      read ??= JSON.parse(packed.line) as readonly Activity[];
      return read;
    },
  };
}

export interface DirectoryEntry<K extends DirectoryKind = DirectoryKind> {
  readonly kind: K;
  readonly record: DirectoryRecords[K];
}

export interface AdoptionCounts {
  readonly added: number;
  readonly grown: number;
  readonly unchanged: number;
  readonly activitiesAdded: number;
  /** Those of them that are a row's own. */
  readonly rowsAdded: number;
  readonly numbersTaken: number;
  readonly peopleAdded: number;
  readonly teamsAdded: number;
  readonly categoriesAdded: number;
}

/**
 * Where an import puts what it read. Nothing staged is visible in any list, count, search or number look-up until
 * `commit` returned; a crash or `discard` before that leaves nothing. Calls are awaited one after the other; the
 * engine yields to people's commands between batches.
 */
export interface AdoptionSink {
  begin(importId: Id, by: Id | null): Promise<Result<null, EngineError>>;
  /** Activities already on this desk (same id) are left out; a directory entry with the same id is left out. */
  stage(
    importId: Id,
    directory: readonly DirectoryEntry[],
    bundles: readonly AdoptionBundle[],
  ): Promise<Result<AdoptionCounts, EngineError>>;
  /** Counts of what `stage` would add, without writing anything: the dry run. */
  inspect(directory: readonly DirectoryEntry[], bundles: readonly AdoptionBundle[]): Promise<AdoptionCounts>;
  /** Fsyncs the stage, appends the one frame that makes all of it visible, updates index and windows. */
  commit(importId: Id): Promise<Result<{ lsn: number }, EngineError>>;
  discard(importId: Id): Promise<void>;
}
