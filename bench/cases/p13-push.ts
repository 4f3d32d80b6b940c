import { v7 as newId } from 'uuid';
import { SYNC_LIMITS, type WireCommand } from '#contracts/sync/wire.ts';
import { SYSTEM_ACTOR } from '#domain/activity/activity.ts';
import { blankPerson } from '#domain/directory/blank-person.ts';
import type { Store } from '#server/store/open.ts';
import { createMemoryLog } from '#sync/authority/memory-log.ts';
import { push } from '#sync/authority/push.ts';
import type { PushBatch, SharedLog } from '#sync/authority/shared-log.ts';
import { type Figure, figureOf } from '../report/figure.ts';
import { DeviceLine } from '../server/ask.ts';
import { commandsOf, furnish } from '../server/furnish.ts';
import { inEachPlace, type Place } from '../server/place.ts';
import { startServer } from '../server/start-server.ts';
import { type Case, check } from './case.ts';

const ROUNDS = 5;
const BATCH = SYNC_LIMITS.commands;
const PERSON = 'person-0';

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

/** What one push writes, found out by letting the authority judge one in memory. */
async function writtenBy(commands: readonly WireCommand[]): Promise<PushBatch> {
  const memory = createMemoryLog('bench');
  const written: PushBatch[] = [];
  const log: SharedLog = {
    ...memory,
    push: (work) =>
      memory.push((transaction) =>
        work({
          ...transaction,
          write: async (batch) => {
            written.push(batch);
            await transaction.write(batch);
          },
        }),
      ),
  };
  const context = { zone: 'UTC', now: Date.now() };
  const record = blankPerson({ id: PERSON, name: 'Person', role: 'agent' });
  const envelope = { seq: 1, id: newId(), occurredAt: context.now, recordedAt: context.now };
  const save = { ...envelope, name: 'directory.save', args: { kind: 'person', record } };
  await push(log, [{ device: 'bench', person: SYSTEM_ACTOR, commands: [save] }], context);
  await push(log, [{ device: newId(), person: PERSON, commands }], context);
  const batch = written.at(-1);
  if (batch === undefined) throw new Error('nothing was written');
  return batch;
}

const HASH = 'f'.repeat(64);
const SALT = 's'.repeat(22);

/** The peer: the rows that such pushes write, under other keys, one statement a table and batch. */
async function inserted({ driver }: Store, batch: PushBatch, batches: number, round: number): Promise<number> {
  const bodies = {
    decided: batch.decided.map((each) => JSON.stringify(each)),
    activities: batch.activities.map((each) => JSON.stringify(each)),
    incidents: batch.effects.incidents.map((each) => JSON.stringify(each)),
  };
  const hashes = bodies.activities.map(() => HASH);
  const salts = bodies.activities.map(() => SALT);
  const began = performance.now();
  for (let made = 0; made < batches; made += 1) {
    const first = (round * batches + made) * BATCH + 1;
    const seqs = bodies.decided.map((_, place) => first + place);
    const subjects = bodies.incidents.map(() => newId());
    const incidentOf = (place: number) => subjects[Math.floor((place * subjects.length) / seqs.length)] ?? '';
    await driver.transaction('write', async (queries) => {
      await queries.query(
        `insert into decided (device, person, seq, command_id, accepted, body)
         select $1, $2, seq, id, true, body from unnest($3::bigint[], $4::text[], $5::text[]) as made (seq, id, body)`,
        [HASH.slice(0, 36), PERSON, seqs, seqs.map(() => newId()), bodies.decided],
      );
      await queries.query(
        `insert into activities (seq, place, subject, body, salt, sealed, hash)
         select seq, 0, subject, body, salt, hash, hash
         from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[]) as made (seq, subject, body, salt, hash)`,
        [seqs, seqs.map((_, place) => incidentOf(place)), bodies.activities, salts, hashes],
      );
      await queries.query(
        `insert into incidents (id, first_seq, through_seq, open, body)
         select id, seq, seq, true, body from unnest($1::bigint[], $2::text[], $3::text[]) as made (seq, id, body)`,
        [seqs.slice(0, subjects.length), subjects, bodies.incidents],
      );
      await queries.query('insert into numbers (key, incident) select id, id from unnest($1::text[]) as made (id)', [
        subjects,
      ]);
      await queries.query(
        'insert into chain_heads (name, hash, length) select id, $2, 4 from unnest($1::text[]) as made (id)',
        [subjects, HASH],
      );
    });
  }
  return perSecond(batches * BATCH, began);
}

async function measured(place: Place, n: number): Promise<Figure> {
  const store = await place.open();
  const [device] = await furnish(store, 1, 0);
  await store.close();
  if (device === undefined) throw new Error('no device');
  const server = await startServer(place.env);
  const beside = await place.openBeside();
  const rows = await writtenBy(commandsOf(BATCH));
  const [ours, peer]: [number[], number[]] = [[], []];
  let accepted = 0;
  let processor = 0;
  try {
    const line = new DeviceLine(server.url, device, 1);
    for (let round = 0; round < ROUNDS; round += 1) {
      const before = server.processorTime();
      const sent = await pushed(server.url, line, device.device, n, round);
      processor += server.processorTime() - before;
      accepted += sent.accepted;
      ours.push(sent.rate);
      peer.push(await inserted(beside, rows, n / BATCH, round));
    }
    line.close();
  } finally {
    await beside.close();
    await server.stop();
  }
  const perPush = Math.round((processor * 1_000 * BATCH) / (n * ROUNDS));
  return figureOf({
    id: place.name === 'PGlite' ? 'P13' : 'P13-PostgreSQL',
    n,
    unit: 'commands/s',
    lowerIsBetter: false,
    checked: check({ 'every command is accepted': accepted === n * ROUNDS }),
    runs: { ours, peers: { [`rows into ${place.name}`]: peer } },
    note: `commands of one device over HTTP in pushes of ${BATCH} to acknowledgement, ${perPush} ms of the node's processor time each; the peer only inserts the rows that these write, in transactions of ${BATCH}`,
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
