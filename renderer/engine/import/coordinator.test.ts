import { describe, expect, it } from 'vitest';
import { DEFAULT_MATRIX } from '#domain/priority/matrix.ts';
import { err } from '#domain/result.ts';
import { createImportCoordinator, type ImportRequest, type ImportWorker } from './coordinator.ts';
import { MemorySink } from './testing/memory-sink.ts';
import type { FromImportWorker, ImportBatch, ToImportWorker } from './worker-protocol.ts';

const request = (importId: string, change: Partial<ImportRequest> = {}): ImportRequest => ({
  importId,
  name: 'list.csv',
  file: new Blob(['x']),
  format: 'generic',
  mapping: {
    source: 'CSV',
    columns: [{ index: 0, header: 'title', target: 'shortDescription' }],
    delimiter: ',',
    encoding: 'utf-8',
    hasHeader: true,
    dateOrder: 'ymd',
  },
  zone: 'UTC',
  dryRun: false,
  ...change,
});

const batch = (rows: number): ImportBatch => ({
  directory: [],
  bundles: [],
  issues: [],
  counts: { rows, rowsBlank: 0, rowsRefused: 0 },
  bytesRead: rows,
  overridesAsImported: 0,
});

/** A coordinator over a worker that says what the test makes it say. */
function bench(sink = new MemorySink()) {
  const sent: ToImportWorker[] = [];
  let terminated = 0;
  const worker: ImportWorker = {
    postMessage: (message) => void sent.push(message),
    onmessage: null,
    onerror: null,
    terminate: () => {
      terminated += 1;
    },
  };
  const coordinator = createImportCoordinator({
    sink,
    makeWorker: () => worker,
    now: () => 0,
    failed: () => undefined,
    device: () => 'device',
    importer: () => 'importer',
    matrix: () => DEFAULT_MATRIX,
    changed: () => undefined,
  });
  const say = (message: FromImportWorker) => worker.onmessage?.({ data: message });
  const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
  return { coordinator, sink, sent, say, settled, terminated: () => terminated, worker };
}

describe('the import coordinator', () => {
  it('asks the worker for the next batch only when the last one is stored, then commits once', async () => {
    const { coordinator, sent, say, settled, terminated } = bench();
    expect(coordinator.start(request('a')).ok).toBe(true);
    await settled();
    expect(sent.map((message) => message.type)).toEqual(['read']);
    say({ type: 'batch', batch: batch(3) });
    await settled();
    expect(sent.map((message) => message.type)).toEqual(['read', 'next']);
    expect(coordinator.progress(null)).toMatchObject({ phase: 'reading', rowsRead: 3, name: 'list.csv' });
    say({ type: 'end' });
    await settled();
    expect(coordinator.progress('a')).toMatchObject({ phase: 'done', report: { rows: 3 } });
    expect(terminated()).toBe(1);
  });

  it('runs one import at a time, and a repeated request starts nothing twice', async () => {
    const { coordinator, sent, settled } = bench();
    coordinator.start(request('a'));
    expect(coordinator.start(request('a')).ok).toBe(true);
    expect(coordinator.start(request('b'))).toEqual(err({ code: 'importBusy' }));
    await settled();
    expect(sent).toHaveLength(1);
  });

  it('does not start with columns that make no incident', () => {
    const { coordinator } = bench();
    const mapping = { ...request('a').mapping, columns: [] };
    expect(coordinator.start(request('a', { mapping }))).toEqual(err({ code: 'importNotMapped' }));
    expect(coordinator.progress(null)).toBeNull();
  });

  it('stops at once while the worker is still reading, and takes away what was staged', async () => {
    const sink = new MemorySink();
    let discarded = 0;
    const discard = sink.discard.bind(sink);
    sink.discard = async () => {
      discarded += 1;
      await discard();
    };
    const { coordinator, settled, terminated } = bench(sink);
    coordinator.start(request('a'));
    await settled();
    expect(coordinator.stop('a').ok).toBe(true);
    await settled();
    expect(coordinator.progress('a')).toMatchObject({ phase: 'stopped', error: null });
    expect([discarded, terminated()]).toEqual([1, 1]);
    expect(coordinator.start(request('b')).ok).toBe(true);
  });

  it('says that it is too late once the histories are being made visible', async () => {
    const sink = new MemorySink();
    let release: () => void = () => undefined;
    const commit = sink.commit.bind(sink);
    sink.commit = async () => {
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      return commit();
    };
    const { coordinator, say, settled } = bench(sink);
    coordinator.start(request('a'));
    await settled();
    say({ type: 'end' });
    await settled();
    expect(coordinator.stop('a')).toEqual(err({ code: 'importTooLate' }));
    release();
    await settled();
    expect(coordinator.progress('a')?.phase).toBe('done');
  });

  it('fails with the worker’s reason, or with a bug when the worker itself breaks', async () => {
    const { coordinator, say, settled, worker } = bench();
    coordinator.start(request('a'));
    await settled();
    say({ type: 'failed', code: 'importTruncated', detail: '' });
    await settled();
    expect(coordinator.progress('a')).toMatchObject({ phase: 'failed', error: { code: 'importTruncated' } });
    coordinator.start(request('b'));
    await settled();
    worker.onerror?.({ message: 'out of memory' });
    await settled();
    expect(coordinator.progress(null)).toMatchObject({ importId: 'b', phase: 'failed', error: { code: 'bug' } });
  });
});
