import type { FoldedLines } from './folded-lines.ts';
import type { ColumnData, IncidentColumns } from './incident-columns.ts';
import type { NumberTable, NumberTableData } from './number-table.ts';
import type { StringPool, StringPoolData } from './string-pool.ts';
import type { Tally, TallyData } from './tally.ts';

/** Raised when anything in `parts` changes its meaning: an older checkpoint is then read anew from the rows. */
export const CHECKPOINT_FORMAT = 2;

/** Everything `QueueIndex.restore` needs, structured-cloneable as it is (typed arrays and long strings). */
export interface QueueIndexCheckpoint {
  readonly formatVersion: number;
  /** All changes up to here are in; upsert what has a higher lsn after restoring. */
  readonly throughLsn: number;
  readonly parts: {
    readonly ids: StringPoolData;
    readonly refs: StringPoolData;
    readonly numbers: NumberTableData;
    readonly columns: ColumnData;
    readonly lines: readonly string[];
    readonly tally: TallyData;
  };
}

export interface CheckpointParts {
  readonly ids: StringPool;
  readonly refs: StringPool;
  readonly numbers: NumberTable;
  readonly columns: IncidentColumns;
  readonly lines: FoldedLines;
}

export const checkpointOf = (parts: CheckpointParts, tally: Tally, throughLsn: number): QueueIndexCheckpoint => ({
  formatVersion: CHECKPOINT_FORMAT,
  throughLsn,
  parts: {
    ids: parts.ids.data(),
    refs: parts.refs.data(),
    numbers: parts.numbers.data(),
    columns: parts.columns.data(parts.ids.size),
    lines: parts.lines.data(),
    tally: tally.data(parts.ids.size),
  },
});

/** Whether a stored checkpoint is of this format and whole: lengths that must agree do. */
export const isUsable = (checkpoint: QueueIndexCheckpoint): boolean => {
  if (checkpoint.formatVersion !== CHECKPOINT_FORMAT) return false;
  const { ids, columns, numbers, tally } = checkpoint.parts;
  const slots = ids.starts.length - 1;
  const wholeColumns = [...Object.values(columns), tally.cellOf].every((column) => lengthOf(column) === slots);
  return wholeColumns && numbers.holders.length === numbers.keys.starts.length - 1;
};

const lengthOf = (column: ArrayBufferView) => (column as Uint8Array).length;
