import type { ListSpec } from '#contracts/engine/protocol.ts';
import { logFile } from '../data/log-file.ts';
import { driveDesk } from '../desk/drive.ts';
import { copyOf, preparedDesk, removeCopy } from '../desk/prepare-desk.ts';
import { figureOf } from '../report/figure.ts';
import { type Case, check } from './case.ts';
import { openPeer } from './in-page.ts';

const ROUNDS = 7;

/** Lists the window never asked for before: each priority with each state, by the day they were opened. */
const specOf = (turn: number): ListSpec => ({
  queue: 'allIncidents',
  order: { key: turn % 2 === 0 ? 'opened' : 'updated', descending: turn % 4 < 2 },
  filters: [
    { field: 'state', value: ['closed', 'resolved', 'inProgress', 'new'][turn % 4] ?? 'new', exclude: false },
    { field: 'priority', value: String(2 + (turn % 3)), exclude: false },
    { field: 'owner', value: turn % 5 === 0 ? '' : 'nobody', exclude: turn % 5 !== 0 },
  ],
  text: '',
});

/** The same 50 as whole rows, through the real engine and its message port, beside Dexie's planned question. */
export const p3Rows: Case = {
  id: 'P3-rows',
  sizes: [100_000],
  measure: async (n, ground) => {
    ground.say(`a desk of ${n} incidents`);
    const profile = await copyOf(await preparedDesk(await logFile(n, 'midway'), ground.key));
    const driven = await driveDesk(profile);
    const peer = await openPeer(n, ground);
    try {
      const { personId } = await driven.ask('session');
      const [ours, planned]: [number[], number[]] = [[], []];
      let rows = 0;
      for (let round = 0; round <= ROUNDS; round += 1) {
        const answer = await driven.ask('list', personId ?? '', specOf(round));
        const beside = await peer.ask('listRound', round);
        rows += answer.ids.length;
        if (round === 0) continue;
        ours.push(answer.milliseconds);
        planned.push(beside.planned);
      }
      return [
        figureOf({
          id: 'P3-rows',
          n,
          unit: 'ms',
          lowerIsBetter: true,
          checked: check({ 'there were rows': rows > 0 }),
          runs: { ours, peers: { 'Dexie planned': planned } },
          note: 'through the engine and over the port, rows read from the database when they were not looked at before',
        }),
      ];
    } finally {
      await peer.close();
      await driven.desk.kill();
      await removeCopy(profile);
    }
  },
};
