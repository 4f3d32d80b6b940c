import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launchDesk } from '#e2e/harness/desk.ts';
import { logFile } from '../data/log-file.ts';
import { driveDesk } from '../desk/drive.ts';
import { takeRows } from '../desk/edit-rows.ts';
import { copyOf, preparedDesk, removeCopy } from '../desk/prepare-desk.ts';
import { figureOf, median } from '../report/figure.ts';
import { type Case, check, type Ground } from './case.ts';
import { openPeer } from './in-page.ts';

const ROUNDS = 7;
const EDITS = 20;
const FRAME = 1_000 / 60;

/** Own work: what the person has taken, found again by a desk that was killed right after. */
const takenAfterKill = async (profile: string): Promise<number> => {
  const driven = await driveDesk(profile);
  const { personId } = await driven.ask('session');
  const spec = { queue: 'myWork', order: { key: 'number', descending: false }, filters: [], text: '' } as const;
  const { total } = await driven.ask('list', personId ?? '', spec);
  await driven.desk.kill();
  return total;
};

const showQueue = async (profile: string, queue: string): Promise<void> => {
  const file = join(profile, 'desk-settings.json');
  const settings = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  await writeFile(file, JSON.stringify({ ...settings, lastQueue: queue }));
};

const measureEdits = async (profile: string, n: number, ground: Ground) => {
  await showQueue(profile, 'allOpen');
  const desk = await launchDesk({ profile, timeout: 60_000 });
  const page = await desk.page();
  await page.locator('[role="row"][data-focused]').waitFor({ timeout: 60_000 });
  const peer = await openPeer(n, ground);
  const rounds = [];
  let same = true;
  try {
    for (let round = 0; round <= ROUNDS; round += 1) {
      ground.say(`edits, round ${round} of ${ROUNDS}`);
      const ours = await takeRows(page, EDITS);
      const theirs = await peer.ask('strictPuts', EDITS);
      same &&= theirs.same;
      // The first round warms both.
      if (round > 0) rounds.push({ ours, theirs });
    }
  } finally {
    await desk.kill();
    await peer.close();
  }
  return { rounds, same };
};

export const p2: Case = {
  id: 'P2',
  sizes: [100_000],
  measure: async (n, ground) => {
    ground.say(`a desk of ${n} incidents`);
    const profile = await copyOf(await preparedDesk(await logFile(n, 'midway'), ground.key));
    try {
      const { rounds, same } = await measureEdits(profile, n, ground);
      const taken = await takenAfterKill(profile);
      const checked = check({
        'every edit of the peer was read back': same,
        'every edit of ours is there after a kill': taken === EDITS * (ROUNDS + 1),
      });
      const of = (side: 'ours' | 'theirs', what: 'painted' | 'durable') =>
        rounds.map((round) => median(round[side][what]));
      const common = { n, lowerIsBetter: true, checked };
      return [
        figureOf({
          ...common,
          id: 'P2',
          unit: 'ms to painted row',
          runs: {
            ours: of('ours', 'painted'),
            peers: { 'one frame': [FRAME], 'strict Dexie put, live query, plain rows': of('theirs', 'painted') },
          },
          note: `from the key on the real screen, ${ROUNDS} rounds of ${EDITS} edits, one after the other`,
        }),
        figureOf({
          ...common,
          id: 'P2-durable',
          unit: 'ms to durable',
          runs: { ours: of('ours', 'durable'), peers: { 'strict Dexie put': of('theirs', 'durable') } },
          note: 'from the key to the answer that follows the journal’s fsync',
        }),
      ];
    } finally {
      await removeCopy(profile);
    }
  },
};
