import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PullAnswer } from '#contracts/sync/wire.ts';
import { push } from '#sync/authority/push.ts';
import { launchPeer } from '../peers/launch.ts';
import { figureOf, median, rounded } from '../report/figure.ts';
import { simulatedDevice } from '../server/device.ts';
import { commandsOf, furnish } from '../server/furnish.ts';
import { pglitePlace } from '../server/place.ts';
import { startServer } from '../server/start-server.ts';
import { type Case, check } from './case.ts';

const ROUNDS = 5;

/** A desk that was away while others made n activities; beside Dexie taking the very same pages. */
export const p15: Case = {
  id: 'P15',
  sizes: [10_000],
  measure: async (n, ground) => {
    const place = await pglitePlace();
    const folder = await mkdtemp(join(tmpdir(), 'deskbell-pages-'));
    ground.say(`${n} activities while ${ROUNDS} desks are away`);
    try {
      let store = await place.open();
      const devices = await furnish(store, ROUNDS, 10);
      await store.close();
      const before = await startServer(place.env);
      const pages: Pick<PullAnswer, 'incidents' | 'activities'>[][] = devices.map(() => []);
      const asked: number[] = devices.map(() => 0);
      const desks = [];
      for (const [at, device] of devices.entries()) {
        const told = (what: string, took: number, _status: number, body: unknown) => {
          if (what !== 'pull') return;
          asked[at] = (asked[at] ?? 0) + took;
          const { incidents, activities } = body as PullAnswer;
          pages[at]?.push({ incidents, activities });
        };
        // Port and process change before the catch-up; the device finds the server by what it is told then.
        desks.push({ device, told, at, ...(await simulatedDevice(before.url, device, at, told)) });
      }
      for (const { client } of desks) await client.round();
      await before.stop();
      store = await place.open();
      for (let first = 0; first < n; first += 200) {
        const commands = commandsOf(Math.min(200, n - first), first + 1);
        const lane = { device: 'elsewhere', person: devices[0]?.person ?? '', commands };
        await push(store.log, [lane], { zone: 'UTC', now: Date.now() });
      }
      await store.close();
      const server = await startServer(place.env);
      const ours: number[] = [];
      const inServer: number[] = [];
      let held = true;
      for (const { client, line, store: memory, at } of desks) {
        line.moveTo(server.url);
        pages[at] = [];
        asked[at] = 0;
        const began = performance.now();
        await client.round();
        ours.push(performance.now() - began);
        inServer.push(asked[at] ?? 0);
        held &&= memory.held().length === 10 + n / 4;
        line.close();
      }
      await server.stop();
      ground.say('the same pages into Dexie');
      await writeFile(join(folder, 'pages.json'), JSON.stringify(pages[0]));
      const theirs: number[] = [];
      const peer = await launchPeer({ rows: folder });
      let applied = true;
      try {
        for (let round = 0; round < ROUNDS; round += 1) {
          const { milliseconds, activities } = await peer.ask('applyPages', [peer.urlOf('pages.json')]);
          theirs.push(milliseconds);
          applied &&= activities === n;
        }
      } finally {
        await peer.close();
      }
      return [
        figureOf({
          id: 'P15',
          n,
          unit: 'ms',
          lowerIsBetter: true,
          checked: check({ 'every desk holds all of it': held, 'Dexie holds all of it': applied }),
          runs: { ours, peers: { 'Dexie applies the same pages': theirs } },
          note: `the pure client over HTTP from a server on PGlite, into memory; of it ${rounded(median(inServer))} ms wait for the server. Dexie's time is the writing alone, and what the engine's own database takes is measured with the engine`,
        }),
      ];
    } finally {
      await rm(folder, { recursive: true, force: true });
      await place.remove();
    }
  },
};
