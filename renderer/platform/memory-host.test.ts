import { expect, test } from 'vitest';
import { describeEngineHost } from '#contracts/host/engine-host-contract.suite.ts';
import { frames, must, readAll, testId } from '#contracts/host/host-samples.suite.ts';
import { createMemoryDisk, createMemoryHost } from './memory-host.ts';

describeEngineHost('memory', async () => {
  const disk = createMemoryDisk();
  return { host: createMemoryHost(disk), restart: async () => createMemoryHost(disk), dispose: async () => {} };
});

test('a full memory disk keeps nothing of a batch and takes it when space is back', async () => {
  const host = createMemoryHost();
  const { fence } = must(await host.journal.open());
  host.disk.failing = 'diskFull';
  const args = { fence, expectedLsn: 1, frames: frames(1, 2) };
  expect(await host.journal.append(args)).toMatchObject({ ok: false, error: { code: 'diskFull' } });
  host.disk.failing = null;
  expect(await readAll(host, 1)).toEqual([]);
  expect(must(await host.journal.append(args))).toEqual({ lastLsn: 2 });
});

test('a memory disk on another machine gives a new device and keeps the counters', async () => {
  const disk = createMemoryDisk();
  const first = must(await createMemoryHost(disk).journal.open());
  await createMemoryHost(disk).journal.append({ fence: first.fence, expectedLsn: 1, frames: frames(1, 1) });
  disk.machineMark = 'another machine';
  const second = must(await createMemoryHost(disk).journal.open());
  expect(second).toMatchObject({ deviceIsNew: true, journalId: first.journalId, counters: first.counters });
  expect(second.device).not.toBe(first.device);
});

test('a window that came before the engine listened is handed over afterwards', () => {
  const host = createMemoryHost();
  const port = { postMessage() {}, addEventListener() {}, start() {}, close() {} };
  const seen: string[] = [];
  host.connectWindow(port, testId(1));
  host.onWindow((_, windowId) => seen.push(windowId));
  host.connectWindow(port, testId(2));
  expect(seen).toEqual([testId(1), testId(2)]);
});
