import type { PullAnswer } from '#contracts/sync/wire.ts';
import { DeskPeer, ImportPeer, peerRow } from './peer-rows.ts';

/**
 * A first load as one would write it: each page is fetched and put. `planned`: with the indexes that a desk's lists
 * and counts want; `few`: with those that it can't do without. Nothing makes a search answer in either.
 */
export const loadPages = async (
  files: readonly string[],
  indexes: 'planned' | 'few',
): Promise<{ milliseconds: number; incidents: number }> => {
  const name = `load ${indexes} ${Date.now()}`;
  const began = performance.now();
  const db = indexes === 'planned' ? new DeskPeer('relaxed', name) : new ImportPeer(name);
  await db.open();
  for (const url of files) {
    const page = await pageAt(url);
    if (db instanceof DeskPeer) await db.incidents.bulkPut(page.incidents.map(peerRow));
    else {
      await db.incidents.bulkPut([...page.incidents]);
      await db.activities.bulkPut([...page.activities]);
    }
  }
  const milliseconds = performance.now() - began;
  const incidents = await db.incidents.count();
  db.close();
  return { milliseconds, incidents };
};

const pageAt = async (url: string): Promise<Pick<PullAnswer, 'incidents' | 'activities'>> => (await fetch(url)).json();
