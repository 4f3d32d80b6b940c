import type { Frame, JournalError } from '#contracts/host/engine-host.ts';
import type { Activity, Id } from '#domain/activity/activity.ts';
import { applyActivity } from '#domain/incident/fold.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { DEFAULT_MATRIX, type PriorityMatrix } from '#domain/priority/matrix.ts';
import { ok, type Result } from '#domain/result.ts';
import type { BasePage } from '#renderer/data/base-pages.ts';
import type { DirectoryRow } from '#renderer/data/rows.ts';
import { emptyBatch } from './frame-batch.ts';
import { appliedThrough, type ReplayPorts, type ReplayState } from './replay-state.ts';
import { type AdoptBody, parseStageLine } from './stage-lines.ts';

const READ_BYTES = 4 * 1024 * 1024;
const PAGES_AT_ONCE = 32;

export interface Grown {
  readonly incidentId: Id;
  readonly activities: readonly Activity[];
}

/**
 * Brings in what a committed import staged. A stage that is gone is covered by both snapshots, pages and all: whoever
 * still replays its commit has a database older than they are.
 */
export async function replayStage(
  body: AdoptBody,
  frame: Frame,
  state: ReplayState,
  ports: ReplayPorts,
): Promise<Result<null, JournalError>> {
  const grown: Grown[] = [];
  const directory: DirectoryRow[] = [];
  let pages: BasePage[] = [];
  const flush = async () => {
    await ports.store.putBasePages(pages);
    pages = [];
  };
  for (let fromLine: number | null = 0; fromLine !== null; ) {
    const read = await ports.host.stages.read({ stageId: body.stageId, fromLine, maxBytes: READ_BYTES });
    if (!read.ok && read.error.code === 'notFound' && ports.withoutStage === 'goOn') {
      ports.lost('stage', frame.lsn);
      break;
    }
    if (!read.ok) return read;
    for (const text of read.value.lines) {
      const line = parseStageLine(text);
      if (line.line === 'page') pages.push(line.page);
      else if (line.line === 'grown') grown.push(line);
      else directory.push(...line.entries.map(({ kind, record }) => ({ kind, id: record.id, lsn: frame.lsn, record })));
      if (pages.length >= PAGES_AT_ONCE) await flush();
    }
    fromLine = read.value.nextLine;
  }
  await flush();
  const missing = directory.filter((row) => row.lsn > state.directory.lsnOf(row.kind, row.id));
  const stage = { stageId: body.stageId, beginLsn: body.beginLsn, commitLsn: frame.lsn };
  state.stages = [...state.stages.filter(({ stageId }) => stageId !== body.stageId), stage];
  const matrix = state.configuration.matrix ?? DEFAULT_MATRIX;
  const effects = foldGrown(await ports.store.incidents(grown.map((one) => one.incidentId)), grown, frame.lsn, matrix);
  const applied = appliedThrough([frame], state);
  await ports.store.apply({ ...emptyBatch(applied), ...effects, directory: missing, stages: state.stages });
  for (const row of missing) state.directory.put(row);
  state.applied = applied;
  return ok(null);
}

/** Incidents that an import found again with more history: the new entries, folded in at the commit's lsn. */
export function foldGrown(
  rows: ReadonlyMap<Id, Incident>,
  grown: readonly Grown[],
  lsn: number,
  matrix: PriorityMatrix,
): { incidents: Incident[]; activities: { index: number; activity: Activity }[] } {
  const incidents: Incident[] = [];
  const activities: { index: number; activity: Activity }[] = [];
  for (const { incidentId, activities: fresh } of grown) {
    const confirmed = fresh.map((activity): Activity => ({ ...activity, seq: lsn }));
    activities.push(...confirmed.map((activity, index) => ({ index, activity })));
    const row = rows.get(incidentId) ?? null;
    if (row !== null && row.throughSeq >= lsn) continue;
    let next: Incident | null = row;
    for (const activity of confirmed) next = applyActivity(next, activity, { matrix });
    if (next) incidents.push(next);
  }
  return { incidents, activities };
}
