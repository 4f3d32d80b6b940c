import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PushedCommand } from '#contracts/sync/wire.ts';
import { MONDAY_9 } from '#domain/command/memory-desk.suite.ts';
import { holdsInTime } from '#domain/property.suite.ts';
import { eventArb, happen, openSome } from '#sync/authority/log-events.suite.ts';
import { World } from '#sync/authority/log-world.suite.ts';
import { createMemoryLog } from '#sync/authority/memory-log.ts';
import { type LanePush, push } from '#sync/authority/push.ts';
import { dumpOf, worldIds } from './testing/log-dump.suite.ts';
import { findPostgres } from './testing/postgres.suite.ts';
import { clusterOf, type EmptyLog, embedded, emptyLogs, ownDatabase } from './testing/stores.suite.ts';

/** Devices and ids as somebody might make them up who means us no good. */
const DEVICES = ['d1', 'd2', 'd\u0000', '\ud800', '\udc00', 'ö\\', 'x'.repeat(100)] as const;
const PEOPLE = ['ann', 'ben', 'cal'] as const;
const INCIDENTS = ['i1', 'i2', 'i\u0000', 'i\ud800', 'i\udfff'] as const;
const IDS = ['c1', 'c2', 'c3', 'c4', 'c\u0000', 'c\ud800', 'c\udc00'] as const;
const TEXTS = ['plain', 'nul \u0000 in it', 'half \ud83d', '{"a":"\\u0000"}', "'); drop table lanes; --"] as const;

const commandArb: fc.Arbitrary<PushedCommand> = fc
  .record({
    seq: fc.integer({ min: 1, max: 6 }),
    id: fc.constantFrom(...IDS),
    incidentId: fc.constantFrom(...INCIDENTS),
    text: fc.constantFrom(...TEXTS),
    what: fc.constantFrom('skip', 'record', 'record', 'note', 'start', 'undo', 'nonsense'),
  })
  .map(({ seq, id, incidentId, text, what }): PushedCommand => {
    if (what === 'skip') return { seq, id, skip: true };
    const least = { incidentId, shortDescription: text, channel: 'phone', impact: 3, urgency: 2, callerId: 'cal' };
    const own: Readonly<Record<string, object>> = {
      record: least,
      note: { incidentId, entryId: id, body: text },
      undo: { commandId: text },
    };
    const name = what === 'undo' ? 'command.undo' : `incident.${what}`;
    return { seq, id, name, args: own[what] ?? { incidentId }, occurredAt: MONDAY_9, recordedAt: MONDAY_9 };
  });
const pushArb: fc.Arbitrary<LanePush> = fc.record({
  device: fc.constantFrom(...DEVICES),
  person: fc.constantFrom(...PEOPLE),
  commands: fc.array(commandArb, { maxLength: 5 }),
});
const LANES = DEVICES.flatMap((device) => PEOPLE.map((person) => ({ device, person })));

function sameAsMemory(name: string, make: () => Promise<EmptyLog>, runs: number): void {
  const side = async (work: (sql: World, memory: World) => Promise<void>) => {
    const made = await make();
    try {
      await work(await World.staffed(made.log), await World.staffed(createMemoryLog('memory')));
    } finally {
      await made.close();
    }
  };

  it('answers like memory to whatever people do', async () => {
    const asked = {
      lanes: ['ann', 'ben', 'sue', 'cal'].map((person) => ({ device: 'desk', person })),
      commandIds: worldIds(40),
    };
    const property = fc.asyncProperty(fc.array(eventArb, { minLength: 5, maxLength: 30 }), (events) =>
      side(async (sql, memory) => {
        for (const world of [sql, memory]) {
          await openSome(world);
          for (const event of events) await happen(world, event);
        }
        expect(await dumpOf(sql.log, asked)).toEqual(await dumpOf(memory.log, asked));
      }),
    );
    await holdsInTime(`people, ${name}`, property, runs);
  });

  it('answers like memory to whatever devices send', async () => {
    const asked = { lanes: LANES, commandIds: [...IDS, 'none'] };
    const batches = fc.array(fc.array(pushArb, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 });
    const property = fc.asyncProperty(batches, (sent) =>
      side(async (sql, memory) => {
        for (const [at, pushes] of sent.entries()) {
          const context = { zone: 'UTC', now: MONDAY_9 + at };
          const [own, other] = [await push(sql.log, pushes, context), await push(memory.log, pushes, context)];
          expect(own.answers).toEqual(other.answers);
          expect(own.head.seq).toBe(other.head.seq);
        }
        expect(await dumpOf(sql.log, asked)).toEqual(await dumpOf(memory.log, asked));
      }),
    );
    await holdsInTime(`devices, ${name}`, property, runs);
  });
}

describe('a log on PGlite', () => sameAsMemory('PGlite', emptyLogs(embedded), 12));

const postgres = findPostgres();
describe.skipIf(postgres === null)('a log on PostgreSQL', () => {
  const cluster = clusterOf(postgres ?? '');
  sameAsMemory('PostgreSQL', emptyLogs(ownDatabase(cluster)), 8);
});
