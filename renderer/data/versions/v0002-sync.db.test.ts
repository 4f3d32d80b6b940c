import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { DeskDb } from '../desk-db.ts';
import { version } from './v0002-sync.ts';

it('version 2 keeps every row of version 1 and adds the frames of an outbox, in their order', async () => {
  const before = new DeskDb('grown', { upTo: 1 });
  await before.open();
  await before.table('alerts').put({ id: 'kept' });
  before.close();
  const db = new DeskDb('grown', { upTo: version });
  await db.open();
  expect(await db.table('alerts').toArray()).toEqual([{ id: 'kept' }]);
  await db.table('sync').bulkPut([
    { lsn: 12, records: ['later'] },
    { lsn: 3, records: ['first'] },
  ]);
  expect((await db.table('sync').toArray()).map((row) => row.lsn)).toEqual([3, 12]);
  db.close();
});
