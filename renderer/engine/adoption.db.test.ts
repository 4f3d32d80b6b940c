import { describe, expect, it } from 'vitest';
import type { ImportProgress } from '#contracts/engine/protocol.ts';
import { tablesOf } from './desk-tables.suite.ts';
import {
  everything,
  introduced,
  nextId,
  recordArgs,
  type TestDesk,
  type TestWindow,
  testDesk,
} from './engine-harness.suite.ts';

const HEAD =
  'number,incident_state,active,reassignment_count,reopen_count,sys_mod_count,made_sla,caller_id,opened_by,opened_at,' +
  'sys_created_by,sys_created_at,sys_updated_by,sys_updated_at,contact_type,location,category,subcategory,u_symptom,' +
  'cmdb_ci,impact,urgency,priority,assignment_group,assigned_to,knowledge,u_priority_confirmation,notify,problem_id,' +
  'rfc,vendor,caused_by,closed_code,resolved_by,resolved_at,closed_at';

const STATES = ['New', 'Active', 'Resolved', 'Closed'];
const two = (value: number) => String(value).padStart(2, '0');

const row = (number: number, version: number) =>
  [
    `INC${String(number).padStart(7, '0')}`,
    STATES[version],
    'true,0,0',
    version,
    `true,Caller ${number % 40},Opened by  8,29/2/2016 01:16,Created by 6,29/2/2016 01:23,Updated by ${version}`,
    `29/2/2016 ${two(2 + version)}:${two(number % 60)}`,
    'Phone,Location 143,Category 55,Subcategory 170,Symptom 72,?,2 - Medium,2 - Medium,3 - Moderate,Group 56,?,true',
    'false,Do Not Notify,?,?,?,?,code 5,Resolved by 149,29/2/2016 11:29,5/3/2016 12:00',
  ].join(',');

/** An event log: every incident with its first so many versions. */
function eventLog(incidents: number, versions: number, from = 100): Blob {
  const rows: string[] = [HEAD];
  for (let number = from; number < from + incidents; number += 1) {
    for (let version = 0; version < versions; version += 1) rows.push(row(number, version));
  }
  return new Blob([`${rows.join('\n')}\n`]);
}

async function begin(window: TestWindow, file: Blob, dryRun = false): Promise<string> {
  const importId = nextId();
  const preview = await window.call('previewImport', { file, name: 'log.csv', format: null, zone: 'UTC' });
  if (!preview.ok) throw new Error(preview.error.code);
  const { format, mapping } = preview.value;
  const started = await window.call('startImport', {
    importId,
    file,
    name: 'log.csv',
    format,
    mapping,
    zone: 'UTC',
    dryRun,
  });
  if (!started.ok) throw new Error(started.error.code);
  return importId;
}

const isOver = (progress: ImportProgress | null) => ['done', 'stopped', 'failed'].includes(progress?.phase ?? '');

async function imported(window: TestWindow, file: Blob, dryRun = false): Promise<ImportProgress> {
  const importId = await begin(window, file, dryRun);
  const progress = await window.watch('importProgress', { importId }, isOver);
  if (!progress) throw new Error('no progress');
  return progress;
}

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
