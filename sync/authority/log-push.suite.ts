import { describe, expect, it } from 'vitest';
import { World } from './log-world.suite.ts';
import { push } from './push.ts';
import type { MakeLog } from './shared-log.suite.ts';

const least = (incidentId: string) => ({ incidentId, shortDescription: 'x', channel: 'phone', impact: 3, urgency: 3 });
const NOTHING = { incidentId: 'none' };

/** Outcomes are kept (SPEC 1), on any log. */
export function pushSuite(name: string, make: MakeLog): void {
  describe(`a push to ${name}`, () => {
    const staffed = async () => World.staffed(await make());
    const end = (world: World) => world.log.read(async ({ head }) => head.seq);
    const expected = (world: World, person: string, device = 'desk') =>
      world.log.read((reader) => reader.expected({ device, person }));

    it('SPEC 1.1: judges the next place of a lane and keeps its outcome', async () => {
      const world = await staffed();
      const start = await end(world);
      const result = await world.send('ann', 'incident.record', least('one'));
      expect(result).toMatchObject({ seq: 1, status: 'accepted', decidedAt: start + 1, number: 'INC0000001' });
      expect(await world.row('one')).toMatchObject({ number: 'INC0000001', openedById: 'ann', throughSeq: start + 1 });
      expect([await end(world), await expected(world, 'ann'), await expected(world, 'ben')]).toEqual([start + 1, 2, 1]);
    });

    it('SPEC 1.2: lets a rejection take up its place, without a seq', async () => {
      const world = await staffed();
      const start = await end(world);
      const refused = await world.send('ann', 'incident.start', NOTHING);
      expect(refused).toMatchObject({ seq: 1, status: 'rejected', decidedAt: start, refusal: { code: 'notFound' } });
      expect(await world.send('ann', 'incident.record', least('one'))).toMatchObject({ seq: 2, status: 'accepted' });
      expect(await end(world)).toBe(start + 1);
    });

    it('SPEC 1.3: answers already, with the outcome of then', async () => {
      const world = await staffed();
      const commands = [
        world.command('ann', 'incident.start', NOTHING),
        world.command('ann', 'incident.record', least('one')),
      ];
      const first = (await world.push('ann', commands)).answers[0];
      const again = (await world.push('ann', commands)).answers[0];
      expect(first?.results.map(({ status }) => status)).toEqual(['rejected', 'accepted']);
      const told = first?.results.map(({ status, ...rest }) => ({ ...rest, status: 'already', outcome: status }));
      expect(again).toEqual({ expected: 3, results: told });
      expect((await world.rows()).length).toBe(1);
    });

    it('SPEC 1.4: answers gap beyond the next place, and keeps nothing of it', async () => {
      const world = await staffed();
      const before = await end(world);
      const command = world.command('ann', 'incident.record', least('one'), { seq: 2 });
      const { answers } = await world.push('ann', [command]);
      expect(answers).toEqual([{ expected: 1, results: [{ seq: 2, commandId: command.id, status: 'gap' }] }]);
      expect([await end(world), (await world.rows()).length]).toEqual([before, 0]);
      const filled = await world.push('ann', [world.command('ann', 'incident.record', least('two')), command]);
      expect(filled.answers[0]?.results.map(({ status }) => status)).toEqual(['accepted', 'accepted']);
    });

    it('SPEC 1.5: answers fork for another command at a decided place, and keeps nothing of it', async () => {
      const world = await staffed();
      await world.opened('one');
      const other = world.command('ann', 'incident.record', least('two'), { seq: 1 });
      const { answers } = await world.push('ann', [other]);
      expect(answers).toEqual([{ expected: 2, results: [{ seq: 1, commandId: other.id, status: 'fork' }] }]);
      expect((await world.rows()).map(({ id }) => id)).toEqual(['one']);
    });

    it('SPEC 1.6: applies a command once that comes in another lane of its person', async () => {
      const world = await staffed();
      const command = world.command('ann', 'incident.record', least('one'));
      await world.push('ann', [command]);
      const before = await end(world);
      const moved = await world.push('ann', [{ ...command, seq: 1 }], 'another');
      expect(moved.answers[0]).toMatchObject({ expected: 2, results: [{ status: 'already', outcome: 'accepted' }] });
      const again = await world.push('ann', [{ ...command, seq: 1 }], 'another');
      expect(again.answers).toEqual(moved.answers);
      const stolen = await world.push('ben', [{ ...command, seq: 1 }]);
      expect(stolen.answers[0]?.results[0]).toMatchObject({
        outcome: 'rejected',
        number: null,
        refusal: { code: 'alreadyExists' },
      });
      expect([await end(world), (await world.rows()).length]).toEqual([before, 1]);
    });

    it('SPEC 1.7: skips a place that its device can read no more, and goes on behind it', async () => {
      const world = await staffed();
      const skip = { seq: 1, id: 'lost', skip: true } as const;
      const next = world.command('ann', 'incident.record', least('one'), { seq: 2 });
      const sending = () =>
        push(world.log, [{ device: 'desk', person: 'ann', commands: [skip, next] }], { zone: 'UTC', now: world.now });
      expect((await sending()).answers[0]?.results.map(({ status }) => status)).toEqual(['skipped', 'accepted']);
      const again = (await sending()).answers[0]?.results;
      expect(again?.map(({ status, outcome }) => [status, outcome])).toEqual([
        ['already', 'skipped'],
        ['already', 'accepted'],
      ]);
    });

    it('SPEC 3.1: judges what comes together in order, each on what those before it did', async () => {
      const world = await staffed();
      const start = await end(world);
      const pushed = await push(
        world.log,
        [
          { device: 'desk', person: 'ann', commands: [world.command('ann', 'incident.record', least('one'))] },
          { device: 'desk', person: 'tom', commands: [world.command('tom', 'incident.start', { incidentId: 'one' })] },
          { device: 'desk', person: 'cal', commands: [world.command('cal', 'incident.start', { incidentId: 'one' })] },
        ],
        { zone: 'UTC', now: world.now },
      );
      const results = pushed.answers.map((answer) => answer.results[0]);
      expect(results.map((result) => [result?.status, result?.decidedAt])).toEqual([
        ['accepted', start + 1],
        ['accepted', start + 2],
        ['rejected', start + 2],
      ]);
      expect(pushed.head.seq).toBe(start + 2);
      expect(await world.row('one')).toMatchObject({ state: 'inProgress', assignedToId: 'tom', throughSeq: start + 2 });
    });

    it('undoes by the log what an earlier push did', async () => {
      const world = await staffed();
      await world.opened('one');
      const assigned = await world.accepted('ann', 'incident.assign', { incidentId: 'one', assignedToId: 'ann' });
      await world.accepted('ann', 'command.undo', { commandId: assigned.commandId });
      expect((await world.row('one')).assignedToId).toBeNull();
    });
  });
}
