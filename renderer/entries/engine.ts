import './zod-jitless.ts';

import { DESK_DATABASE } from '#renderer/data/desk-db.ts';
import { browserEnvironment } from '#renderer/engine/browser-environment.ts';
import { createEngine } from '#renderer/engine/engine.ts';
import type { ImportWorker } from '#renderer/engine/import/coordinator.ts';
import { electronEngineHost } from '#renderer/platform/electron-engine-host.ts';

/** The hidden page that holds the engine under Electron. It shows nothing and outlives every window. */

document.title = 'Deskbell engine';

const bridge = window.deskbellEngine;
if (!bridge) throw new Error('the engine page needs its preload');

const engine = createEngine({
  ...browserEnvironment(),
  host: electronEngineHost(bridge),
  databaseName: DESK_DATABASE,
  keptIn: 'device',
  makeImportWorker: () =>
    new Worker(new URL('../engine/import/import.worker.ts', import.meta.url), {
      type: 'module',
    }) as unknown as ImportWorker,
});
void engine.start();
