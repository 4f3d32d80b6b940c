import { describe, expect, it } from 'vitest';
import type { Scope } from '#contracts/sync/scope.ts';
import { Replica } from './log-replica.suite.ts';
import { World } from './log-world.suite.ts';
import { incidentOfNumber, sizeOfScope } from './pull.ts';
import type { MakeLog } from './shared-log.suite.ts';

const DAY = 86_400_000;
const OF_MAIL: Scope = { teamIds: ['mail'], siteIds: [], closedFor: null };
const LATELY: Scope = { teamIds: [], siteIds: [], closedFor: 90 };

/** What a device keeps of a view (SPEC 8.7 to 8.9), on any log. */
export function scopeSuite(name: string, make: MakeLog): void {
  describe(`a device that keeps a part of ${name}`, () => {
    const staffed = async () => World.staffed(await make());
    const held = (desk: Replica) => [...desk.rows.keys()].toSorted();
    const given = async (world: World, scope: Scope, person = 'sue', beside: readonly string[] = []) =>
      new Replica(person, { scope, beside }).catchUp(world);
    const transfer = (world: World, incidentId: string, assignmentGroupId: string) =>
      world.accepted('ann', 'incident.transfer', { incidentId, assignmentGroupId, note: 'yours' });

    it('SPEC 8.7: gets the incidents of its teams, those at its sites, and those that concern its person', async () => {
      const world = await staffed();
      await world.accepted('adm', 'directory.save', {
        kind: 'site',
        record: { id: 'berlin', name: 'Berlin', active: true, source: null },
      });
      await world.opened('of mail', { assignmentGroupId: 'mail' });
      await world.opened('of net', { assignmentGroupId: 'net' });
      await world.opened('of net in berlin', { assignmentGroupId: 'net', siteId: 'berlin' });
      await world.opened('for sue', { assignmentGroupId: 'net', affectedId: 'sue' });
      await world.opened('by sue', { assignmentGroupId: 'net' }, 'sue');
      await world.opened('watched', { assignmentGroupId: 'net' });
      await world.accepted('ann', 'incident.update', {
        incidentId: 'watched',
        changes: { watcherIds: { from: [], to: ['sue'] } },
      });
      const concerning = ['by sue', 'for sue', 'watched'];
      expect(held(await given(world, OF_MAIL))).toEqual([...concerning, 'of mail'].toSorted());
      const inBerlin = { ...OF_MAIL, siteIds: ['berlin'] };
      expect(held(await given(world, inBerlin))).toEqual([...concerning, 'of mail', 'of net in berlin'].toSorted());
      expect(held(await given(world, { teamIds: [], siteIds: [], closedFor: null }))).toHaveLength(6);
    });

    it('SPEC 8.7: gets what is open, and what changed lately', async () => {
      const world = await staffed();
      for (const id of ['open', 'closed', 'closed again']) await world.opened(id);
      const resolve = (incidentId: string) =>
        world.accepted('ann', 'incident.cancel', { incidentId, reason: 'recordedInError' });
      for (const id of ['closed', 'closed again']) await resolve(id);
      world.now += 80 * DAY;
      await world.note('ann', 'closed again', 'n1');
      world.now += 20 * DAY;
      const desk = await given(world, LATELY);
      expect(held(desk)).toEqual(['closed again', 'open']);
      await world.note('ann', 'closed', 'n2');
      const page = await desk.pull(world);
      expect([held(desk), page.whole]).toEqual([['closed', 'closed again', 'open'], ['closed']]);
      expect(desk.timeline('closed')).toHaveLength(3);
    });

    it('SPEC 8.7: gets what comes into it whole, hears what leaves it, and nothing of the rest', async () => {
      const world = await staffed();
      await world.opened('one', { assignmentGroupId: 'net' });
      const desk = await given(world, OF_MAIL);
      await world.note('ann', 'one', 'n1');
      expect(await desk.pull(world)).toMatchObject({ incidents: [], activities: [], removed: [] });
      await transfer(world, 'one', 'mail');
      expect(await desk.pull(world)).toMatchObject({ incidents: [{ id: 'one' }], whole: ['one'], removed: [] });
      expect(desk.timeline('one')).toHaveLength(3);
      await transfer(world, 'one', 'net');
      expect(await desk.pull(world)).toMatchObject({ incidents: [], activities: [], removed: ['one'] });
    });

    it('SPEC 8.7: loads anew when it chooses another part, and keeps each person’s own', async () => {
      const world = await staffed();
      await world.opened('of mail', { assignmentGroupId: 'mail' });
      await world.opened('of net', { assignmentGroupId: 'net' });
      const desk = await given(world, OF_MAIL);
      expect(held(desk)).toEqual(['of mail']);
      desk.keeps = { scope: { ...OF_MAIL, teamIds: ['net'] } };
      expect([(await desk.pull(world)).begins, held(await desk.catchUp(world))]).toEqual([true, ['of net']]);
      desk.keeps = {};
      expect([(await desk.pull(world)).begins, held(await desk.catchUp(world))]).toEqual([true, ['of mail', 'of net']]);
      // Both see all that the desk has, but not the same concerns them.
      const { cursor } = await given(world, OF_MAIL);
      expect((await world.page('adm', cursor, 100, { scope: OF_MAIL })).begins).toBe(true);
      // The order in which teams are named is nothing.
      const both = await given(world, { ...OF_MAIL, teamIds: ['mail', 'net'] });
      both.keeps = { scope: { ...OF_MAIL, teamIds: ['net', 'mail'] } };
      expect((await both.pull(world)).begins).toBe(false);
    });

    it('SPEC 8.7: has no say in what a requester gets', async () => {
      const world = await staffed();
      await world.opened('one', { assignmentGroupId: 'net', callerId: 'cal' });
      const desk = await given(world, OF_MAIL, 'cal', ['none']);
      expect(held(desk)).toEqual(['one']);
      desk.keeps = {};
      expect((await desk.pull(world)).begins).toBe(false);
    });

    it('SPEC 8.8: keeps what it names beside, up to date, until it names it no more', async () => {
      const world = await staffed();
      await world.opened('one', { assignmentGroupId: 'net' });
      await world.note('ann', 'one', 'n1');
      const desk = await given(world, OF_MAIL);
      desk.keeps = { scope: OF_MAIL, beside: ['one'] };
      expect(await desk.pull(world)).toMatchObject({ begins: false, incidents: [{ id: 'one' }], whole: ['one'] });
      await world.note('ann', 'one', 'n2');
      expect(await desk.pull(world)).toMatchObject({
        incidents: [{ id: 'one' }],
        activities: [{ seq: 14 }],
        whole: [],
      });
      expect(await desk.pull(world)).toMatchObject({ incidents: [], activities: [] });
      expect(held(await given(world, OF_MAIL, 'sue', ['one']))).toEqual(['one']);
      desk.keeps = { scope: OF_MAIL };
      expect(await desk.pull(world)).toMatchObject({ begins: false, incidents: [], removed: ['one'] });
      expect(await desk.pull(world)).toMatchObject({ removed: [] });
    });

    it('SPEC 8.8: loses nothing that is in its scope when it names it beside no more', async () => {
      const world = await staffed();
      await world.opened('one', { assignmentGroupId: 'mail' });
      const desk = await given(world, OF_MAIL, 'sue', ['one']);
      desk.keeps = { scope: OF_MAIL };
      expect(await desk.pull(world)).toMatchObject({ removed: [] });
      // Named again, it is not sent again.
      desk.keeps = { scope: OF_MAIL, beside: ['one'] };
      expect(await desk.pull(world)).toMatchObject({ incidents: [], activities: [] });
    });

    it('SPEC 8.8: learns nothing by naming what its person may not read', async () => {
      const world = await staffed();
      await world.opened('secret', { assignmentGroupId: 'net', confidential: true });
      const desk = await given(world, OF_MAIL, 'ben', ['secret', 'none']);
      expect(held(desk)).toEqual([]);
      await world.note('ann', 'secret', 'n1');
      expect(JSON.stringify(await desk.pull(world))).not.toContain('secret');
      desk.keeps = { scope: OF_MAIL };
      expect(JSON.stringify(await desk.pull(world))).not.toContain('secret');
    });

    it('SPEC 8.9: goes on from a fixed day, and loads anew before it has gathered a month more', async () => {
      const world = await staffed();
      await world.opened('one');
      await world.accepted('ann', 'incident.cancel', { incidentId: 'one', reason: 'recordedInError' });
      world.now += 80 * DAY;
      const desk = await given(world, LATELY);
      world.now += 25 * DAY;
      expect([(await desk.pull(world)).begins, held(desk)]).toEqual([false, ['one']]);
      world.now += 10 * DAY;
      expect([(await desk.pull(world)).begins, held(await desk.catchUp(world))]).toEqual([true, []]);
      // The clock of the server was ahead, and is right again.
      world.now -= 80 * DAY;
      expect([(await desk.pull(world)).begins, held(await desk.catchUp(world))]).toEqual([true, ['one']]);
    });

    it('SPEC 8.7: hears what leaves it by the age that a slow clock gives it, though other reasons follow', async () => {
      const world = await staffed();
      await world.opened('one', { assignmentGroupId: 'net', assignedToId: 'ann' });
      const watchers = (from: string[], to: string[]) =>
        world.accepted('ann', 'incident.update', { incidentId: 'one', changes: { watcherIds: { from, to } } });
      await watchers([], ['sue']);
      const desk = await given(world, { ...OF_MAIL, closedFor: 1 });
      expect(held(desk)).toEqual(['one']);
      world.now -= 3 * DAY;
      const resolution = { resolutionCode: 'knownError', resolutionNotes: 'paper' } as const;
      await world.accepted('ann', 'incident.resolve', { incidentId: 'one', ...resolution });
      world.now += 3 * DAY;
      await watchers(['sue'], []);
      await desk.catchUp(world, 1);
      expect(held(desk)).toEqual([]);
    });

    it('SPEC 8.9: says before how many incidents it would be', async () => {
      const world = await staffed();
      await world.opened('of mail', { assignmentGroupId: 'mail' });
      await world.opened('of net', { assignmentGroupId: 'net' });
      await world.opened('closed', { assignmentGroupId: 'net' });
      await world.accepted('ann', 'incident.cancel', { incidentId: 'closed', reason: 'recordedInError' });
      world.now += 100 * DAY;
      const size = (person: string, scope: Scope | null = null) => sizeOfScope(world.log, { person }, scope, world.now);
      expect(await Promise.all([size('sue'), size('sue', OF_MAIL), size('sue', LATELY)])).toEqual([3, 1, 2]);
      expect(await Promise.all([size('ann', OF_MAIL), size('cal'), size('stranger')])).toEqual([3, 0, 0]);
    });

    it('SPEC 7.10: does not count what its person may not read, neither before it is chosen nor while it comes', async () => {
      const world = await staffed();
      await world.opened('of net', { assignmentGroupId: 'net' });
      await world.opened('secret', { assignmentGroupId: 'net', confidential: true });
      await world.opened('of mail', { assignmentGroupId: 'mail', confidential: true });
      const both = { ...OF_MAIL, teamIds: ['net', 'mail'] };
      const people = ['vic', 'ben', 'ann', 'sue'];
      const sizes = people.map((person) => sizeOfScope(world.log, { person }, both, world.now));
      expect(await Promise.all(sizes)).toEqual([1, 2, 2, 3]);
      const pages = people.map((person) => world.page(person, '', 1, { scope: both }));
      expect((await Promise.all(pages)).map(({ loading }) => loading)).toEqual(
        [1, 2, 2, 3].map((total) => ({ done: 1, total })),
      );
    });

    it('SPEC 7.7: finds an incident by its number, in whatever way it is written, for whom may read it', async () => {
      const world = await staffed();
      await world.opened('one', { assignmentGroupId: 'net', confidential: true, callerId: 'cal' });
      const { number } = await world.row('one');
      const asked = (person: string, text = number) => incidentOfNumber(world.log, { person }, text);
      expect(await Promise.all([asked('ann'), asked('cal'), asked('sue', number.toLowerCase())])).toEqual(
        Array(3).fill('one'),
      );
      expect(await Promise.all([asked('ben'), asked('stranger'), asked('sue', 'INC9999999')])).toEqual(
        Array(3).fill(null),
      );
    });
  });
}
