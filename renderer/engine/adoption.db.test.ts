import { describe, expect, it } from 'vitest';
import { tablesOf } from './desk-tables.suite.ts';
import { everything, introduced, nextId, recordArgs, type TestDesk, testDesk } from './engine-harness.suite.ts';
import { begin, eventLog, imported, isOver } from './event-log.suite.ts';

const numbers = async (desk: TestDesk, personId: string) => {
  const list = await desk.window().watch('list', { personId, spec: everything, from: 0, to: 2_000 });
  return list.rows.map((one) => one.number);
};

async function begunDesk() {
  const desk = testDesk();
  const window = desk.window();
  const personId = await introduced(window);
  return { desk, window, personId };
}

describe('an import', { timeout: 60_000 }, () => {
  it('brings whole histories, numbers, callers and counts', async () => {
    const { desk, window, personId } = await begunDesk();
    const { phase, report } = await imported(window, eventLog(300, 4));
    expect(phase).toBe('done');
    expect(report).toMatchObject({ incidentsAdded: 300, activitiesAdded: 1_200, peopleAdded: expect.any(Number) });
    expect(await numbers(desk, personId)).toHaveLength(300);
    const one = await window.watch('incident', { idOrNumber: 'INC0000150' });
    expect(one?.incident.state).toBe('closed');
    expect(one?.timeline.map((activity) => activity.type)).toEqual([
      'incident.recorded',
      ...Array(3).fill('incident.observed'),
    ]);
    expect(one?.timeline.every((activity) => activity.seq !== null)).toBe(true);
    expect(one?.row.callerName).toBe('Caller 30');
    const counts = await window.watch('counts', { personId });
    expect(counts).toMatchObject({ allIncidents: 300, allOpen: 0 });
    const made = await window.submit(personId, 'incident.record', recordArgs('after'));
    expect(made).toMatchObject({ ok: true, value: { number: 'INC0000400' } });
  });

  it('adds nothing when the same file comes again, and only what is new of a longer one', async () => {
    const { window } = await begunDesk();
    await imported(window, eventLog(200, 2));
    expect((await imported(window, eventLog(200, 2))).report).toMatchObject({
      incidentsAdded: 0,
      incidentsGrown: 0,
      incidentsUnchanged: 200,
      activitiesAdded: 0,
      peopleAdded: 0,
    });
    expect((await imported(window, eventLog(210, 3))).report).toMatchObject({
      incidentsAdded: 10,
      incidentsGrown: 200,
      activitiesAdded: 230,
    });
    const grown = await window.watch('incident', { idOrNumber: 'INC0000120' });
    expect(grown?.incident.state).toBe('resolved');
    expect(grown?.timeline).toHaveLength(3);
    expect((await imported(window, eventLog(210, 3))).report).toMatchObject({
      incidentsUnchanged: 210,
      activitiesAdded: 0,
    });
  });

  it('shows nothing of it until it is done', async () => {
    const { desk, window, personId } = await begunDesk();
    const importId = await begin(window, eventLog(1_500, 2));
    await window.watch('importProgress', { importId }, (progress) => (progress?.incidents ?? 0) > 200);
    expect(desk.engine.status().incidents).toBe(0);
    expect(await numbers(desk, personId)).toEqual([]);
    expect(await window.watch('incident', { idOrNumber: 'INC0000101' })).toBeNull();
    await window.watch('importProgress', { importId }, isOver);
    expect(desk.engine.status().incidents).toBe(1_500);
  });

  it('leaves nothing when it is stopped', async () => {
    const { desk, window, personId } = await begunDesk();
    const before = await tablesOf(desk.databaseName);
    const importId = await begin(window, eventLog(1_500, 2));
    await window.watch('importProgress', { importId }, (progress) => (progress?.incidents ?? 0) > 200);
    await window.call('stopImport', { importId });
    const over = await window.watch('importProgress', { importId }, isOver);
    expect(over?.phase).toBe('stopped');
    expect(desk.disk.stages.size).toBe(0);
    expect(await numbers(desk, personId)).toEqual([]);
    const after = await tablesOf(desk.databaseName);
    expect({ ...after, meta: [] }).toEqual({ ...before, meta: [] });
  });

  it('leaves nothing when the machine stops in the middle, and can be run again', async () => {
    const { desk, window, personId } = await begunDesk();
    const importId = await begin(window, eventLog(1_500, 2));
    await window.watch('importProgress', { importId }, (progress) => (progress?.incidents ?? 0) > 200);
    const again = desk.restart();
    await again.ready();
    expect(again.engine.status()).toMatchObject({ phase: 'ready', incidents: 0 });
    expect(again.disk.stages.size).toBe(0);
    expect((await tablesOf(desk.databaseName)).basePages).toEqual([]);
    expect((await imported(again.window(), eventLog(1_500, 2))).report).toMatchObject({ incidentsAdded: 1_500 });
    expect(await numbers(again, personId)).toHaveLength(1_500);
  });

  it('is shown whole by the next start when the desk is quit while it enters the lists', async () => {
    // Short slices: the lists fill over many turns, and the quit falls between them.
    const desk = testDesk({ environment: { elapsed: () => performance.now() * 200 } });
    const window = desk.window();
    const personId = await introduced(window);
    await begin(window, eventLog(1_500, 1));
    const shown = () => desk.engine.status().incidents;
    while (shown() === 0) await new Promise((resolve) => setImmediate(resolve));
    await desk.engine.stop();
    expect(shown()).toBeLessThan(1_500);
    const again = desk.restart();
    expect(await numbers(again, personId)).toHaveLength(1_500);
  });

  it('is there after a restart, and after its database was made anew', async () => {
    const { desk, window, personId } = await begunDesk();
    await imported(window, eventLog(300, 2));
    await imported(window, eventLog(300, 3));
    const one = await window.watch('incident', { idOrNumber: 'INC0000120' });
    await window.submit(personId, 'incident.note', {
      incidentId: one?.incident.id ?? '',
      entryId: nextId(),
      body: 'Seen',
    });
    await desk.engine.stop();
    const before = await tablesOf(desk.databaseName);
    const again = desk.restart();
    await again.ready();
    expect(again.engine.status()).toMatchObject({ rebuilt: null, incidents: 300 });
    const anew = again.restart({ databaseName: `anew ${desk.databaseName}` });
    await anew.ready();
    expect(anew.engine.status()).toMatchObject({ rebuilt: { reason: 'empty', incidents: 300 } });
    expect(await tablesOf(anew.databaseName)).toEqual(before);
    const shown = await anew.window().watch('incident', { idOrNumber: 'INC0000120' });
    expect(shown?.timeline.at(-1)?.type).toBe('incident.note');
  });

  it('gives an incident whose number is taken one of ours, and keeps the other as an alias', async () => {
    const { window, personId } = await begunDesk();
    const mine = recordArgs('first here');
    await window.submit(personId, 'incident.record', mine);
    const { report } = await imported(window, eventLog(3, 1, 1));
    expect(report).toMatchObject({ incidentsAdded: 3, numbersTaken: 1 });
    const found = await window.watch('incident', { idOrNumber: 'INC0000004' });
    expect(found?.incident.aliases.map((alias) => alias.value)).toEqual(['INC0000001']);
    expect((await window.watch('incident', { idOrNumber: mine.incidentId }))?.incident.number).toBe('INC0000001');
  });

  it('lets a person record in between, with a number that nobody else gets', async () => {
    const { desk, window, personId } = await begunDesk();
    const importId = await begin(window, eventLog(1_000, 2, 1));
    await window.watch('importProgress', { importId }, (progress) => (progress?.incidents ?? 0) > 200);
    const made = await window.submit(personId, 'incident.record', recordArgs('meanwhile'));
    expect(made.ok).toBe(true);
    await window.watch('importProgress', { importId }, isOver);
    const all = await numbers(desk, personId);
    expect(all).toHaveLength(1_001);
    expect(new Set(all).size).toBe(1_001);
  });

  it('counts without writing in a dry run', async () => {
    const { desk, window } = await begunDesk();
    const lsn = desk.engine.status().lastLsn;
    expect((await imported(window, eventLog(50, 2), true)).report).toMatchObject({ dryRun: true, incidentsAdded: 50 });
    expect(desk.engine.status()).toMatchObject({ lastLsn: lsn, incidents: 0 });
    expect((await tablesOf(desk.databaseName)).basePages).toEqual([]);
  });
});
