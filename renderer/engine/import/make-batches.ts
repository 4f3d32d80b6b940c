import type { RowIssue } from '#contracts/import/import.ts';
import { presetOf } from '#contracts/import/preset.ts';
import { directoryNames } from '#domain/history/directory-ids.ts';
import { type ObserveContext, observeHistory } from '#domain/history/observe.ts';
import { dateReader } from '#domain/history/source-dates.ts';
import type { SourceValue } from '#domain/history/source-row.ts';
import { AS_IMPORTED } from '#domain/incident/as-imported.ts';
import { foldIncident } from '#domain/incident/fold.ts';
import { isComment, type PackedBundle } from './adoption.ts';
import type { TextSource } from './csv/source.ts';
import { type IncidentRows, type ReadCounts, readHistory } from './read-history.ts';
import type { ImportBatch, ReadJob } from './worker-protocol.ts';

/** A batch holds about this many incidents, unless asked otherwise: few messages, and little in memory at once. */
const BATCH_INCIDENTS = 250;

/** Reads a file into batches of folded histories. Throws `CsvStreamBroken` when the file's bytes end early. */
export async function* makeBatches(
  source: TextSource,
  job: ReadJob,
  incidents = BATCH_INCIDENTS,
): AsyncGenerator<ImportBatch> {
  const preset = { ...presetOf(job.format), source: job.mapping.source };
  const counts: ReadCounts = { rows: 0, rowsBlank: 0, rowsRefused: 0 };
  const names = directoryNames(preset.source);
  let issues: RowIssue[] = [];
  let bytesRead = 0;
  let waiting: IncidentRows[] = [];
  /** What is odd about these rows was said when their history was told first. */
  let toldThrough = 0;
  const named = new Set(job.mapping.columns.map((column) => column.target));
  const headerOf = (target: SourceValue) =>
    job.mapping.columns.find((column) => column.target === target)?.header ?? target;
  const context: ObserveContext = {
    rules: preset,
    names,
    readDate: dateReader(job.zone, job.mapping.dateOrder),
    note: (note) => {
      if (note.line <= toldThrough) return;
      const column = headerOf(note.column);
      issues.push({ ...note, column, severity: 'noted', value: note.value.slice(0, 200) });
    },
    device: job.device,
    importedAt: job.now,
    named,
  };
  const batchOf = (groups: readonly IncidentRows[]): ImportBatch => {
    const bundles = groups.map((group) => {
      toldThrough = group.toldThrough;
      return bundleOf(group, context, job);
    });
    const taken = issues;
    issues = [];
    return {
      directory: names.take(),
      bundles,
      issues: taken,
      counts: { ...counts },
      bytesRead,
      overridesAsImported: bundles.filter((bundle) => bundle.folded.override?.reason === AS_IMPORTED).length,
    };
  };
  const reading = readHistory(source, {
    mapping: job.mapping,
    preset,
    counts,
    issue: (issue) => issues.push(issue),
    named,
    onBytes: (taken) => {
      bytesRead = taken;
    },
  });
  for await (const groups of reading) {
    // A history told again (its number came back later in the file) goes into a batch after the one that told it.
    const waitingIds = new Set(waiting.map((group) => group.incidentId));
    if (groups.some((group) => waitingIds.has(group.incidentId))) {
      yield batchOf(waiting);
      waiting = [];
    }
    waiting.push(...groups);
    while (waiting.length >= incidents) {
      yield batchOf(waiting.slice(0, incidents));
      waiting = waiting.slice(incidents);
    }
  }
  yield batchOf(waiting);
}

function bundleOf(group: IncidentRows, context: ObserveContext, job: ReadJob): PackedBundle {
  const activities = observeHistory(group.incidentId, group.rows, context);
  const folded = foldIncident(activities, { matrix: job.matrix });
  if (!folded) throw new Error('a history without an incident');
  return {
    incidentId: group.incidentId,
    externalNumber: group.externalNumber,
    source: context.rules.source,
    activityIds: activities.map((activity) => activity.id),
    comments: activities.filter(isComment).length,
    folded,
    line: JSON.stringify(activities),
  };
}
