import { describe, expect, it } from 'vitest';
import { type Activity, SOURCE_ACTOR } from '#domain/activity/activity.ts';
import { Replica } from './log-replica.suite.ts';
import { World } from './log-world.suite.ts';
import { subject } from './pull.ts';
import type { MakeLog } from './shared-log.suite.ts';

const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id);
const confidential = (incidentId: string, to: boolean) => ({
  incidentId,
  changes: { confidential: { from: !to, to } },
});

/** What each person gets to see (SPEC 7), on any log. */
export function viewSuite(name: string, make: MakeLog): void {
  describe(`a view of ${name}`, () => {
    const staffed = async () => World.staffed(await make());
    const desk = (world: World, person: string) => new Replica(person).catchUp(world);

    it('SPEC 7.2: removes what leaves the view, and brings what enters it with its whole timeline', async () => {
      const world = await staffed();
      await world.opened('one', { assignmentGroupId: 'net' });
      await world.note('ann', 'one', 'n1');
      const ben = await desk(world, 'ben');
      expect(ben.timeline('one')).toHaveLength(2);
      await world.accepted('ann', 'incident.update', confidential('one', true));
      await world.note('ann', 'one', 'n2');
      expect(await ben.pull(world)).toMatchObject({ removed: ['one'], incidents: [], activities: [] });
      await world.note('ann', 'one', 'n3');
      expect(await ben.pull(world)).toMatchObject({ removed: [], incidents: [], activities: [] });
      await world.accepted('ann', 'incident.transfer', { incidentId: 'one', assignmentGroupId: 'mail', note: 'yours' });
      const page = await ben.pull(world);
      expect([ids(page.incidents), page.whole, page.activities.length]).toEqual([['one'], ['one'], 6]);
    });

    it('SPEC 7.2: brings the whole timeline also when the page ends before the row became readable to all', async () => {
      const world = await staffed();
      await world.opened('one', { assignmentGroupId: 'net', confidential: true });
      const ben = await desk(world, 'ben');
      await world.accepted('ann', 'incident.transfer', { incidentId: 'one', assignmentGroupId: 'mail', note: 'yours' });
      await world.accepted('sue', 'incident.update', confidential('one', false));
      await ben.catchUp(world, 1);
      expect([ben.whole.has('one'), ben.timeline('one').length]).toEqual([true, 3]);
    });

    it('SPEC 7.2: brings what an import tells like everything else, in the order told', async () => {
      const world = await staffed();
      const [ann, cal] = [await desk(world, 'ann'), await desk(world, 'cal')];
      const told = (id: string, changes: object): Activity => ({
        id,
        subject: { kind: 'incident', id: 'old' },
        type: 'incident.observed',
        payload: { source: 'uci', rowVersion: null, changes },
        actor: SOURCE_ACTOR,
        device: 'uci',
        seq: null,
        occurredAt: world.now,
        recordedAt: world.now,
        syncedAt: null,
        visibility: 'internal',
        origin: 'observed',
        cause: null,
      });
      const adopt = (...activities: Activity[]) =>
        world.accepted('sue', 'history.adopt', { subject: { kind: 'incident', id: 'old' }, source: 'uci', activities });
      const named = (from: string, to: string) => ({ shortDescription: { from, to } });
      await adopt(told('o3', named('', 'a')), told('o1', named('a', 'b')), told('o2', named('b', 'c')));
      expect(await ann.pull(world)).toMatchObject({
        whole: ['old'],
        incidents: [{ shortDescription: 'c' }],
        activities: [{ id: 'o3' }, { id: 'o1' }, { id: 'o2' }, { type: 'incident.numbered' }],
      });
      expect((await cal.pull(world)).incidents).toEqual([]);
      await adopt(told('o4', { callerId: { from: null, to: 'cal' } }));
      expect(await cal.pull(world)).toMatchObject({ whole: ['old'], incidents: [{ id: 'old' }], activities: [] });
    });

    it('SPEC 7.1: sends nothing of what may not be read any more, though the page ends before that', async () => {
      const world = await staffed();
      const ben = await desk(world, 'ben');
      await world.opened('one', { assignmentGroupId: 'net' });
      await world.note('ann', 'one', 'n1');
      await world.accepted('ann', 'incident.update', confidential('one', true));
      const pages = [await ben.pull(world, 1), await ben.pull(world, 1), await ben.pull(world, 1)];
      expect(pages.map(({ incidents, activities }) => [incidents, activities])).toEqual(Array(3).fill([[], []]));
      expect(pages.at(-1)?.more).toBe(false);
    });

    it('SPEC 7.2: tells nothing of an incident that was never in view', async () => {
      const world = await staffed();
      const [ben, cat] = [await desk(world, 'ben'), await desk(world, 'cat')];
      await world.opened('hidden', { assignmentGroupId: 'net', confidential: true, callerId: 'cal' });
      await world.note('ann', 'hidden', 'n1');
      for (const one of [ben, cat]) expect(JSON.stringify(await one.pull(world))).not.toContain('hidden');
      expect((await desk(world, 'sue')).timeline('hidden')).toHaveLength(2);
    });

    it('SPEC 7.3: begins anew when role, teams or activity of the person change, and drops what is not theirs', async () => {
      const world = await staffed();
      await world.opened('open', { callerId: 'cal' });
      await world.opened('secret', { assignmentGroupId: 'mail', confidential: true }, 'sue');
      const ann = await desk(world, 'ann');
      expect([...ann.rows.keys()]).toEqual(['open']);
      const changing = async (over: Parameters<World['changePerson']>[1]) => {
        await world.changePerson('ann', over);
        const page = await world.page('ann', ann.cursor);
        await ann.catchUp(world, 1);
        return [page.begins, [...ann.rows.keys()].toSorted(), ann.records.size > 1];
      };
      expect(await changing({ teamIds: ['mail'] })).toEqual([true, ['open', 'secret'], true]);
      expect(await changing({ room: '9' })).toEqual([false, ['open', 'secret'], true]);
      expect(await changing({ role: 'viewer', teamIds: [] })).toEqual([true, ['open'], true]);
      expect(await changing({ active: false })).toEqual([true, [], false]);
      expect(await changing({ active: true, role: 'supervisor' })).toEqual([true, ['open', 'secret'], true]);
    });

    it('SPEC 7.13: is the same for all who see all that the desk has, and nobody else’s', async () => {
      const world = await staffed();
      await world.opened('open', { callerId: 'cal' });
      await world.opened('secret', { assignmentGroupId: 'mail', confidential: true }, 'sue');
      const shared = await desk(world, 'sue');
      await world.note('ann', 'open', 'n1');
      const page = await world.page('adm', shared.cursor);
      expect([page.begins, ids(page.incidents), page.activities.length]).toEqual([false, ['open'], 1]);
      shared.apply(page);
      const fresh = await desk(world, 'adm');
      expect([shared.rows, shared.records, shared.timelines]).toEqual([fresh.rows, fresh.records, fresh.timelines]);
      // Ann and Tom are of one team, and still each may be named by something confidential.
      for (const [one, other] of [
        ['sue', 'ann'],
        ['ann', 'tom'],
        ['ann', 'sue'],
        ['vic', 'ann'],
        ['cal', 'cat'],
      ] as const) {
        const { cursor } = await desk(world, one);
        expect([one, other, (await world.page(other, cursor)).begins]).toEqual([one, other, true]);
      }
      // Whoever may see all no longer is not served by the cursor of when they might.
      await world.changePerson('sue', { role: 'agent' });
      expect((await world.page('sue', shared.cursor)).begins).toBe(true);
    });

    it('SPEC 7.6: shows nothing to nobody', async () => {
      const world = await staffed();
      await world.opened('one');
      const page = await world.page('stranger');
      expect(page).toMatchObject({ begins: true, ends: true, more: false, incidents: [], records: [], matrix: null });
      await world.opened('two');
      expect(await world.page('stranger', page.cursor)).toMatchObject({ begins: false, incidents: [], activities: [] });
    });

    it('SPEC 7.7: brings one incident with its whole timeline to whom may read it', async () => {
      const world = await staffed();
      await world.opened('one', { assignmentGroupId: 'net', confidential: true, callerId: 'cal' });
      await world.note('ann', 'one', 'n1');
      const asked = (person: string, id = 'one') => subject(world.log, { person }, id, world.now);
      expect(await asked('ann')).toMatchObject({ incident: { id: 'one' }, activities: [{ seq: 12 }, { seq: 13 }] });
      expect(await asked('cal')).toMatchObject({ incident: { id: 'one', counts: { notes: 0 } }, activities: [] });
      expect([await asked('ben'), await asked('stranger'), await asked('sue', 'none')]).toEqual([null, null, null]);
    });
  });
}
