import type { PullAnswer } from '#contracts/sync/wire.ts';
import { rowsOf } from './bulk-put.ts';
import { ImportPeer } from './peer-rows.ts';

/** Applies pages of a pull as a desk on Dexie would: rows and entries of a page in one relaxed transaction. */
export const applyPages = async (files: readonly string[]): Promise<{ milliseconds: number; activities: number }> => {
  const db = new ImportPeer(`pages ${Date.now()}`);
  await db.open();
  const pages = await Promise.all(files.map((url) => rowsOf<Pick<PullAnswer, 'incidents' | 'activities'>>(url)));
  const began = performance.now();
  for (const page of pages.flat()) {
    await db.transaction('rw', db.incidents, db.activities, async () => {
      await db.incidents.bulkPut([...page.incidents]);
      await db.activities.bulkPut([...page.activities]);
    });
  }
  const milliseconds = performance.now() - began;
  const activities = await db.activities.count();
  db.close();
  return { milliseconds, activities };
};
