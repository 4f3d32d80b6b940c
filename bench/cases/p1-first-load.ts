import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PullAnswer } from '#contracts/sync/wire.ts';
import { logFile } from '../data/log-file.ts';
import { toldIncidents } from '../data/told-incidents.ts';
import { driveDesk } from '../desk/drive.ts';
import { removeCopy } from '../desk/prepare-desk.ts';
import { launchPeer } from '../peers/launch.ts';
import { figureOf, median, rounded } from '../report/figure.ts';
import { DeviceLine } from '../server/ask.ts';
import { type BenchDevice, furnish, PASSWORD } from '../server/furnish.ts';
import { furnishYears } from '../server/old-incidents.ts';
import { pglitePlace } from '../server/place.ts';
import { type RunningServer, startServer } from '../server/start-server.ts';
import { type Case, check, type Ground } from './case.ts';

const ROUNDS = 5;
/** Rows and entries of a page, as the client asks for them. */
const PAGE = 1_000;
/** What was recorded today, and a word of it. */
const TODAY = { person: 'person-0', incidents: 500, word: 'kitchenette' };

/** Every page of a first load as the server sends it, asked for by nobody who applies it. */
async function pagesOf(url: string, device: BenchDevice, folder: string) {
  const line = new DeviceLine(url, device, 1);
  const files: string[] = [];
  const began = performance.now();
  for (let cursor = '', more = true; more; ) {
    const path = `/api/v1/sync/pull?limit=${PAGE}&cursor=${encodeURIComponent(cursor)}`;
    const page = (await line.ask('GET', path)).body as PullAnswer;
    ({ cursor, more } = page);
    const file = `page-${files.length}.json`;
    await writeFile(join(folder, file), JSON.stringify(page));
    files.push(file);
  }
  line.close();
  return { files, milliseconds: performance.now() - began };
}

/** A desk of nothing joins, and is looked at until it has everything. */
async function firstLoad({ url }: RunningServer, n: number) {
  const profile = await mkdtemp(join(tmpdir(), 'deskbell-bench-'));
  const driven = await driveDesk(profile);
  try {
    const personId = await driven.ask('signInAt', url, 'person-0@bench.example', PASSWORD);
    return await driven.ask('firstLoad', personId, n, TODAY.word);
  } finally {
    await driven.desk.kill();
    await removeCopy(profile);
  }
}

async function measured(n: number, ground: Ground) {
  const place = await pglitePlace();
  const folder = await mkdtemp(join(tmpdir(), 'deskbell-pages-'));
  ground.say(`${n} incidents at a server`);
  try {
    const store = await place.open();
    const devices = await furnish(store, 1, 0);
    const old = await logFile(n - TODAY.incidents, 'whole');
    await furnishYears(store, await toldIncidents(old, ground.key, true), TODAY);
    await store.close();
    const server = await startServer(place.env);
    const [device] = devices;
    if (device === undefined) throw new Error('there is no device');
    const pages = await pagesOf(server.url, device, folder);
    const runs: Record<'rows' | 'whole' | 'dexie' | 'few', number[]> = { rows: [], whole: [], dexie: [], few: [] };
    let [held, heldThere] = [true, true];
    for (let round = 0; round <= ROUNDS; round += 1) {
      ground.say(round === 0 ? 'a first load of each' : `first load ${round} of ${ROUNDS}`);
      const ours = await firstLoad(server, n);
      held &&= ours.incidents === n && ours.found === TODAY.incidents;
      const peer = await launchPeer({ rows: folder });
      const urls = pages.files.map(peer.urlOf);
      const dexie = await peer.ask('loadPages', urls, 'planned');
      const few = await peer.ask('loadPages', urls, 'few');
      await peer.close();
      heldThere &&= dexie.incidents === n && few.incidents === n;
      if (round === 0) continue;
      runs.rows.push(ours.rows);
      runs.whole.push(ours.whole);
      runs.dexie.push(dexie.milliseconds);
      runs.few.push(few.milliseconds);
    }
    await server.stop();
    const checked = check({ 'the desk holds, counts and finds all of it': held, 'Dexie holds all of it': heldThere });
    return { runs, checked, server: pages.milliseconds };
  } finally {
    await rm(folder, { recursive: true, force: true });
    await place.remove();
  }
}

/** A desk that has nothing yet joins a server of n incidents; beside fetching and storing the very same pages. */
export const p1: Case = {
  id: 'P1',
  sizes: [25_000, 100_000],
  measure: async (n, ground) => {
    const { runs, checked, server } = await measured(n, ground);
    const base = { n, lowerIsBetter: true, checked };
    return [
      figureOf({
        ...base,
        id: 'P1',
        unit: 'ms',
        runs: {
          ours: runs.whole,
          peers: { 'fetch, Dexie with its indexes': runs.dexie, 'fetch, Dexie with few': runs.few },
        },
        note: `from joining until the desk is level and list, search and counts answer for all of it; of it about ${rounded(server)} ms are the server's (PGlite), whose pages lie ready for the peer`,
      }),
      figureOf({
        ...base,
        id: 'P1-rows',
        unit: 'ms to 50 rows',
        runs: { ours: runs.rows, peers: { 'the limit': [1_000] } },
        note: `from joining until a window has them, ${rounded(median(runs.rows))} ms; signing in was before`,
      }),
    ];
  },
};
