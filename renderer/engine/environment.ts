import type { EngineStatus } from '#contracts/engine/protocol.ts';
import type { EngineHost } from '#contracts/host/engine-host.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';
import type { ImportWorker } from './import/coordinator.ts';

/** Everything the engine needs of the world around it, so that a test can be that world. */
export interface EngineEnvironment {
  readonly host: EngineHost;
  readonly databaseName: string;
  readonly keptIn: EngineStatus['keptIn'];
  /** IANA zone of the desk. */
  readonly zone: string;
  now(): Instant;
  /** Milliseconds, monotonic. */
  elapsed(): number;
  newId(): Id;
  /** At least 0, below 1. */
  random(): number;
  /** Lets waiting messages and commands go first. */
  breathe(): Promise<void>;
  /** Calls back once; the result cancels it. */
  after(milliseconds: number, callback: () => void): () => void;
  makeImportWorker(): ImportWorker;
}
