import { describe, expect, it } from 'vitest';
import { err } from '#domain/result.ts';
import { createMemoryDisk } from '#renderer/platform/memory-host.ts';
import { tablesOf, tamper } from './desk-tables.suite.ts';
import { everything, introduced, nextId, recordArgs, type TestDesk, testDesk } from './engine-harness.suite.ts';
import { courseFor } from './reconcile.ts';

/** A desk with a person and three incidents, one of them worked on; stopped, so that the database is level. */
async function workedDesk(): Promise<{ desk: TestDesk; personId: string }> {
  const desk = testDesk();
  const window = desk.window();
  const personId = await introduced(window);
  for (const text of ['one', 'two', 'three']) await window.submit(personId, 'incident.record', recordArgs(text));
  const args = recordArgs('worked on');
  await window.submit(personId, 'incident.record', args);
  await window.submit(personId, 'incident.start', { incidentId: args.incidentId });
  await window.submit(personId, 'incident.note', {
    incidentId: args.incidentId,
    entryId: nextId(),
    body: 'Looked at it',
  });
  await desk.engine.stop();
  return { desk, personId };
}

const shown = async (desk: TestDesk, personId: string) => {
  const list = await desk.window().watch('list', { personId, spec: everything, from: 0, to: 50 });
  return list.rows.map((row) => `${row.number} ${row.shortDescription} ${row.state}`);
};

const WORKED = ['INC0000001 one new', 'INC0000002 two new', 'INC0000003 three new', 'INC0000004 worked on inProgress'];

