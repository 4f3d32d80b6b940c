import type { ImportWorker } from './coordinator.ts';
import { createReader } from './read-job.ts';

/** Few enough that making one does not keep a person's command waiting. */
const BATCH_INCIDENTS = 25;

/** The same reader on the same thread, where workers cannot be made (inside a SharedWorker, in tests). */
export function inPlaceWorker(batchIncidents = BATCH_INCIDENTS): ImportWorker {
  let live = true;
  const receive = createReader((message) => {
    // A task of its own, so that a person's command can come between two batches.
    setTimeout(() => {
      if (live) worker.onmessage?.({ data: message });
    }, 0);
  }, batchIncidents);
  const worker: ImportWorker = {
    onmessage: null,
    onerror: null,
    postMessage: (message) => receive(message),
    terminate: () => {
      live = false;
    },
  };
  return worker;
}
