import { SYNC_LIMITS } from '#contracts/sync/wire.ts';
import type { Store } from '#server/store/open.ts';
import { type Figure, figureOf } from '../report/figure.ts';
import { DeviceLine } from '../server/ask.ts';
import { commandsOf, furnish } from '../server/furnish.ts';
import { inEachPlace, type Place } from '../server/place.ts';
import { startServer } from '../server/start-server.ts';
import { type Case, check } from './case.ts';

const ROUNDS = 3;
const BATCH = SYNC_LIMITS.commands;

const perSecond = (many: number, began: number): number => (many / (performance.now() - began)) * 1_000;

/** One device sends what it recorded; commands a second until the last is acknowledged. */
async function pushed(url: string, line: DeviceLine, device: string, n: number, round: number) {
  const commands = commandsOf(n, round * n + 1);
  const began = performance.now();
  let accepted = 0;
  for (let at = 0; at < n; at += BATCH) {
    const sent = { protocol: 1, device, sentAt: Date.now(), commands: commands.slice(at, at + BATCH) };
    const { status, body } = await line.ask('POST', '/api/v1/sync/push', sent);
    if (status !== 200) throw new Error(`${url}: ${status}`);
    const { results } = body as { results: readonly { status: string }[] };
    accepted += results.filter((result) => result.status === 'accepted').length;
  }
  return { rate: perSecond(n, began), accepted };
}

/** The peer: rows of the same size into tables of the same form, one statement a table and batch. */
async function inserted(store: Store, n: number, round: number): Promise<number> {
  const { driver } = store;
  const text = JSON.stringify(commandsOf(4)).slice(0, 1_200);
  const began = performance.now();
  for (let at = 0; at < n; at += BATCH) {
    const seqs = Array.from({ length: Math.min(BATCH, n - at) }, (_, place) => round * n + at + place + 1);
    const ids = seqs.map((seq) => `peer ${seq}`);
    const bodies = seqs.map(() => text);
    const rows = seqs.filter((seq) => seq % 4 === 0);
    await driver.transaction('write', async (queries) => {
      await queries.query(
        `insert into decided (device, person, seq, command_id, accepted, body)
         select 'd', 'p', seq, id, true, body from unnest($1::bigint[], $2::text[], $3::text[]) as made (seq, id, body)`,
        [seqs, ids, bodies],
      );
      await queries.query(
        `insert into activities (seq, place, subject, body)
         select seq, 0, id, body from unnest($1::bigint[], $2::text[], $3::text[]) as made (seq, id, body)`,
        [seqs, ids, bodies],
      );
      await queries.query(
        `insert into incidents (id, first_seq, through_seq, open, body)
         select 'i' || seq, seq, seq, true, $2 from unnest($1::bigint[]) as made (seq)`,
        [rows, `${text}${text}`],
      );
    });
  }
  return perSecond(n, began);
}

async function measured(place: Place, n: number): Promise<Figure> {
  const store = await place.open();
  const [device] = await furnish(store, 1, 0);
  await store.close();
  if (device === undefined) throw new Error('no device');
  const server = await startServer(place.env);
  const beside = await place.openBeside();
  const [ours, peer]: [number[], number[]] = [[], []];
  let accepted = 0;
  try {
    const line = new DeviceLine(server.url, device, 1);
    for (let round = 0; round < ROUNDS; round += 1) {
      const sent = await pushed(server.url, line, device.device, n, round);
      accepted += sent.accepted;
      ours.push(sent.rate);
      peer.push(await inserted(beside, n, round));
    }
    line.close();
  } finally {
    await beside.close();
    await server.stop();
  }
  return figureOf({
    id: place.name === 'PGlite' ? 'P13' : 'P13-PostgreSQL',
    n,
    unit: 'commands/s',
    lowerIsBetter: false,
    checked: check({ 'every command is accepted': accepted === n * ROUNDS }),
    runs: { ours, peers: { [`rows into ${place.name}`]: peer } },
    note: `commands of one device over HTTP in pushes of ${BATCH} to acknowledgement; the peer only inserts rows of the same size in transactions of ${BATCH}`,
  });
}

export const p13: Case = {
  id: 'P13',
  sizes: [10_000],
  measure: async (n, ground) => {
    const figures: Figure[] = [];
    await inEachPlace(async (place) => {
      ground.say(`${n} commands of one device to a server on ${place.name}`);
      figures.push(await measured(place, n));
    });
    return figures;
  },
};
