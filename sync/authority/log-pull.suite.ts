import { describe, expect, it } from 'vitest';
import type { PullAnswer } from '#contracts/sync/wire.ts';
import { type Id, type Instant, SYSTEM_ACTOR } from '#domain/activity/activity.ts';
import { person } from '#domain/command/memory-desk.suite.ts';
import type { IncidentState } from '#domain/incident/incident.ts';
import { formatCursor, parseCursor } from './cursor.ts';
import { Replica } from './log-replica.suite.ts';
import { World } from './log-world.suite.ts';
import type { MakeLog } from './shared-log.suite.ts';

const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id);
const types = (page: PullAnswer) => page.activities.map(({ type }) => type.replace('incident.', ''));

/** Pulls and first loads (SPEC 5, 8), on any log. */
export function pullSuite(name: string, make: MakeLog): void {
  describe(`a pull from ${name}`, () => {
    const staffed = async () => World.staffed(await make());
    const desk = (world: World, person: string) => new Replica(person).catchUp(world);

    it('brings what happened since the cursor, and the next place of the lane', async () => {
      const world = await staffed();
      const ann = await desk(world, 'ann');
      await world.opened('one');
      const first = await ann.pull(world);
      expect(first).toMatchObject({
        begins: false,
        ends: false,
        more: false,
        loading: null,
        expected: 2,
        whole: ['one'],
      });
      expect([ids(first.incidents), types(first)]).toEqual([['one'], ['recorded']]);
      await world.note('ann', 'one', 'n1');
      await world.changePerson('ben', { room: '7' });
      const second = await ann.pull(world);
      expect([types(second), second.whole, second.incidents[0]?.counts.notes]).toEqual([['note'], [], 1]);
      expect(second.records).toEqual([
        { kind: 'person', seq: second.throughSeq, record: expect.objectContaining({ id: 'ben', room: '7' }) },
      ]);
      expect(await ann.pull(world)).toMatchObject({
        cursor: second.cursor,
        incidents: [],
        activities: [],
        records: [],
      });
    });

    it('SPEC 5.1: ends a page with a whole command, and brings the row as it is now', async () => {
      const world = await staffed();
      const ann = await desk(world, 'ann');
      await world.opened('one', { resolve: { resolutionCode: 'knownError', resolutionNotes: 'x' } });
      await world.note('ann', 'one', 'n1');
      const page = await ann.pull(world, 1);
      expect(page.more).toBe(true);
      expect(page.incidents[0]?.counts.notes).toBe(1);
      expect(await ann.pull(world, 1)).toMatchObject({ more: false, incidents: [{ id: 'one' }] });
      expect(ann.timeline('one').map(({ type }) => type)).toEqual([
        'incident.recorded',
        'incident.resolved',
        'incident.note',
      ]);
    });

    it('SPEC 5.1: counts what comes into view with its whole timeline, one incident at least', async () => {
      const world = await staffed();
      const incidents = ['one', 'two', 'three'];
      for (const id of incidents) {
        await world.opened(id, { assignmentGroupId: 'net', confidential: true });
        for (const entry of ['a', 'b', 'c', 'd']) await world.note('ann', id, `${id} ${entry}`);
      }
      const ben = await desk(world, 'ben');
      const changes = { confidential: { from: true, to: false } };
      for (const incidentId of incidents) await world.accepted('ann', 'incident.update', { incidentId, changes });
      const pages = [await ben.pull(world, 13), await ben.pull(world, 2)];
      expect(pages.map(({ whole, activities, more }) => [whole, activities.length, more])).toEqual([
        [['one', 'two'], 12, true],
        [['three'], 6, false],
      ]);
    });

    it('SPEC 5.2: gives the same page for the same cursor', async () => {
      const world = await staffed();
      for (const id of ['one', 'two', 'three']) await world.opened(id);
      let cursor = '';
      for (let pages = 0; pages < 20; pages++) {
        const page = await world.page('ann', cursor, 2);
        expect(await world.page('ann', cursor, 2)).toEqual(page);
        cursor = page.cursor;
      }
    });

    it('SPEC 5.3: begins anew for a cursor of another log, of a time that was lost, or that is none', async () => {
      const world = await staffed();
      await world.opened('one');
      const { cursor } = await desk(world, 'ann');
      const known = parseCursor(cursor);
      if (known === null) throw new Error('a cursor can be read');
      expect(await world.page('ann', cursor)).toMatchObject({ begins: false });
      const others = [
        formatCursor({ ...known, epoch: 'another' }),
        formatCursor({ ...known, mark: 'another' }),
        formatCursor({ ...known, mark: null }),
        formatCursor({ ...known, seq: known.seq + 1, mark: null }),
        '',
        '0',
        'no cursor',
        cursor.slice(1),
        `${cursor}A`,
      ];
      for (const other of others) expect(await world.page('ann', other)).toMatchObject({ begins: true, ends: true });
      const elsewhere = await World.staffed(await make());
      await elsewhere.opened('two');
      expect(ids((await elsewhere.page('ann', cursor)).incidents)).toEqual(['two']);
      expect((await world.page('ben', cursor)).begins).toBe(true);
    });
  });

  describe(`a first load from ${name}`, () => {
    const staffed = async () => World.staffed(await make());
    const old = async (world: World, id: string) => {
      await world.opened(id, { resolve: { resolutionCode: 'knownError', resolutionNotes: 'x' } });
      await world.accepted('ann', 'incident.close', { incidentId: id });
    };

    it('SPEC 8.2: brings matrix and directory, then rows newest first, then timelines of the open and recent', async () => {
      const world = await staffed();
      await old(world, 'old');
      for (const id of ['a', 'b']) await world.opened(id);
      await old(world, 'recent');
      world.recent = 1;
      const pages = [await world.page('ann', '', 2)];
      while (pages.at(-1)?.more) pages.push(await world.page('ann', pages.at(-1)?.cursor, 2));
      expect(pages.map(({ records, matrix }) => [records.length, matrix])).toEqual([
        [11, null],
        ...Array(pages.length - 1).fill([0, null]),
      ]);
      expect(pages.map(({ incidents }) => ids(incidents))).toEqual([
        ['recent', 'b'],
        ['a', 'old'],
        ['recent'],
        ['b', 'a'],
        [],
      ]);
      expect(pages.map(({ whole }) => whole)).toEqual([[], [], ['recent'], ['b', 'a'], []]);
      expect(pages.map(({ begins, ends }) => [begins, ends])).toEqual(
        pages.map((_, i) => [i === 0, i === pages.length - 1]),
      );
    });

    it('SPEC 8.2: takes an incident for recent by its own times, whenever the log heard of it', async () => {
      const world = await staffed();
      const month = 30 * 24 * 3_600_000;
      const adopted = async (id: Id, at: Instant, state: IncidentState) => {
        const changes = { state: { from: 'new', to: state } };
        const payload = { source: 'uci', rowVersion: null, changes };
        const told = {
          id: `${id} told`,
          subject: { kind: 'incident', id },
          type: 'incident.observed',
          payload,
        } as const;
        const said = {
          actor: 'sue',
          device: 'alone',
          seq: null,
          occurredAt: at,
          recordedAt: at,
          syncedAt: null,
        } as const;
        const activities = [{ ...told, ...said, visibility: 'internal', origin: 'observed', cause: null } as const];
        await world.accepted('sue', 'history.adopt', { subject: told.subject, source: 'alone', activities });
      };
      await adopted('closed long ago', world.now - month, 'closed');
      await adopted('open for long', world.now - month, 'new');
      await adopted('closed lately', world.now - month + 1, 'closed');
      await adopted('noted again', world.now - month, 'closed');
      await world.note('ann', 'noted again', 'n1');
      const first = await world.page('ann', '', 4);
      expect(ids(first.incidents)).toEqual(['noted again', 'closed lately', 'open for long', 'closed long ago']);
      // What counts as recent stays so while the load goes on.
      world.now += month;
      const whole: string[] = [];
      for (let page = first; page.more; whole.push(...page.whole)) page = await world.page('ann', page.cursor, 2);
      expect(whole).toEqual(['noted again', 'closed lately', 'open for long']);
    });

    it('SPEC 8.2: of a large directory brings first what the first rows name, then all of it', async () => {
      const world = await staffed();
      const many = Array.from({ length: 1_000 }, (_, at) => person(`caller ${at}`, { mail: `${at}@desk.test` }));
      for (let at = 0; at < many.length; at += 200) {
        const saves = many.slice(at, at + 200).map((record) => {
          return world.command(SYSTEM_ACTOR, 'directory.save', { kind: 'person', record });
        });
        await world.push(SYSTEM_ACTOR, saves);
      }
      for (const id of ['a', 'b', 'c', 'd']) await world.opened(id, { callerId: `caller ${id.charCodeAt(0)}` });
      const named = (page: PullAnswer) => page.records.map(({ record }) => record.id).toSorted();
      const first = await world.page('ben', '', 2);
      expect(named(first)).toEqual(['ann', 'ben', 'caller 100', 'caller 99', 'mail', 'net', 'printer']);
      const second = await world.page('ben', first.cursor, 2);
      expect([ids(second.incidents), second.records.length]).toEqual([['b', 'a'], 1_011]);
      expect((await world.page('ben', second.cursor, 2)).records).toEqual([]);
      expect((await world.page('ben', '', 10)).records).toHaveLength(1_011);
    });

    it('SPEC 8.3: says how far it has come, and goes on from any of its pages', async () => {
      const world = await staffed();
      for (const id of ['a', 'b', 'c', 'd', 'e']) await world.opened(id);
      const ann = new Replica('ann');
      const progress = [];
      const cursors = [];
      for (let more = true; more; ) {
        const page = await ann.pull(world, 2);
        progress.push(page.loading);
        cursors.push(page.cursor);
        more = page.more;
      }
      expect(progress.slice(0, 3)).toEqual([2, 4, 5].map((done) => ({ done, total: 5 })));
      expect(progress.at(-1)).toBeNull();
      await world.opened('own', { callerId: 'cal' });
      await world.opened('own too', { affectedId: 'cal' });
      expect((await world.page('cal', '', 1)).loading).toEqual({ done: 1, total: 2 });
      for (const cursor of cursors.slice(0, -1)) expect((await world.page('ann', cursor, 2)).begins).toBe(false);
    });

    it('SPEC 8.1: fixes its end before page one; what happens meanwhile comes after it', async () => {
      const world = await staffed();
      for (const id of ['a', 'b', 'c']) await world.opened(id);
      const ann = new Replica('ann');
      const { throughSeq } = await ann.pull(world, 1);
      await world.opened('later');
      await world.note('ann', 'a', 'n1');
      let page = await ann.pull(world, 1);
      const seen: string[] = [];
      while (!page.ends) {
        seen.push(...ids(page.incidents));
        expect(page.throughSeq).toBe(throughSeq);
        page = await ann.pull(world, 1);
      }
      expect(seen).not.toContain('later');
      expect([page.throughSeq, page.more]).toEqual([throughSeq, true]);
      const rest = await ann.pull(world);
      expect([ids(rest.incidents), rest.whole, rest.more]).toEqual([['later', 'a'], ['later'], false]);
      expect(ann.timeline('a')).toHaveLength(2);
    });
  });
}