describe('at start the engine', { timeout: 30_000 }, () => {
  it('goes on where it stopped', async () => {
    const { desk, personId } = await workedDesk();
    const again = desk.restart();
    await again.ready();
    expect(again.engine.status()).toMatchObject({ phase: 'ready', trouble: null, rebuilt: null, incidents: 4 });
    expect(await shown(again, personId)).toEqual(WORKED);
  });

  it('makes an empty database anew from the journal, equal to the one that is gone', async () => {
    const { desk, personId } = await workedDesk();
    const before = await tablesOf(desk.databaseName);
    const again = desk.restart({ databaseName: `other ${desk.databaseName}` });
    await again.ready();
    expect(again.engine.status()).toMatchObject({ phase: 'ready', rebuilt: { reason: 'empty', incidents: 4 } });
    expect(await tablesOf(again.databaseName)).toEqual(before);
    expect(await shown(again, personId)).toEqual(WORKED);
  });

  it('replays into an older database what it has not seen', async () => {
    const { desk, personId } = await workedDesk();
    const before = await tablesOf(desk.databaseName);
    await tamper(desk.databaseName, async (db) => {
      const lost = (await db.activities.toArray()).filter((row) => row.seq > 5);
      const applied = (await db.meta.get('applied'))?.value;
      await db.activities.bulkDelete(lost.map((row) => [row.bucket, row.subjectId, row.seq, row.index]));
      await db.incidents.bulkDelete(lost.map((row) => [row.bucket, row.subjectId]));
      await db.commands.where('lsn').above(5).delete();
      await db.meta.put({ key: 'applied', value: { ...(applied as object), appliedLsn: 5 } as never });
      await db.indexCheckpoint.clear();
    });
    const again = desk.restart();
    await again.ready();
    expect(await shown(again, personId)).toEqual(WORKED);
    expect(await tablesOf(desk.databaseName)).toEqual(before);
  });

  it('keeps everything of a database that has seen more than the journal', async () => {
    const { desk, personId } = await workedDesk();
    const { disk } = desk;
    for (const lsn of [...disk.frames.keys()]) if (lsn > 4) disk.frames.delete(lsn);
    disk.lastLsn = 4;
    const again = desk.restart();
    await again.ready();
    expect(again.engine.status()).toMatchObject({ phase: 'ready', rebuilt: { reason: 'newer', incidents: 4 } });
    expect(await shown(again, personId)).toEqual(WORKED);
    const more = await again.window().submit(personId, 'incident.record', recordArgs('five'));
    expect(more).toMatchObject({ ok: true, value: { number: 'INC0000005' } });
    const rebuilt = again.restart({ databaseName: `anew ${desk.databaseName}` });
    await rebuilt.ready();
    expect(await shown(rebuilt, personId)).toEqual([...WORKED, 'INC0000005 five new']);
  });

  it('keeps everything of a database whose journal was lost and begun anew', async () => {
    const { desk, personId } = await workedDesk();
    const again = desk.restart({ disk: { ...createMemoryDisk(), journalId: nextId() } });
    await again.ready();
    expect(again.engine.status()).toMatchObject({ phase: 'ready', rebuilt: { reason: 'newer', incidents: 4 } });
    expect(await shown(again, personId)).toEqual(WORKED);
  });

  it('takes nothing from a database that belongs to another journal', async () => {
    const { desk, personId } = await workedDesk();
    await tamper(desk.databaseName, async (db) => {
      const applied = (await db.meta.get('applied'))?.value;
      await db.meta.put({ key: 'applied', value: { ...(applied as object), journalId: nextId() } as never });
      await db.incidents.clear();
    });
    const again = desk.restart();
    await again.ready();
    expect(again.engine.status()).toMatchObject({ phase: 'ready', rebuilt: { reason: 'foreign', incidents: 4 } });
    expect(await shown(again, personId)).toEqual(WORKED);
  });

  it('makes a database anew that can be opened but not read', async () => {
    const { desk, personId } = await workedDesk();
    await tamper(desk.databaseName, async (db) => {
      const [row] = await db.incidents.toArray();
      await db.incidents.put({ ...row, incident: null } as never);
      await db.indexCheckpoint.clear();
    });
    const again = desk.restart();
    await again.ready();
    expect(again.engine.status()).toMatchObject({ phase: 'ready', rebuilt: { reason: 'damaged', incidents: 4 } });
    expect(await shown(again, personId)).toEqual(WORKED);
  });

  it('refuses a database from a newer build by name, and leaves it as it is', async () => {
    const { desk } = await workedDesk();
    await new Promise<void>((resolve) => {
      const request = indexedDB.open(desk.databaseName, 70);
      request.onsuccess = () => {
        request.result.close();
        resolve();
      };
    });
    const again = desk.restart();
    await again.ready();
    expect(again.engine.status()).toMatchObject({ phase: 'blocked', trouble: 'newerDatabase' });
    const found = (await indexedDB.databases()).find((one) => one.name === desk.databaseName);
    expect(found?.version).toBe(70);
  });

  it('refuses a journal from a newer build, and works once an update can read it', async () => {
    const { desk } = await workedDesk();
    let newer = true;
    const again = desk.restart({
      alter: ({ journal }) => ({
        journal: { ...journal, open: async () => (newer ? err({ code: 'newerFormat' }) : journal.open()) },
      }),
    });
    await again.ready();
    expect(again.engine.status()).toMatchObject({ phase: 'blocked', trouble: 'newerJournal' });
    const refused = await again.window().call('introduce', { name: 'Bo', teamName: 'Desk', role: 'agent' });
    expect(refused).toEqual({ ok: false, error: { code: 'notReady' } });
    newer = false;
    await again.window().call('retry', {});
    expect(again.engine.status()).toMatchObject({ phase: 'ready', trouble: null, incidents: 4 });
  });
});

describe('the course taken', () => {
  it('follows from what database and journal say of themselves', () => {
    const journal = { journalId: 'j', lastLsn: 10 };
    expect(courseFor(null, journal)).toBe('empty');
    expect(courseFor({ journalId: 'j', appliedLsn: 10 }, journal)).toBe('catchUp');
    expect(courseFor({ journalId: 'j', appliedLsn: 7 }, journal)).toBe('catchUp');
    expect(courseFor({ journalId: 'j', appliedLsn: 11 }, journal)).toBe('raiseJournal');
    expect(courseFor({ journalId: 'k', appliedLsn: 11 }, journal)).toBe('foreign');
    expect(courseFor({ journalId: 'k', appliedLsn: 11 }, { journalId: 'j', lastLsn: 0 })).toBe('raiseJournal');
    expect(courseFor({ journalId: 'k', appliedLsn: 0 }, { journalId: 'j', lastLsn: 0 })).toBe('foreign');
  });
});
