import './zod-jitless.ts';

import { DESK_DATABASE } from '#renderer/data/desk-db.ts';
import { browserEnvironment } from '#renderer/engine/browser-environment.ts';
import { createEngine } from '#renderer/engine/engine.ts';
import { inPlaceWorker } from '#renderer/engine/import/in-place-worker.ts';
import { newId } from '#renderer/platform/ids.ts';
import { createWebHost } from '#renderer/platform/web-host/web-host.ts';

/**
 * The engine in a plain browser: one SharedWorker for all tabs. Each connection is a window of its own, until it says
 * goodbye.
 */

const host = createWebHost();
const engine = createEngine({
  ...browserEnvironment(),
  host,
  databaseName: DESK_DATABASE,
  keptIn: 'browser',
  // A SharedWorker can't make workers of its own.
  makeImportWorker: inPlaceWorker,
});

const scope = globalThis as unknown as SharedWorkerGlobalScope;
scope.onconnect = ({ ports }) => {
  const [port] = ports;
  if (port) host.connectWindow(port, newId());
};
void engine.start();
