import type { ColumnMapping, ImportFormat, RowIssue } from '#contracts/import/import.ts';
import type { FileBytes } from '#contracts/platform.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';
import type { PriorityMatrix } from '#domain/priority/matrix.ts';
import type { DirectoryEntry, PackedBundle } from './adoption.ts';
import type { UnreadableCode } from './csv/source.ts';
import type { ReadCounts } from './read-history.ts';

export interface ReadJob {
  readonly file: FileBytes;
  readonly format: ImportFormat;
  readonly mapping: ColumnMapping;
  readonly zone: string;
  readonly device: Id;
  readonly now: Instant;
  readonly matrix: PriorityMatrix;
}

/** Engine → worker. After each batch the worker waits for `next`: it never runs ahead of what is stored. */
export type ToImportWorker = { readonly type: 'read'; readonly job: ReadJob } | { readonly type: 'next' };

export interface ImportBatch {
  readonly directory: readonly DirectoryEntry[];
  readonly bundles: readonly PackedBundle[];
  readonly issues: readonly RowIssue[];
  readonly counts: ReadCounts;
  readonly bytesRead: number;
  readonly overridesAsImported: number;
}

/** Worker → engine. */
export type FromImportWorker =
  | { readonly type: 'batch'; readonly batch: ImportBatch }
  | { readonly type: 'end' }
  | { readonly type: 'failed'; readonly code: UnreadableCode | 'bug'; readonly detail: string };
