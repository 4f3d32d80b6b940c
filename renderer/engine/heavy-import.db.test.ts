import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { HOST_LIMITS } from '#contracts/host/host-limits.ts';
import { everything, introduced, testDesk } from './engine-harness.suite.ts';
import { imported } from './event-log.suite.ts';
import { inPlaceWorker } from './import/in-place-worker.ts';

/** Batches as large as those of a worker of its own. */
const environment = { makeImportWorker: () => inPlaceWorker(250) };

/** Text that no packing makes much smaller. */
const noise = (characters: number) => randomBytes(characters).toString('base64url').slice(0, characters);

it('an import of many texts as long as a cell may be is taken, and is there after the database is lost', {
  timeout: 120_000,
}, async () => {
  const rows = Array.from({ length: 66 }, (_, at) => `OPS-${at},${noise(140_000)},summary ${at},open`);
  const first = testDesk({ environment });
  const window = first.window();
  const personId = await introduced(window);
  const over = await imported(window, new Blob([`Number,Description,Summary,State\n${rows.join('\n')}\n`]));
  expect(over).toMatchObject({ phase: 'done', report: { incidentsAdded: 66 } });
  const second = first.restart({ databaseName: 'another' });
  await second.ready();
  const again = second.window();
  const list = await again.watch('list', { personId, spec: everything, from: 0, to: 100 });
  expect(list.total).toBe(66);
  expect((await again.watch('incident', { idOrNumber: 'OPS-7' }))?.incident.shortDescription).toBe('summary 7');
});

it('names as long as a cell may be make no line too long for a stage', { timeout: 120_000 }, async () => {
  const callers = Array.from({ length: 90 }, (_, at) => `Problem ${at},${at} ${'x'.repeat(190_000)}`);
  expect(callers.join().length).toBeGreaterThan(HOST_LIMITS.stageLine);
  const desk = testDesk({ environment });
  const window = desk.window();
  await introduced(window);
  const over = await imported(window, new Blob([`Summary,Caller\n${callers.join('\n')}\n`]));
  expect(over).toMatchObject({ phase: 'done', report: { incidentsAdded: 90, peopleAdded: 90 } });
});
