import { CsvStreamBroken } from './csv/read-rows.ts';
import { FileUnreadable, openTextSource, type UnreadableCode } from './csv/source.ts';
import { makeBatches } from './make-batches.ts';
import type { FromImportWorker, ReadJob, ToImportWorker } from './worker-protocol.ts';

/**
 * The worker's side of an import, wherever it runs. Posts a batch, then waits for `next`; meanwhile it reads one
 * batch ahead, so reading and storing overlap.
 */
export function createReader(
  post: (message: FromImportWorker) => void,
  batchIncidents?: number,
): (message: ToImportWorker) => void {
  let next: (() => void) | null = null;
  const allowed = () =>
    new Promise<void>((resolve) => {
      next = resolve;
    });

  const run = async (job: ReadJob): Promise<void> => {
    const source = await openTextSource(job.file);
    if (!source.ok) return post({ type: 'failed', code: source.error, detail: '' });
    const batches = makeBatches(source.value, job, batchIncidents);
    let step = await batches.next();
    while (!step.done) {
      const go = allowed();
      post({ type: 'batch', batch: step.value });
      const after = batches.next();
      // A rejection is taken up by the await below; this only keeps it from being reported as unhandled meanwhile.
      after.catch(() => undefined);
      await go;
      step = await after;
    }
    post({ type: 'end' });
  };

  return (message) => {
    if (message.type === 'next') {
      next?.();
      return;
    }
    run(message.job).catch((cause: unknown) => {
      post({ type: 'failed', code: codeOf(cause), detail: String(cause) });
    });
  };
}

function codeOf(cause: unknown): UnreadableCode | 'bug' {
  if (cause instanceof FileUnreadable) return 'importUnreadable';
  return cause instanceof CsvStreamBroken ? 'importTruncated' : 'bug';
}
