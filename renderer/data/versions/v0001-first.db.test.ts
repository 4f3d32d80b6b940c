import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { DeskDb } from '../desk-db.ts';
import { stores, version } from './v0001-first.ts';

it('version 1 opens with the tables it declares, all of them empty', async () => {
  const db = new DeskDb('first', { upTo: version });
  await db.open();
  expect(db.verno).toBe(1);
  expect(db.tables.map((table) => table.name).sort()).toEqual(Object.keys(stores).sort());
  for (const table of db.tables) expect(await table.toArray()).toEqual([]);
  db.close();
});

it('version 1 finds rows by their keys, and commands by their lsn', async () => {
  const db = new DeskDb('rows', { upTo: version });
  await db.open();
  const activity = { bucket: 7, subjectId: 'a', seq: 3, index: 0, activity: { id: 'x' } };
  await db.table('activities').bulkPut([activity, { ...activity, seq: 2 }, { ...activity, subjectId: 'b' }]);
  const found = await db.table('activities').where(':id').between([7, 'a', 0, 0], [7, 'a', 9, 9]).toArray();
  expect(found.map((row) => row.seq)).toEqual([2, 3]);
  const command = { id: 'c', lsn: 5, name: 'incident.start', actor: 'p', number: null, subjectIds: ['a'] };
  await db.table('commands').bulkPut([command, { ...command, id: 'd', lsn: 6 }]);
  expect((await db.table('commands').where('lsn').above(5).toArray()).map((row) => row.id)).toEqual(['d']);
  db.close();
});
