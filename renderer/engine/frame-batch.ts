import type { Activity } from '#domain/activity/activity.ts';
import type { StoreBatch } from '#renderer/data/desk-store.ts';
import type { Applied, CommandRow, DirectoryRow } from '#renderer/data/rows.ts';
import type { AcceptedCommand, Effects, RecordAt } from '#sync/authority/store.ts';

/** The rows of a batch of judged or replayed commands. */
export function storeBatch(
  effects: Effects,
  made: readonly { readonly accepted: AcceptedCommand; readonly activities: readonly Activity[] }[],
  applied: Applied,
): StoreBatch {
  return {
    incidents: effects.incidents,
    activities: made.flatMap(({ activities }) => activities.map((activity, index) => ({ index, activity }))),
    directory: effects.records.map(directoryRow),
    commands: made.map(({ accepted }): CommandRow => accepted),
    alerts: [],
    sync: [],
    configuration: effects.matrix ? { lsn: effects.matrix.lsn, matrix: effects.matrix.value } : null,
    stages: null,
    applied,
  };
}

const directoryRow = ({ kind, id, lsn, record }: RecordAt): DirectoryRow => ({ kind, id, lsn, record });

export const emptyBatch = (applied: Applied): StoreBatch => ({
  incidents: [],
  activities: [],
  directory: [],
  commands: [],
  alerts: [],
  sync: [],
  configuration: null,
  stages: null,
  applied,
});
