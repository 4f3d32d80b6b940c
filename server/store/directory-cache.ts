import type { Id } from '#domain/activity/activity.ts';
import type { DirectoryKind, DirectoryRecords } from '#domain/directory/directory.ts';
import type { PriorityMatrix } from '#domain/priority/matrix.ts';
import type { RecordAt } from '#sync/authority/store.ts';
import type { Queries } from './driver.ts';
import type { Head } from './head.ts';
import { parsed, run, tables } from './tables.ts';

export const MATRIX = 'matrix';

/** The directory and the matrix, whole, as of one version. */
export class DirectoryState {
  readonly version: string;
  readonly matrix: { readonly seq: number; readonly value: PriorityMatrix } | null;
  private readonly byKind = new Map<DirectoryKind, Map<Id, RecordAt>>();

  constructor(version: string, records: readonly RecordAt[], matrix: DirectoryState['matrix']) {
    this.version = version;
    this.matrix = matrix;
    for (const record of records) {
      const ofKind = this.byKind.get(record.kind) ?? new Map<Id, RecordAt>();
      this.byKind.set(record.kind, ofKind.set(record.id, record));
    }
  }

  get all(): readonly RecordAt[] {
    return [...this.byKind.values()].flatMap((records) => [...records.values()]);
  }

  record<K extends DirectoryKind>(kind: K, id: Id): DirectoryRecords[K] | null {
    return recordOf<K>(this.byKind.get(kind)?.get(id));
  }

  *records<K extends DirectoryKind>(kind: K): Iterable<DirectoryRecords[K]> {
    for (const found of this.byKind.get(kind)?.values() ?? []) {
      const record = recordOf<K>(found);
      if (record !== null) yield record;
    }
  }
}

/** Filed under its kind, so a look-up by kind finds a record of that kind. */
const recordOf = <K extends DirectoryKind>(found: RecordAt | undefined) =>
  (found?.record ?? null) as DirectoryRecords[K] | null;

/**
 * Keeps the directory on this node between transactions. Each one compares versions first, by the head row that it
 * has in hand: what another node saved is never missed.
 */
export class DirectoryCache {
  private held: DirectoryState | null = null;

  /** What is held, if it is of this version. */
  heldAt({ directoryVersion }: Head): DirectoryState | null {
    return this.held?.version === directoryVersion ? this.held : null;
  }

  async at({ directoryVersion }: Head, queries: Queries): Promise<DirectoryState> {
    if (this.held?.version === directoryVersion) return this.held;
    const rows = await run(queries, tables.selectFrom('records').select('body').orderBy('entry'));
    const [matrix] = await run(
      queries,
      tables.selectFrom('settings').select(['seq', 'body']).where('name', '=', MATRIX),
    );
    const value = matrix === undefined ? null : { seq: matrix.seq, value: parsed<PriorityMatrix>(matrix) };
    this.held = new DirectoryState(directoryVersion, rows.map(parsed<RecordAt>), value);
    return this.held;
  }
}
