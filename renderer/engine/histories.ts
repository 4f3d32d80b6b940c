import type { Calls, EngineError, Progress } from '#contracts/engine/protocol.ts';
import type { JournalError } from '#contracts/host/engine-host.ts';
import type { AlertChange } from '#domain/alerts/rules.ts';
import type { Person } from '#domain/directory/directory.ts';
import type { Result } from '#domain/result.ts';
import { createAdoptionSink } from './adoption-sink.ts';
import type { EngineEnvironment } from './environment.ts';
import type { AdoptionSink } from './import/adoption.ts';
import { createImportCoordinator, type ImportCoordinator } from './import/coordinator.ts';
import type { LiveDesk } from './live-desk.ts';
import type { Log } from './log.ts';
import { loadSample } from './sample/load-sample.ts';
import { slices } from './slices.ts';

interface HistoryPorts {
  readonly environment: EngineEnvironment;
  readonly desk: LiveDesk;
  log(): Log | null;
  /** Who is at the desk. */
  person(): Person | null;
  refused(error: JournalError): void;
  adopted(changes: readonly AlertChange[]): void;
  importsChanged(): void;
  /** How many of the made-up incidents are made; null once they are visible or given up. */
  sampling(progress: Progress | null): void;
}

export interface Histories {
  readonly imports: ImportCoordinator;
  /** What a desk takes along that leaves its share: it was told to everybody when it happened. */
  readonly taken: AdoptionSink;
  loadSample(args: Calls['loadSample']['args']): Promise<Result<Calls['loadSample']['value'], EngineError>>;
  /** The desk is brought up anew: what was on its way is discarded. */
  reset(): void;
  isBusy(): boolean;
}

/** The two ways in which whole histories come to a desk: a file, or made-up data to look around. */
export function createHistories(ports: HistoryPorts): Histories {
  const { environment, desk } = ports;
  const { host, now, elapsed, breathe, newId } = environment;
  const sinkFor = (adopted: HistoryPorts['adopted']) =>
    createAdoptionSink({
      host,
      desk,
      log: ports.log,
      now,
      pause: () => slices(elapsed, breathe),
      refused: ports.refused,
      adopted,
    });
  const [fromFiles, madeUp, taken] = [sinkFor(ports.adopted), sinkFor(() => undefined), sinkFor(() => undefined)];
  const common = { now, device: () => ports.log()?.device ?? '', matrix: () => desk.matrix };
  const imports = createImportCoordinator({
    ...common,
    sink: fromFiles,
    makeWorker: environment.makeImportWorker,
    importer: () => ports.person()?.id ?? null,
    changed: ports.importsChanged,
    failed: (code, name) => host.log('error', 'import.failed', { code, name }),
  });
  return {
    imports,
    taken,
    // Made-up incidents alert nobody: their sink tells no one.
    loadSample: (args) =>
      loadSample({ ...common, sink: madeUp, newId, person: ports.person, progress: ports.sampling }, args),
    reset: () => {
      fromFiles.reset();
      madeUp.reset();
      taken.reset();
    },
    isBusy: () => fromFiles.isBusy() || madeUp.isBusy() || taken.isBusy(),
  };
}
