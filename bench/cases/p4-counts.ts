import { figureOf } from '../report/figure.ts';
import { type Case, check } from './case.ts';
import { openPeer } from './in-page.ts';

const ROUNDS = 9;

export const p4: Case = {
  id: 'P4',
  sizes: [100_000],
  measure: async (n, ground) => {
    const peer = await openPeer(n, ground);
    try {
      await peer.ask('countRound', 0);
      const rounds = [];
      for (let round = 1; round <= ROUNDS; round += 1) rounds.push(await peer.ask('countRound', round));
      const checked = check({
        'all counts agree': rounds.every((round) => round.same),
        'nothing is lost': rounds.every((round) => round.counts.allIncidents === n),
      });
      return [
        figureOf({
          id: 'P4',
          n,
          unit: 'ms',
          lowerIsBetter: true,
          checked,
          runs: {
            ours: rounds.map((round) => round.ours),
            peers: { 'Dexie counts': rounds.map((round) => round.dexie) },
          },
          note: 'the eight queues kept today, after an edit; ours with the edit, Dexie without, each of its counts by an index made for it',
        }),
      ];
    } finally {
      await peer.close();
    }
  },
};
