import type { Activity } from '#domain/activity/activity.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { ImportPeer } from './peer-rows.ts';

export const rowsOf = async <Row>(url: string): Promise<Row[]> => {
  const answer = await fetch(url);
  return (await answer.json()) as Row[];
};

export interface BulkPut {
  readonly milliseconds: number;
  readonly incidents: number;
  readonly activities: number;
}

/** Only the writes are timed; fetching and parsing the rows is not. */
export const bulkPut = async (files: {
  incidents: readonly string[];
  activities: readonly string[];
}): Promise<BulkPut> => {
  const db = new ImportPeer(`import ${Date.now()}`);
  await db.open();
  let milliseconds = 0;
  const timed = async (write: () => Promise<unknown>) => {
    const began = performance.now();
    await write();
    milliseconds += performance.now() - began;
  };
  for (const url of files.incidents) {
    const rows = await rowsOf<Incident>(url);
    await timed(() => db.incidents.bulkPut(rows));
  }
  for (const url of files.activities) {
    const rows = await rowsOf<Activity>(url);
    await timed(() => db.activities.bulkPut(rows));
  }
  const counted = { incidents: await db.incidents.count(), activities: await db.activities.count() };
  db.close();
  return { milliseconds, ...counted };
};
