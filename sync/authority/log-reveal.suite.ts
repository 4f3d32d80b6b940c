import { describe, expect, it } from 'vitest';
import { MINUTE } from '#domain/command/memory-desk.suite.ts';
import { Replica } from './log-replica.suite.ts';
import { INTERNAL, World } from './log-world.suite.ts';
import type { MakeLog } from './shared-log.suite.ts';

/** What of an incident and of the directory each role gets to see (SPEC 7.4, 7.5), on any log. */
export function revealSuite(name: string, make: MakeLog): void {
  describe(`what ${name} reveals`, () => {
    const staffed = async () => World.staffed(await make());
    const desk = (world: World, person: string) => new Replica(person).catchUp(world);

    it('SPEC 7.4: shows a requester their incident without the desk’s fields, and only what was said to them', async () => {
      const world = await staffed();
      await world.opened('own', {
        callerId: 'cal',
        assignmentGroupId: 'net',
        assignedToId: 'ann',
        tags: [`${INTERNAL}tag`],
        location: { room: '12', accessNotes: `${INTERNAL}key` },
      });
      await world.opened('other', { callerId: 'cat' });
      await world.note('ann', 'own', 'n1');
      const late = { occurredAt: world.now, lateReason: `${INTERNAL}forgot` };
      world.now += MINUTE;
      await world.accepted(
        'ann',
        'incident.reply',
        { incidentId: 'own', entryId: 'r1', body: 'Hello', releaseAt: 0 },
        late,
      );
      const vendor = { name: `${INTERNAL}vendor`, reference: null };
      await world.accepted('ann', 'incident.hold', { incidentId: 'own', reason: 'awaitingVendor', vendor });
      await world.accepted('ann', 'incident.prioritise', {
        incidentId: 'own',
        value: 1,
        why: `${INTERNAL}why`,
        mode: 'corrected',
      });
      world.now += MINUTE;
      const cal = await desk(world, 'cal');
      expect([...cal.rows.keys()]).toEqual(['own']);
      expect(cal.timeline('own').map(({ type, payload }) => [type, payload])).toEqual([
        ['incident.reply', { entryId: 'r1', body: 'Hello', releaseAt: expect.any(Number) }],
      ]);
      const resolved = {
        incidentId: 'own',
        resolutionCode: 'knownError',
        resolutionNotes: `${INTERNAL}n`,
        confirmedBy: `${INTERNAL}c`,
      } as const;
      await world.accepted('ann', 'incident.resolve', resolved);
      await cal.catchUp(world);
      expect(cal.rows.get('own')).toMatchObject({
        state: 'resolved',
        priority: 1,
        override: null,
        assignedToId: null,
        location: { room: '12' },
      });
      expect(JSON.stringify([cal.held, cal.timeline('own')])).not.toContain(INTERNAL);
    });

    it('SPEC 7.4: keeps a reply back until its release, and for good once it was withdrawn', async () => {
      const world = await staffed();
      await world.opened('own', { callerId: 'cal' });
      const cal = await desk(world, 'cal');
      const reply = (entryId: string) =>
        world.accepted('ann', 'incident.reply', {
          incidentId: 'own',
          entryId,
          body: entryId,
          releaseAt: world.now + MINUTE,
        });
      await reply('stays');
      const { commandId } = await reply('withdrawn');
      const atOnce = [await cal.pull(world), await world.page('cal', '')];
      expect(atOnce.map(({ activities }) => activities)).toEqual([[], []]);
      await world.accepted('ann', 'command.undo', { commandId });
      await cal.pull(world);
      expect(cal.timeline('own')).toEqual([]);
      world.now += 2 * MINUTE;
      await cal.pull(world);
      expect(cal.timeline('own').map(({ payload }) => payload)).toMatchObject([{ entryId: 'stays' }]);
      expect(await cal.pull(world)).toMatchObject({ incidents: [], activities: [] });
    });

    it('SPEC 7.4: brings a reply that was released while the first load went on', async () => {
      const world = await staffed();
      await world.opened('own', { callerId: 'cal' });
      const releaseAt = world.now + MINUTE;
      await world.accepted('ann', 'incident.reply', { incidentId: 'own', entryId: 'r1', body: 'Hello', releaseAt });
      const cal = new Replica('cal');
      for (let pages = 0; pages < 2; pages++) expect((await cal.pull(world, 1)).activities).toEqual([]);
      world.now += 2 * MINUTE;
      await cal.catchUp(world, 1);
      expect(cal.timeline('own')).toMatchObject([{ payload: { entryId: 'r1' } }]);
    });

    it('SPEC 7.4: shows a requester the files that are for them, and that one was taken off again', async () => {
      const world = await staffed();
      await world.opened('own', { callerId: 'cal' });
      const attach = (attachmentId: string, visibility: 'internal' | 'public') =>
        world.accepted('ann', 'incident.attach', {
          incidentId: 'own',
          attachmentId,
          sha256: 'ab'.repeat(32),
          name: visibility === 'internal' ? `${INTERNAL}log.txt` : 'how-to.pdf',
          bytes: 7,
          mediaType: 'application/pdf',
          visibility,
        });
      await attach('desk', 'internal');
      await attach('caller', 'public');
      await world.accepted('ann', 'incident.detach', { incidentId: 'own', attachmentId: 'desk' });
      await world.accepted('ann', 'incident.detach', { incidentId: 'own', attachmentId: 'caller' });
      const cal = await desk(world, 'cal');
      const payload = {
        attachmentId: 'caller',
        sha256: 'ab'.repeat(32),
        name: 'how-to.pdf',
        bytes: 7,
        mediaType: 'application/pdf',
      };
      expect(cal.timeline('own').map((entry) => [entry.type, entry.payload])).toEqual([
        ['incident.attached', payload],
        ['incident.detached', { attachmentId: 'caller' }],
      ]);
      expect(JSON.stringify([cal.held, cal.timeline('own')])).not.toContain(INTERNAL);
    });

    it('SPEC 7.5: gives a requester themselves and names, a viewer no handling notes, and staff all', async () => {
      const world = await staffed();
      const of = async (person: string) => {
        const { records } = await world.page(person);
        const people = records.filter(({ kind }) => kind === 'person').map(({ record }) => record.id);
        return { people: people.length, all: records.length, notes: JSON.stringify(records).includes(INTERNAL) };
      };
      expect(await of('cal')).toEqual({ people: 1, all: 4, notes: false });
      expect(await of('vic')).toEqual({ people: 8, all: 11, notes: false });
      expect(await of('ann')).toEqual({ people: 8, all: 11, notes: true });
      expect(JSON.stringify(await world.page('cal'))).not.toContain('"assignmentGroupId":"net"');
    });
  });
}
