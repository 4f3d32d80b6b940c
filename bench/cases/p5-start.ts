import { startDesk } from '../desk/start.ts';
import { figureOf } from '../report/figure.ts';
import type { Case, Ground } from './case.ts';
import { deskOf, dexieStarter, startBare, timed } from './starts.ts';

const ROUNDS = 5;

const startsOf = async (n: number, ground: Ground) => {
  const profile = await deskOf(n, ground);
  const dexie = await dexieStarter(n, ground);
  const runs: Record<'ours' | 'bare' | 'dexie', number[]> = { ours: [], bare: [], dexie: [] };
  // The first start of each reads its files from disk; it is not counted.
  for (let round = 0; round <= ROUNDS; round += 1) {
    ground.say(round === 0 ? 'a first start of each' : `start ${round} of ${ROUNDS}`);
    const [ours, bare, page] = [await timed(startDesk(profile)), await timed(startBare()), await timed(dexie())];
    if (round === 0) continue;
    runs.ours.push(ours);
    runs.bare.push(bare);
    runs.dexie.push(page);
  }
  return runs;
};

export const p5: Case = {
  id: 'P5',
  sizes: [25_000, 100_000],
  measure: async (n, ground) => {
    const { ours, bare, dexie } = await startsOf(n, ground);
    const peers = { 'bare window': bare, 'Electron and Dexie, plain rows': dexie };
    const note = 'spawn to first rows painted, warm files, nothing attached; target: 1.5 times a bare window';
    return [
      figureOf({
        id: 'P5',
        n,
        unit: 'ms to first rows',
        lowerIsBetter: true,
        checked: true,
        runs: { ours, peers },
        note,
      }),
    ];
  },
};

const GROWTH = 5;

/** How a start grows with the desk: the given size against five times as many incidents. */
export const p6: Case = {
  id: 'P6',
  sizes: [100_000],
  onlyWhenNamed: true,
  measure: async (n, ground) => {
    const small = await deskOf(n, ground);
    const large = await deskOf(n * GROWTH, ground);
    const runs: Record<'small' | 'large' | 'bare', number[]> = { small: [], large: [], bare: [] };
    for (let round = 0; round <= ROUNDS; round += 1) {
      ground.say(round === 0 ? 'a first start of each' : `start ${round} of ${ROUNDS}`);
      const [few, many, bare] = [
        await timed(startDesk(small)),
        await timed(startDesk(large)),
        await timed(startBare()),
      ];
      if (round === 0) continue;
      runs.small.push(few);
      runs.large.push(many);
      runs.bare.push(bare);
    }
    const peers = { [`ours with ${n.toLocaleString('en-US')}`]: runs.small, 'bare window': runs.bare };
    return [
      figureOf({
        id: 'P6',
        n: n * GROWTH,
        unit: 'ms to first rows',
        lowerIsBetter: true,
        checked: true,
        runs: { ours: runs.large, peers },
        note: `start with ${GROWTH} times as many incidents: nearly flat is wanted`,
      }),
    ];
  },
};
