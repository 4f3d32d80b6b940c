import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'pg';
import { describe, expect, it } from 'vitest';
import { World } from '#sync/authority/log-world.suite.ts';
import { push } from '#sync/authority/push.ts';
import type { SharedLog } from '#sync/authority/shared-log.ts';
import { findPostgres } from './testing/postgres.suite.ts';
import { clusterOf, opened } from './testing/stores.suite.ts';

const LANES = 20;
const EACH = 8;

/** Something that grows, and that somebody follows by a cursor. */
interface Growing {
  /** As one writer does it who, in every second lane, hesitates between taking a number and the commit. */
  append(lane: number, place: number, hesitate: () => Promise<unknown>): Promise<void>;
  after(cursor: number): Promise<readonly number[]>;
}

/** Many write at once while one reads on from where it was; answers what it saw, poll by poll. */
async function followed({ append, after }: Growing): Promise<readonly (readonly number[])[]> {
  let writing = true;
  const polls: (readonly number[])[] = [];
  const follow = async () => {
    for (let cursor = 0, last = false; !last; ) {
      last = !writing;
      const found = await after(cursor);
      polls.push(found);
      cursor = found.at(-1) ?? cursor;
    }
  };
  const following = follow();
  const lanes = Array.from({ length: LANES }, async (_, lane) => {
    for (let place = 1; place <= EACH; place += 1) await append(lane, place, () => pause(lane % 2 === 0 ? 0 : 15));
  });
  await Promise.all(lanes);
  writing = false;
  await following;
  return polls;
}

const numbers = (count: number) => Array.from({ length: count }, (_, at) => at + 1);

const postgres = findPostgres();
describe.skipIf(postgres === null)('two nodes that write at once', () => {
  const cluster = clusterOf(postgres ?? '');

  it('SPEC 3.1: commit in the order of their seqs, without gaps, so that no cursor passes an unseen activity', async () => {
    const url = await cluster().database();
    const nodes = [await opened({ kind: 'postgres', url }), await opened({ kind: 'postgres', url })] as const;
    const world = await World.staffed(nodes[0].log);
    const start = await world.log.read(async ({ head }) => head.seq);
    const hesitating = (log: SharedLog, hesitate: () => Promise<unknown>): SharedLog => ({
      read: (work) => log.read(work),
      push: (work) =>
        log.push(async (transaction) => {
          const result = await work(transaction);
          await hesitate();
          return result;
        }),
    });
    const polls = await followed({
      append: async (lane, place, hesitate) => {
        const least = {
          incidentId: `${lane} ${place}`,
          shortDescription: 'x',
          channel: 'phone',
          impact: 3,
          urgency: 3,
        };
        const command = world.command('ann', 'incident.record', least, { seq: place });
        const log = hesitating(nodes[lane % 4 < 2 ? 0 : 1].log, hesitate);
        const pushes = [{ device: `d${lane}`, person: 'ann', commands: [command] }];
        const { answers } = await push(log, pushes, { zone: 'UTC', now: world.now });
        expect(answers).toMatchObject([{ expected: place + 1, results: [{ status: 'accepted' }] }]);
      },
      after: (cursor) =>
        nodes[1].log.read(async (reader) => {
          const found = await reader.activitiesAfter(start + cursor, reader.head.seq, 1_000);
          expect(found.length).toBe(reader.head.seq - start - cursor);
          return found.map(({ seq }) => (seq ?? 0) - start);
        }),
    });
    expect(polls.length).toBeGreaterThan(LANES);
    expect(polls.flat()).toEqual(numbers(LANES * EACH));
    const committed = await nodes[0].driver.query<{ readonly seq: number }>(
      `select seq from activities where seq > $1 order by pg_xact_commit_timestamp(xmin), seq`,
      [start],
    );
    expect(committed.map(({ seq }) => seq - start)).toEqual(numbers(LANES * EACH));
    const rows = await world.rows();
    expect(new Set(rows.map(({ number }) => number)).size).toBe(LANES * EACH);
    await Promise.all(nodes.map((node) => node.close()));
  });

  it('would be passed by the same cursor if a sequence numbered them', async () => {
    const pool = new Pool({ connectionString: await cluster().database(), max: LANES + 1 });
    await pool.query('create table entries (seq bigserial primary key, entry text)');
    const polls = await followed({
      append: async (lane, place, hesitate) => {
        const client = await pool.connect();
        await client.query('begin');
        await client.query('insert into entries (entry) values ($1)', [`${lane} ${place}`]);
        await hesitate();
        await client.query('commit');
        client.release();
      },
      after: async (cursor) => {
        const { rows } = await pool.query('select seq from entries where seq > $1 order by seq', [cursor]);
        return rows.map(({ seq }) => Number(seq));
      },
    });
    expect((await pool.query('select seq from entries')).rowCount).toBe(LANES * EACH);
    expect(polls.flat().length).toBeLessThan(LANES * EACH);
    await pool.end();
  });
});
