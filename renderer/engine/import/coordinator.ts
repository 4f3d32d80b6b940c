import type { EngineError, ImportProgress } from '#contracts/engine/protocol.ts';
import { type ImportReport, MAX_ISSUES, type RowIssue } from '#contracts/import/import.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';
import type { PriorityMatrix } from '#domain/priority/matrix.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { AdoptionCounts, AdoptionSink } from './adoption.ts';
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
  readonly importer: () => Id;
  readonly matrix: () => PriorityMatrix;
  /** Told after every batch and at the end; windows watch it as `importProgress`. */
  readonly changed: (importId: Id) => void;
}

export interface ImportRequest extends Pick<ReadJob, 'file' | 'format' | 'mapping' | 'zone'> {
  readonly importId: Id;
  readonly dryRun: boolean;
}

interface Run {
  readonly request: ImportRequest;
  readonly startedAt: Instant;
  progress: ImportProgress;
  counts: AdoptionCounts;
  overrides: number;
  read: ImportBatch['counts'];
  issues: RowIssue[];
  issuesTotal: number;
  stopped: boolean;
  worker: ImportWorker | null;
}

const NOTHING: AdoptionCounts = {
  added: 0,
  grown: 0,
  unchanged: 0,
  activitiesAdded: 0,
  numbersTaken: 0,
  peopleAdded: 0,
  teamsAdded: 0,
  categoriesAdded: 0,
};

const plus = (a: AdoptionCounts, b: AdoptionCounts): AdoptionCounts => {
  const keys = Object.keys(NOTHING) as (keyof AdoptionCounts)[];
  return Object.fromEntries(keys.map((key) => [key, a[key] + b[key]])) as unknown as AdoptionCounts;
};

/**
 * Runs imports: a worker reads and folds, the sink stages, one commit at the end makes all of it visible. Stopped,
 * failed or killed before that, nothing of it is. One import at a time.
 */
export function createImportCoordinator(ports: ImportCoordinatorPorts) {
  const runs = new Map<Id, Run>();

  const publish = (run: Run, change: Partial<ImportProgress>) => {
    run.progress = { ...run.progress, ...change };
    ports.changed(run.request.importId);
  };

  const batches = (run: Run): AsyncGenerator<Result<ImportBatch, EngineError>> => batchesOf(run, ports);

  const take = async (run: Run, batch: ImportBatch): Promise<Result<null, EngineError>> => {
    const { dryRun, importId } = run.request;
    const staged = dryRun
      ? ok(await ports.sink.inspect(batch.directory, batch.bundles))
      : await ports.sink.stage(importId, batch.directory, batch.bundles);
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
    const begun = dryRun ? ok(null) : await ports.sink.begin(importId);
    if (!begun.ok) return begun;
    for await (const batch of batches(run)) {
      if (run.stopped) return ok(null);
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
    run.worker?.terminate();
    run.worker = null;
    const whole = outcome.ok && !run.stopped;
    if (!whole && !run.request.dryRun) await ports.sink.discard(run.request.importId);
    const phase = !outcome.ok ? 'failed' : run.stopped ? 'stopped' : 'done';
    publish(run, { phase, report: reportOf(run, ports.now()), error: outcome.ok ? null : outcome.error });
  };

  return {
    start(request: ImportRequest): Result<null, EngineError> {
      if ([...runs.values()].some((run) => run.worker !== null)) return err({ code: 'importBusy' });
      if (runs.has(request.importId)) return ok(null);
      const run = newRun(request, ports);
      runs.set(request.importId, run);
      execute(run)
        .catch((cause: unknown) => err<EngineError>({ code: 'bug', details: { cause: String(cause) } }))
        .then((outcome) => finish(run, outcome))
        .catch((cause: unknown) =>
          publish(run, { phase: 'failed', error: { code: 'bug', details: { cause: String(cause) } } }),
        );
      return ok(null);
    },
    /** Takes effect between two batches; what was staged goes. Once `storing` began it is too late, and says so. */
    stop(importId: Id): Result<null, EngineError> {
      const run = runs.get(importId);
      if (!run) return ok(null);
      if (run.progress.phase === 'storing') return err({ code: 'importTooLate' });
      run.stopped = true;
      return ok(null);
    },
    progress: (importId: Id): ImportProgress | null => runs.get(importId)?.progress ?? null,
  };
}
export type ImportCoordinator = ReturnType<typeof createImportCoordinator>;

function newRun(request: ImportRequest, ports: ImportCoordinatorPorts): Run {
  return {
    request,
    startedAt: ports.now(),
    progress: {
      importId: request.importId,
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
    stopped: false,
    worker: ports.makeWorker(),
  };
}

/** The worker's batches as they come; asking for the next one lets the worker go on. */
async function* batchesOf(run: Run, ports: ImportCoordinatorPorts): AsyncGenerator<Result<ImportBatch, EngineError>> {
  const { worker, request } = run;
  if (!worker) return;
  const arrived: FromImportWorker[] = [];
  let wake: (() => void) | null = null;
  const arrive = (message: FromImportWorker) => {
    arrived.push(message);
    wake?.();
  };
  worker.onmessage = ({ data }) => arrive(data);
  worker.onerror = (event) => arrive({ type: 'failed', code: 'bug', detail: event.message ?? 'worker' });
  const { file, format, mapping, zone } = request;
  worker.postMessage({
    type: 'read',
    job: {
      file,
      format,
      mapping,
      zone,
      device: ports.device(),
      importer: ports.importer(),
      now: ports.now(),
      matrix: ports.matrix(),
    },
  });
  while (true) {
    if (arrived.length === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    const message = arrived.shift();
    if (message === undefined) continue;
    if (message.type === 'end') return;
    if (message.type === 'failed') {
      yield err({ code: message.code, details: { cause: message.detail } });
      return;
    }
    yield ok(message.batch);
    worker.postMessage({ type: 'next' });
  }
}

function reportOf(run: Run, finishedAt: Instant): ImportReport {
  const { counts, read } = run;
  return {
    dryRun: run.request.dryRun,
    rows: read.rows,
    rowsBlank: read.rowsBlank,
    rowsRefused: read.rowsRefused,
    rowsAlreadyThere: Math.max(0, read.rows - read.rowsRefused - counts.activitiesAdded),
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
