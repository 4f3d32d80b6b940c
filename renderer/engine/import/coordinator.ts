import type { EngineError, ImportProgress } from '#contracts/engine/protocol.ts';
import { type ImportReport, MAX_ISSUES, type RowIssue } from '#contracts/import/import.ts';
import { canNameIncidents, presetOf } from '#contracts/import/preset.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';
import type { PriorityMatrix } from '#domain/priority/matrix.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { type AdoptionBundle, type AdoptionCounts, type AdoptionSink, unpackBundle } from './adoption.ts';
import type { FromImportWorker, ImportBatch, ReadJob, ToImportWorker } from './worker-protocol.ts';

/** A dedicated worker, as far as the coordinator uses it. */
export interface ImportWorker {
  postMessage(message: ToImportWorker): void;
  onmessage: ((event: { readonly data: FromImportWorker }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
  terminate(): void;
}

export interface ImportCoordinatorPorts {
  readonly sink: AdoptionSink;
  readonly makeWorker: () => ImportWorker;
  readonly now: () => Instant;
  readonly device: () => Id;
  /** Who imports: kept with the import, not put on what the source says happened. */
  readonly importer: () => Id | null;
  readonly matrix: () => PriorityMatrix;
  /** Told after every batch and at the end; windows watch it as `importProgress`. */
  readonly changed: () => void;
  /** A line for the log: why an import failed, by code and by the kind of error. */
  readonly failed: (code: EngineError['code'], name: string) => void;
}

export interface ImportRequest extends Pick<ReadJob, 'file' | 'format' | 'mapping' | 'zone'> {
  readonly importId: Id;
  /** The file's name, to show. */
  readonly name: string;
  readonly dryRun: boolean;
}

interface Run {
  readonly request: ImportRequest;
  readonly startedAt: Instant;
  readonly worker: ImportWorker;
  progress: ImportProgress;
  counts: AdoptionCounts;
  overrides: number;
  read: ImportBatch['counts'];
  issues: RowIssue[];
  issuesTotal: number;
  /** In a dry run: the histories looked at, with their length. */
  readonly rehearsed: Map<Id, number>;
  stopped: boolean;
  /** Wakes whoever waits for the worker, so that a stop need not. */
  wake: () => void;
}

const NOTHING: AdoptionCounts = {
  added: 0,
  grown: 0,
  unchanged: 0,
  activitiesAdded: 0,
  rowsAdded: 0,
  numbersTaken: 0,
  peopleAdded: 0,
  teamsAdded: 0,
  categoriesAdded: 0,
};

const plus = (a: AdoptionCounts, b: AdoptionCounts): AdoptionCounts => {
  const keys = Object.keys(NOTHING) as (keyof AdoptionCounts)[];
  return Object.fromEntries(keys.map((key) => [key, a[key] + b[key]])) as unknown as AdoptionCounts;
};

const isRunning = ({ progress }: Run) => progress.phase === 'reading' || progress.phase === 'storing';

/**
 * Runs imports: a worker reads and folds, the sink stages, one commit at the end makes all of it visible. Stopped,
 * failed or killed before that, nothing of it is. One import at a time; the last one's report is kept.
 */
export function createImportCoordinator(ports: ImportCoordinatorPorts) {
  let last: Run | null = null;

  const publish = (run: Run, change: Partial<ImportProgress>) => {
    run.progress = { ...run.progress, ...change };
    ports.changed();
  };

  const take = async (run: Run, batch: ImportBatch): Promise<Result<null, EngineError>> => {
    const { dryRun, importId } = run.request;
    const bundles = batch.bundles.map(unpackBundle);
    const staged = dryRun
      ? ok(await rehearse(run, ports.sink, batch.directory, bundles))
      : await ports.sink.stage(importId, batch.directory, bundles);
    if (!staged.ok) return staged;
    run.counts = plus(run.counts, staged.value);
    run.overrides += batch.overridesAsImported;
    run.read = batch.counts;
    run.issuesTotal += batch.issues.length;
    run.issues.push(...batch.issues.slice(0, Math.max(0, MAX_ISSUES - run.issues.length)));
    publish(run, {
      bytesRead: batch.bytesRead,
      rowsRead: batch.counts.rows,
      incidents: run.counts.added + run.counts.grown + run.counts.unchanged,
    });
    return ok(null);
  };

  const execute = async (run: Run): Promise<Result<null, EngineError>> => {
    const { dryRun, importId } = run.request;
    const begun = dryRun ? ok(null) : await ports.sink.begin(importId, ports.importer());
    if (!begun.ok) return begun;
    for await (const batch of batchesOf(run, jobOf(run.request, ports))) {
      if (!batch.ok) return batch;
      const taken = await take(run, batch.value);
      if (!taken.ok) return taken;
    }
    if (run.stopped || dryRun) return ok(null);
    publish(run, { phase: 'storing' });
    const committed = await ports.sink.commit(importId);
    return committed.ok ? ok(null) : committed;
  };

  const finish = async (run: Run, outcome: Result<null, EngineError>) => {
    run.worker.terminate();
    const whole = outcome.ok && !run.stopped;
    if (!whole && !run.request.dryRun) await ports.sink.discard(run.request.importId);
    if (!outcome.ok) ports.failed(outcome.error.code, errorName(outcome.error));
    const phase = !outcome.ok ? 'failed' : run.stopped ? 'stopped' : 'done';
    publish(run, { phase, report: reportOf(run, ports.now()), error: outcome.ok ? null : outcome.error });
  };

  return {
    /** The same request again (a window that lost its answer) starts nothing twice. */
    start(request: ImportRequest): Result<null, EngineError> {
      if (last?.request.importId === request.importId) return ok(null);
      if (last !== null && isRunning(last)) return err({ code: 'importBusy' });
      if (!canNameIncidents(request.mapping, presetOf(request.format))) return err({ code: 'importNotMapped' });
      const run = newRun(request, ports);
      last = run;
      execute(run)
        .catch((cause: unknown) => err<EngineError>(bugOf(cause)))
        .then((outcome) => finish(run, outcome))
        .catch((cause: unknown) => publish(run, { phase: 'failed', error: bugOf(cause) }));
      ports.changed();
      return ok(null);
    },
    /** What was staged goes. Once `storing` began it is too late, and says so. */
    stop(importId: Id): Result<null, EngineError> {
      if (last?.request.importId !== importId || !isRunning(last)) return ok(null);
      if (last.progress.phase === 'storing') return err({ code: 'importTooLate' });
      last.stopped = true;
      last.wake();
      return ok(null);
    },
    /** Null: the import going on, else the last one. */
    progress: (importId: Id | null): ImportProgress | null =>
      last !== null && (importId === null || importId === last.request.importId) ? last.progress : null,
  };
}
export type ImportCoordinator = ReturnType<typeof createImportCoordinator>;

/**
 * What staging would add. A history that the file told before (its number came back later) is looked up as if it
 * were staged: only what it adds to its first telling counts.
 */
async function rehearse(
  run: Run,
  sink: AdoptionSink,
  directory: ImportBatch['directory'],
  bundles: readonly AdoptionBundle[],
): Promise<AdoptionCounts> {
  const counts = await sink.inspect(
    directory,
    bundles.filter((bundle) => !run.rehearsed.has(bundle.incidentId)),
  );
  let more = 0;
  for (const { incidentId, activityIds } of bundles) {
    const before = run.rehearsed.get(incidentId);
    if (before !== undefined) more += activityIds.length - before;
    run.rehearsed.set(incidentId, activityIds.length);
  }
  return { ...counts, activitiesAdded: counts.activitiesAdded + more, rowsAdded: counts.rowsAdded + more };
}

/** What kind of error a bug was: the name before the colon, never the message, which may quote a cell. */
const errorName = ({ details }: EngineError): string => String(details?.cause ?? '').split(':', 1)[0] ?? '';

const bugOf = (cause: unknown): EngineError => ({ code: 'bug', details: { cause: String(cause) } });

const jobOf = ({ file, format, mapping, zone }: ImportRequest, ports: ImportCoordinatorPorts): ReadJob => ({
  file,
  format,
  mapping,
  zone,
  device: ports.device(),
  now: ports.now(),
  matrix: ports.matrix(),
});

function newRun(request: ImportRequest, ports: ImportCoordinatorPorts): Run {
  return {
    request,
    startedAt: ports.now(),
    worker: ports.makeWorker(),
    progress: {
      importId: request.importId,
      name: request.name,
      dryRun: request.dryRun,
      phase: 'reading',
      bytesRead: 0,
      bytesTotal: request.file.size,
      rowsRead: 0,
      incidents: 0,
      report: null,
      error: null,
    },
    counts: NOTHING,
    overrides: 0,
    read: { rows: 0, rowsBlank: 0, rowsRefused: 0 },
    issues: [],
    issuesTotal: 0,
    rehearsed: new Map(),
    stopped: false,
    wake: () => undefined,
  };
}

/** The worker's batches as they come, until the end or a stop; asking for the next one lets the worker go on. */
async function* batchesOf(run: Run, job: ReadJob): AsyncGenerator<Result<ImportBatch, EngineError>> {
  const { worker } = run;
  const arrived: FromImportWorker[] = [];
  const arrive = (message: FromImportWorker) => {
    arrived.push(message);
    run.wake();
  };
  worker.onmessage = ({ data }) => arrive(data);
  worker.onerror = (event) => arrive({ type: 'failed', code: 'bug', detail: event.message ?? 'worker' });
  worker.postMessage({ type: 'read', job });
  while (!run.stopped) {
    const message = arrived.shift();
    if (message === undefined) {
      await new Promise<void>((resolve) => {
        run.wake = resolve;
      });
    } else if (message.type === 'end') return;
    else if (message.type === 'failed') {
      yield err({ code: message.code, details: { cause: message.detail } });
      return;
    } else {
      yield ok(message.batch);
      worker.postMessage({ type: 'next' });
    }
  }
}

function reportOf(run: Run, finishedAt: Instant): ImportReport {
  const { counts, read } = run;
  return {
    dryRun: run.request.dryRun,
    rows: read.rows,
    rowsBlank: read.rowsBlank,
    rowsRefused: read.rowsRefused,
    rowsAlreadyThere: Math.max(0, read.rows - read.rowsRefused - counts.rowsAdded),
    incidentsAdded: counts.added,
    incidentsGrown: counts.grown,
    incidentsUnchanged: counts.unchanged,
    activitiesAdded: counts.activitiesAdded,
    peopleAdded: counts.peopleAdded,
    teamsAdded: counts.teamsAdded,
    categoriesAdded: counts.categoriesAdded,
    overridesAsImported: run.overrides,
    numbersTaken: counts.numbersTaken,
    issues: [...run.issues].sort((a, b) => a.line - b.line),
    issuesTotal: run.issuesTotal,
    startedAt: run.startedAt,
    finishedAt,
  };
}
