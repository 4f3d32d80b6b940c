import type { StoreBatch } from './desk-store.ts';

/** Several batches as one, in order: of everything that has a key the last word counts. */
export function mergeBatches(batches: readonly StoreBatch[]): StoreBatch | null {
  const last = batches.at(-1);
  if (!last) return null;
  if (batches.length === 1) return last;
  const byId = <Row>(rows: readonly Row[], key: (row: Row) => string) => [
    ...new Map(rows.map((row) => [key(row), row])).values(),
  ];
  return {
    incidents: byId(
      batches.flatMap((batch) => batch.incidents),
      (incident) => incident.id,
    ),
    activities: batches.flatMap((batch) => batch.activities),
    directory: byId(
      batches.flatMap((batch) => batch.directory),
      (row) => `${row.kind} ${row.id}`,
    ),
    commands: batches.flatMap((batch) => batch.commands),
    alerts: byId(
      batches.flatMap((batch) => batch.alerts),
      (record) => record.id,
    ),
    sync: batches.flatMap((batch) => batch.sync),
    configuration: batches.findLast((batch) => batch.configuration !== null)?.configuration ?? null,
    stages: batches.findLast((batch) => batch.stages !== null)?.stages ?? null,
    applied: last.applied,
  };
}
