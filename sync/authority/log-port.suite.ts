import { describe, expect, it } from 'vitest';
import type { Activity } from '#domain/activity/activity.ts';
import { SYSTEM_ACTOR } from '#domain/activity/activity.ts';
import { person } from '#domain/command/memory-desk.suite.ts';
import { World } from './log-world.suite.ts';
import { push } from './push.ts';
import type { MakeLog } from './shared-log.suite.ts';
import type { LogReader } from './shared-log.ts';

const seqs = (activities: readonly Activity[]) => activities.map(({ seq }) => seq);

/** The port by itself: what push and pull rely on. */
export function portSuite(name: string, make: MakeLog): void {
  describe(`the port on ${name}`, () => {
    const staffed = async () => World.staffed(await make());
    const read = <T>(world: World, look: (reader: LogReader) => Promise<T>) => world.log.read(look);

    it('is empty at first: end 0, every lane at 1, nobody, no matrix', async () => {
      const log = await make();
      const found = await log.read(async (reader) => ({
        seq: reader.head.seq,
        expected: await reader.expected({ device: 'd', person: 'p' }),
        first: await reader.activityIdAt(0),
        activities: await reader.activitiesAfter(0, 10, 10),
        rows: await reader.incidentsBefore(null, 10),
        count: await reader.incidentCount(),
        nobody: await reader.person('p'),
        records: await reader.records(),
        matrix: await reader.matrix(),
        none: [(await reader.incidents(['x'])).size, (await reader.timelines(['x'])).size],
      }));
      expect(found).toEqual({
        seq: 0,
        expected: 1,
        first: null,
        activities: [],
        rows: [],
        count: 0,
        nobody: null,
        records: [],
        matrix: null,
        none: [0, 0],
      });
      expect(await log.read(async ({ head }) => head.epoch)).toBe(await log.read(async ({ head }) => head.epoch));
    });

    it('SPEC 3.2: keeps nothing when the work of a push throws, and goes on after it', async () => {
      const world = await staffed();
      await world.opened('some');
      const row = { ...(await world.row('some')), id: 'half' };
      const before = await read(world, async ({ head }) => head);
      const broken = world.log.push(async (transaction) => {
        const head = transaction.head.seq + 1;
        const lanes = [{ device: 'd', person: 'p', expected: 9 }];
        await transaction.write({
          head,
          decided: [],
          lanes,
          activities: [],
          effects: { incidents: [row], records: [], matrix: null },
        });
        throw new Error('the power went');
      });
      await expect(broken).rejects.toThrow('the power went');
      const after = await read(world, async (reader) => ({
        head: reader.head,
        half: (await reader.incidents(['half'])).size,
        expected: await reader.expected({ device: 'd', person: 'p' }),
      }));
      expect(after).toEqual({ head: before, half: 0, expected: 1 });
      expect((await world.send('ann', 'incident.record', least('after'))).status).toBe('accepted');
    });

    const least = (incidentId: string) => ({
      incidentId,
      shortDescription: 'x',
      channel: 'phone',
      impact: 3,
      urgency: 3,
    });

    it('reads one state of the log for as long as a read lasts', async () => {
      const world = await staffed();
      await world.opened('first');
      let meanwhile: Promise<unknown> = Promise.resolve();
      const seen = await read(world, async (reader) => {
        const { head } = reader;
        const earlier = await reader.incidentCount();
        meanwhile = world.opened('meanwhile');
        // It may have to wait for the read to end.
        await Promise.race([meanwhile, new Promise((resolve) => setTimeout(resolve, 50))]);
        const ids = (await reader.incidentsBefore(null, 10)).map(({ key }) => key.id);
        return { earlier, ids, end: head.seq, last: (await reader.activitiesAfter(head.seq, head.seq + 9, 9)).length };
      });
      expect(seen).toMatchObject({ earlier: 1, ids: ['first'], last: 0 });
      await meanwhile;
      expect((await world.rows()).map(({ id }) => id)).toEqual(['meanwhile', 'first']);
    });

    it('SPEC 3.1: lets pushes that come together follow each other, each seq one command', async () => {
      const world = await staffed();
      const start = (await read(world, async ({ head }) => head)).seq;
      const sending = Array.from({ length: 12 }, (_, i) =>
        world.send('ann', 'incident.record', least(`i${i}`), { device: `d${i}`, seq: 1 }),
      );
      const decidedAt = (await Promise.all(sending)).map((result) => result.decidedAt ?? 0).toSorted((a, b) => a - b);
      expect(decidedAt).toEqual(decidedAt.map((_, i) => start + 1 + i));
      const numbers = (await world.rows()).map(({ number }) => number);
      expect(new Set(numbers).size).toBe(12);
    });

    it('hands activities out in log order, whole commands, and no more than about as many as asked', async () => {
      const world = await staffed();
      const start = (await read(world, async ({ head }) => head)).seq;
      const newCaller = { personId: 'new', name: 'New Caller', phone: null };
      const resolve = { resolutionCode: 'solutionProvided' as const, resolutionNotes: 'done' };
      await world.opened('three', { newCaller, resolve });
      await world.opened('one');
      await world.note('ann', 'one', 'n1');
      const between = (afterSeq: number, throughSeq: number, limit: number) =>
        read(world, (reader) => reader.activitiesAfter(afterSeq, throughSeq, limit));
      const all = await between(start, start + 99, 100);
      expect(seqs(all)).toEqual([1, 1, 1, 2, 3].map((n) => start + n));
      expect(all.slice(0, 3).map(({ cause }) => cause?.index)).toEqual([0, 1, 2]);
      expect(all.every(({ syncedAt }) => syncedAt === world.now)).toBe(true);
      expect(seqs(await between(start, start + 99, 1))).toEqual([1, 1, 1].map((n) => start + n));
      expect(seqs(await between(start, start + 2, 100))).toEqual([1, 1, 1, 2].map((n) => start + n));
      expect(await between(start + 3, start + 99, 100)).toEqual([]);
      expect(await read(world, (reader) => reader.activityIdAt(start + 1))).toBe(all[0]?.id);
      expect(await read(world, (reader) => reader.activityIdAt(start + 9))).toBeNull();
      const timelines = await read(world, (reader) => reader.timelines(['one', 'three', 'none']));
      expect([...timelines.keys()].toSorted()).toEqual(['one', 'three']);
      expect(timelines.get('one')).toEqual(all.slice(3));
    });

    it('lists rows newest first by what made them, whatever is done to them later', async () => {
      const world = await staffed();
      await world.opened('b', { callerId: 'cal' });
      await push(
        world.log,
        [
          {
            device: 'batch',
            person: 'ann',
            commands: ['a', 'c'].map((id, i) => world.command('ann', 'incident.record', least(id), { seq: i + 1 })),
          },
        ],
        { zone: 'UTC', now: world.now },
      );
      await world.opened('d', { affectedId: 'cal', resolve: { resolutionCode: 'knownError', resolutionNotes: 'x' } });
      const ids = (list: readonly { readonly key: { readonly id: string } }[]) => list.map(({ key }) => key.id);
      const list = await read(world, (reader) => reader.incidentsBefore(null, 10));
      expect(ids(list)).toEqual(['d', 'c', 'a', 'b']);
      await world.note('ann', 'b', 'n');
      const again = await read(world, (reader) => reader.incidentsBefore(null, 10));
      expect(again.map(({ key }) => key)).toEqual(list.map(({ key }) => key));
      expect(again.at(-1)?.incident.counts.notes).toBe(1);
      const later = await read(world, (reader) => reader.incidentsBefore(list[1]?.key ?? null, 1));
      expect(ids(later)).toEqual(['a']);
      const endless = await read(world, (reader) =>
        reader.incidentsBefore({ firstSeq: reader.head.seq + 1, id: '' }, 9),
      );
      expect(ids(endless)).toEqual(['d', 'c', 'a', 'b']);
      const filtered = await read(world, async (reader) => ({
        own: ids(await reader.incidentsBefore(null, 10, { concerning: 'cal' })),
        count: [await reader.incidentCount(), await reader.incidentCount({ concerning: 'cal' })],
        open: ids(await reader.incidentsBefore(null, 10, { openOrAfter: reader.head.seq })),
        both: ids(await reader.incidentsBefore(null, 10, { concerning: 'cal', openOrAfter: reader.head.seq - 2 })),
      }));
      expect(filtered).toEqual({ own: ['d', 'b'], count: [4, 2], open: ['c', 'a', 'b'], both: ['d', 'b'] });
    });

    it('has directory and matrix as they are now, each with the seq that made it so', async () => {
      const world = await staffed();
      const saved = await world.accepted(SYSTEM_ACTOR, 'directory.save', { kind: 'person', record: person('zoe') });
      const matrix = [
        [1, 1, 2],
        [1, 2, 3],
        [2, 3, 4],
      ] as const;
      const set = await world.accepted(SYSTEM_ACTOR, 'configuration.setMatrix', { matrix });
      const zoe = await world.accepted('adm', 'directory.save', {
        kind: 'person',
        record: person('zoe', { room: '7' }),
      });
      const found = await read(world, async (reader) => ({
        zoe: await reader.person('zoe'),
        listed: (await reader.records()).filter(({ record }) => record.id === 'zoe'),
        matrix: await reader.matrix(),
      }));
      expect(zoe.decidedAt).toBeGreaterThan(saved.decidedAt ?? 0);
      const now = person('zoe', { room: '7' });
      expect(found).toEqual({
        zoe: now,
        listed: [{ kind: 'person', seq: zoe.decidedAt, record: now }],
        matrix: { seq: set.decidedAt, value: matrix },
      });
    });
  });
}
