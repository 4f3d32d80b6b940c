import { describe, expect, it } from 'vitest';
import type { Activity } from '#domain/activity/activity.ts';
import { World } from '#sync/authority/log-world.suite.ts';
import type { DecidedCommand, PushBatch } from '#sync/authority/shared-log.ts';
import { findPostgres } from './testing/postgres.suite.ts';
import { clusterOf, type EmptyLog, embedded, emptyLogs, ownDatabase } from './testing/stores.suite.ts';

/** What a JavaScript string may hold and PostgreSQL's text may not, and what only looks like it. */
const STRANGE = [
  'a\u0000b',
  '\u0000',
  '\ud83d',
  '\ude00\ud83d',
  '\\u0000',
  '\\',
  '"',
  'a\u2028b',
  '😀',
  '{,NULL,"}',
  'x'.repeat(9_000),
];

function keepsText(make: () => Promise<EmptyLog>): void {
  it('keeps what people wrote, whatever characters', async () => {
    const world = await World.staffed((await make()).log);
    for (const [at, text] of STRANGE.entries()) {
      const id = await world.opened(`i${at}`, { shortDescription: `${at}: ${text}`.slice(0, 200), description: text });
      await world.accepted('ann', 'incident.note', { incidentId: id, entryId: `n${at}`, body: text });
      expect((await world.row(id)).description).toBe(text);
      const timeline = await world.log.read((reader) => reader.timelines([id]));
      expect(timeline.get(id)?.at(-1)?.payload).toMatchObject({ body: text });
    }
    const listed = await world.log.read((reader) => reader.activitiesAfter(0, 1_000, 1_000));
    expect(listed.filter(({ type }) => type === 'incident.note').map(({ payload }) => payload)).toMatchObject(
      STRANGE.map((body) => ({ body })),
    );
  });

  it('keeps ids and lanes apart, whatever characters', async () => {
    const { log } = await make();
    const decided = STRANGE.map(
      (id, at): DecidedCommand => ({
        device: id,
        person: 'p',
        id,
        seq: 1,
        outcome: 'accepted',
        refusal: null,
        decidedAt: at + 1,
        decidedOn: 0,
        name: 'incident.note',
        number: id,
        subjectIds: [id],
      }),
    );
    const activities = STRANGE.map(
      (id, at): Activity => ({
        id: `activity of ${id}`,
        subject: { kind: 'incident', id },
        type: 'incident.note',
        payload: { [id]: id },
        actor: id,
        device: id,
        seq: at + 1,
        occurredAt: 0,
        recordedAt: 0,
        syncedAt: 0,
        visibility: 'internal',
        origin: 'command',
        cause: { commandId: id, index: 0 },
      }),
    );
    const batch: PushBatch = {
      head: STRANGE.length,
      decided,
      lanes: STRANGE.map((device, at) => ({ device, person: 'p', expected: at + 2 })),
      activities,
      effects: { incidents: [], records: [], matrix: null },
    };
    await log.push((transaction) => transaction.write(batch));
    const lanes = STRANGE.map((device) => ({ device, person: 'p' }));
    const found = await log.push(async (transaction) => ({
      byId: [...(await transaction.decidedById(STRANGE)).values()],
      byPlace: await Promise.all(lanes.map(async (lane) => (await transaction.decidedAt(lane, [1])).get(1))),
      expected: await transaction.expected(lanes),
    }));
    expect(found.byId).toHaveLength(STRANGE.length);
    expect(found.byId).toEqual(expect.arrayContaining(decided));
    expect(found.byPlace).toEqual(decided);
    expect(found.expected).toEqual(STRANGE.map((_, at) => at + 2));
    const timelines = await log.read((reader) => reader.timelines(STRANGE));
    expect([...timelines]).toEqual(STRANGE.map((id, at) => [id, [activities[at]]]));
  });
}

describe('text on PGlite', () => keepsText(emptyLogs(embedded)));

const postgres = findPostgres();
describe.skipIf(postgres === null)('text on PostgreSQL', () => {
  const cluster = clusterOf(postgres ?? '');
  keepsText(emptyLogs(ownDatabase(cluster)));
});
