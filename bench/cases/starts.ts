import { launchDesk } from '#e2e/harness/desk.ts';
import { logFile } from '../data/log-file.ts';
import { preparedDesk, queueOf } from '../desk/prepare-desk.ts';
import { type Started, startPeer } from '../desk/start.ts';
import { bareApp, dexieApp, peerPage } from '../peers/launch.ts';
import type { Ground } from './case.ts';
import { openPeer, peerProfile } from './in-page.ts';

/** After its paint an application is left alone for so long, as a person would, before it is ended. */
const LEFT_ALONE = 5_000;
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export const timed = async (started: Promise<Started>): Promise<number> => {
  const running = await started;
  await pause(LEFT_ALONE);
  await running.end();
  return running.paintedAfter;
};

/** The desk of `n` incidents, and proof that its first page is what it should be. */
export const deskOf = async (n: number, { key, say }: Ground): Promise<string> => {
  say(`a desk of ${n} incidents`);
  const profile = await preparedDesk(await logFile(n, 'midway'), key);
  const desk = await launchDesk({ profile, timeout: 60_000 });
  await queueOf(await desk.page(), n);
  await desk.close();
  return profile;
};

export const startBare = (): Promise<Started> => startPeer(bareApp);

/** An application of one Dexie table, filled with the same incidents: open, 50 rows by an index, paint. */
export const dexieStarter = async (n: number, ground: Ground): Promise<() => Promise<Started>> => {
  await (await openPeer(n, ground)).close();
  const page = await peerPage();
  const args = [`--page-folder=${page}`, '--page-query=start'];
  return () => startPeer(dexieApp, args, peerProfile(ground.key, n));
};
