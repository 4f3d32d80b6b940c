import { createReadStream } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { logFile } from '../data/log-file.ts';
import { toldIncidents } from '../data/told-incidents.ts';
import { driveDesk } from '../desk/drive.ts';
import { importLog, removeCopy } from '../desk/prepare-desk.ts';
import { launchPeer } from '../peers/launch.ts';
import { figureOf } from '../report/figure.ts';
import { type Case, check } from './case.ts';

const ROUNDS = 3;

/** Rows of a CSV file without its header; none of its cells holds a line break. */
const rowsOf = async (path: string): Promise<number> => {
  let lines = 0;
  for await (const piece of createReadStream(path)) for (const byte of piece as Buffer) if (byte === 10) lines += 1;
  return lines - 1;
};

export const importCase: Case = {
  id: 'import',
  sizes: [24_918],
  measure: async (n, { key, say }) => {
    const log = await logFile(n, 'whole');
    say(`the same rows for the peer (${n})`);
    const told = await toldIncidents(log, key, true);
    const rows = await rowsOf(log.path);
    const [ours, peer]: [number[], number[]] = [[], []];
    let checked = true;
    for (let round = 0; round < ROUNDS; round += 1) {
      say(`import ${round + 1} of ${ROUNDS}`);
      const profile = await mkdtemp(join(tmpdir(), 'deskbell-bench-'));
      const driven = await driveDesk(profile);
      const report = await importLog(driven, log);
      const { incidents } = await driven.ask('status');
      await driven.desk.kill();
      await removeCopy(profile);
      const page = await launchPeer({ rows: told.folder });
      const put = await page.ask('bulkPut', {
        incidents: told.incidents.map(page.urlOf),
        activities: told.activities.map(page.urlOf),
      });
      await page.close();
      ours.push((n / (report.finishedAt - report.startedAt)) * 1_000);
      peer.push((n / put.milliseconds) * 1_000);
      checked &&= check({
        'incidents here': incidents === n,
        'incidents of the peer': put.incidents === n,
        'every row an activity here': report.activitiesAdded === rows && report.rowsRefused === 0,
        'every row an activity of the peer': put.activities === rows,
      });
    }
    const note = `${log.from}; ours reads, folds, journals and indexes ${rows} CSV rows; the peer only stores the ${n + rows} finished objects, in batches of 5,000; ${ROUNDS} rounds`;
    return [
      figureOf({
        id: 'import',
        n,
        unit: 'incidents/s',
        lowerIsBetter: false,
        checked,
        runs: { ours, peers: { 'Dexie bulkPut': peer } },
        note,
      }),
    ];
  },
};
