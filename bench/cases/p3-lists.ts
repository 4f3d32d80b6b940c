import { figureOf } from '../report/figure.ts';
import { type Case, check } from './case.ts';
import { openPeer } from './in-page.ts';

const ROUNDS = 5;

export const p3: Case = {
  id: 'P3',
  sizes: [100_000],
  measure: async (n, ground) => {
    const peer = await openPeer(n, ground);
    try {
      await peer.ask('listRound', 0);
      const rounds = [];
      for (let round = 1; round <= ROUNDS; round += 1) rounds.push(await peer.ask('listRound', round));
      const checked = check({
        'every side answered the same rows': rounds.every((round) => round.same),
        'there were rows': rounds.every((round) => round.rows > 0),
      });
      const peers = {
        'Dexie planned': rounds.map((round) => round.planned),
        'Dexie unplanned, one index and a filter': rounds.map((round) => round.filtered),
        'Dexie unplanned, in order until 50 pass': rounds.map((round) => round.inOrder),
      };
      return [
        figureOf({
          id: 'P3',
          n,
          unit: 'ms',
          lowerIsBetter: true,
          checked,
          runs: { ours: rounds.map((round) => round.ours), peers },
          note: 'three filters, youngest 50; ours answers ids out of memory (P3-rows has the rows too), no question asked twice',
        }),
      ];
    } finally {
      await peer.close();
    }
  },
};
