import { z } from 'zod';
import { createReader } from './read-job.ts';
import type { FromImportWorker, ToImportWorker } from './worker-protocol.ts';

z.config({ jitless: true });

/** Reading and folding, off the engine's thread. One job a worker; it is terminated when done or stopped. */
interface WorkerScope {
  postMessage(message: FromImportWorker): void;
  onmessage: ((event: { readonly data: ToImportWorker }) => void) | null;
}
const scope = globalThis as unknown as WorkerScope;
const receive = createReader((message) => scope.postMessage(message));
scope.onmessage = ({ data }) => receive(data);
