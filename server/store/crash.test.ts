import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { PushResult, WireCommand } from '#contracts/sync/wire.ts';
import { World } from '#sync/authority/log-world.suite.ts';
import { push } from '#sync/authority/push.ts';
import type { SharedLog } from '#sync/authority/shared-log.ts';
import { StoreError } from './driver.ts';
import { findPostgres } from './testing/postgres.suite.ts';
import { clusterOf, opened } from './testing/stores.suite.ts';

const LANES = 8;
const KILLS = 3;

/** A desk that records one incident after the other, and sends each until it is answered. */
class Desk {
  readonly device: string;
  readonly answered: PushResult[] = [];
  failures = 0;
  private readonly log: SharedLog;
  private readonly world: World;

  constructor(log: SharedLog, world: World, device: string) {
    this.log = log;
    this.world = world;
    this.device = device;
  }

  async work(goesOn: () => boolean): Promise<void> {
    for (let seq = 1; goesOn(); seq += 1) {
      const least = {
        incidentId: `${this.device} ${seq}`,
        shortDescription: 'x',
        channel: 'phone',
        impact: 3,
        urgency: 3,
      };
      this.answered.push(await this.sent(this.world.command('ann', 'incident.record', least, { seq })));
    }
  }

  private async sent(command: WireCommand): Promise<PushResult> {
    for (;;) {
      try {
        const pushes = [{ device: this.device, person: 'ann', commands: [command] }];
        const { answers } = await push(this.log, pushes, { zone: 'UTC', now: this.world.now });
        const result = answers[0]?.results[0];
        if (result === undefined) throw new Error('a command has a result');
        return result;
      } catch (error) {
        // Nothing else may come of a database that is gone.
        if (!(error instanceof StoreError)) throw error;
        this.failures += 1;
        await pause(20);
      }
    }
  }
}

const postgres = findPostgres();
describe.skipIf(postgres === null)('a database that is killed', () => {
  const cluster = clusterOf(postgres ?? '');

  it('SPEC 3.5: has everything that was answered when it is back, once, and nothing by halves', async () => {
    const url = await cluster().database();
    const nodes = [await opened({ kind: 'postgres', url }), await opened({ kind: 'postgres', url })] as const;
    const world = await World.staffed(nodes[0].log);
    const start = await world.log.read(async ({ head }) => head.seq);
    const desks = Array.from({ length: LANES }, (_, at) => new Desk(nodes[at % 2 === 0 ? 0 : 1].log, world, `d${at}`));
    let goesOn = true;
    const working = desks.map((desk) => desk.work(() => goesOn));
    for (let kills = 0; kills < KILLS; kills += 1) {
      await pause(400 + 300 * Math.random());
      await cluster().kill();
      const before = desks.flatMap((desk) => desk.answered);
      await cluster().start();
      const there = new Map((await world.rows()).map(({ id, number }) => [id, number]));
      const numbers = new Set(there.values());
      expect(before.filter(({ number }) => !numbers.has(number ?? ''))).toEqual([]);
    }
    await pause(300);
    goesOn = false;
    await Promise.all(working);

    const answered = desks.flatMap((desk) => desk.answered);
    expect(desks.reduce((sum, desk) => sum + desk.failures, 0)).toBeGreaterThan(0);
    expect(answered.every(({ status, outcome }) => (outcome ?? status) === 'accepted')).toBe(true);
    const log = await world.log.read((reader) => reader.activitiesAfter(start, reader.head.seq, 1_000_000));
    expect(log.map(({ seq }) => (seq ?? 0) - start)).toEqual(answered.map((_, at) => at + 1));
    const decidedAt = answered.map((result) => (result.decidedAt ?? 0) - start);
    expect(decidedAt.toSorted((a, b) => a - b)).toEqual(answered.map((_, at) => at + 1));
    const bySeq = new Map(log.map((activity) => [activity.seq, activity.cause?.commandId]));
    for (const { decidedAt: seq, commandId } of answered) expect(bySeq.get(seq ?? 0)).toBe(commandId);
    const expected = await world.log.read((reader) =>
      Promise.all(desks.map(({ device }) => reader.expected({ device, person: 'ann' }))),
    );
    expect(expected).toEqual(desks.map((desk) => desk.answered.length + 1));
    expect(await world.rows()).toHaveLength(answered.length);
    await Promise.all(nodes.map((node) => node.close()));
  });
});
