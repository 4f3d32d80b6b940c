import { describe, expect, it } from 'vitest';
import type { Activity, Id } from '#domain/activity/activity.ts';
import { foldIncident } from '#domain/incident/fold.ts';
import { DEFAULT_MATRIX } from '#domain/priority/matrix.ts';
import { World } from './log-world.suite.ts';
import type { MakeLog } from './shared-log.suite.ts';

const SOURCE = 'desk of ben';

/** A history as a desk that worked alone tells it: recorded under a number, then so many notes. */
function historyOf(incidentId: Id, number: string | null, notes = 1): readonly Activity[] {
  const told = (at: number, type: string, payload: unknown): Activity => ({
    id: `${incidentId} ${at}`,
    subject: { kind: 'incident', id: incidentId },
    type,
    payload,
    actor: 'ben',
    device: 'alone',
    seq: 900 + at,
    occurredAt: at,
    recordedAt: at,
    syncedAt: null,
    visibility: 'internal',
    origin: 'observed',
    cause: null,
  });
  const named = number === null ? [] : [told(0, 'incident.numbered', { number, formerSource: SOURCE })];
  const noted = Array.from({ length: notes }, (_, at) =>
    told(at + 1, 'incident.note', { entryId: `${incidentId} n${at}`, body: 'x' }),
  );
  return [...named, ...noted];
}

/** Desks that worked alone hand over what they have (SPEC 14), to any log. */
export function adoptSuite(name: string, make: MakeLog): void {
  describe(`adoption by ${name}`, () => {
    const staffed = async () => World.staffed(await make());
    const adopt = (incidentId: Id, activities: readonly Activity[], more: object = {}) => ({
      subject: { kind: 'incident' as const, id: incidentId },
      source: SOURCE,
      activities,
      ...more,
    });
    const hand = (world: World, incidentId: Id, number: string | null, how: { device?: Id } = {}) =>
      world.send('sue', 'history.adopt', adopt(incidentId, historyOf(incidentId, number)), { seq: 1, ...how });
    const namesOf = async (world: World, id: Id) => {
      const { number, aliases } = await world.row(id);
      return [number, ...aliases.map(({ value }) => value)];
    };

    it('SPEC 14.1: adopts a history whole under one seq, marked with who handed it over', async () => {
      const world = await staffed();
      const history = historyOf('old', 'INC0000004', 60);
      const result = await world.accepted('sue', 'history.adopt', adopt('old', history));
      const seq = result.decidedAt ?? 0;
      const page = await world.page('ann');
      const timeline = (await world.log.read((reader) => reader.timelines(['old']))).get('old') ?? [];
      expect(timeline.map(({ id }) => id)).toEqual(history.map(({ id }) => id));
      for (const [index, entry] of timeline.entries()) {
        const cause = { commandId: result.commandId, index };
        expect(entry).toMatchObject({
          seq,
          cause,
          adoptedBy: 'sue',
          actor: 'ben',
          origin: 'observed',
          device: 'alone',
        });
        expect(entry.syncedAt).toBe(world.now);
      }
      expect(await world.row('old')).toMatchObject({ throughSeq: seq, throughIndex: 60, counts: { notes: 60 } });
      expect(await world.row('old')).toEqual(foldIncident(timeline, { matrix: DEFAULT_MATRIX }));
      const next = await world.page('ann', page.cursor);
      const sent = [...page.activities, ...next.activities].filter(({ subject }) => subject.id === 'old');
      expect(sent).toEqual(timeline);
    });

    it('SPEC 14.2: adopts nothing twice, and of a longer history what is new', async () => {
      const world = await staffed();
      await world.accepted('sue', 'history.adopt', adopt('old', historyOf('old', 'INC0000004', 2)));
      const again = await world.send('sue', 'history.adopt', adopt('old', historyOf('old', 'INC0000004', 2)));
      expect(again).toMatchObject({ status: 'rejected', refusal: { code: 'nothingChanged' } });
      await world.accepted('sue', 'history.adopt', adopt('old', historyOf('old', 'INC0000004', 3)));
      const timeline = (await world.log.read((reader) => reader.timelines(['old']))).get('old') ?? [];
      expect(timeline.map(({ id }) => id)).toEqual(historyOf('old', 'INC0000004', 3).map(({ id }) => id));
      expect(await world.row('old')).toMatchObject({ counts: { notes: 3 } });
    });

    it('SPEC 14.3: adopts for who may import, and for nobody else', async () => {
      const world = await staffed();
      const refused = await world.send('ann', 'history.adopt', adopt('old', historyOf('old', null)));
      expect(refused).toMatchObject({ status: 'rejected', refusal: { code: 'notAllowedForRole' } });
      expect(await world.rows()).toEqual([]);
    });

    it('SPEC 14.4: keeps a number that is free; one that is taken becomes an alias of the next', async () => {
      const world = await staffed();
      await world.opened('here');
      await hand(world, 'free', 'PROJ-7', { device: 'a' });
      await hand(world, 'far', 'INC0000030', { device: 'b' });
      await hand(world, 'taken', 'inc 1', { device: 'c' });
      await hand(world, 'named', 'proj-7', { device: 'd' });
      await hand(world, 'none', null, { device: 'e' });
      await world.opened('new');
      expect(
        await Promise.all(['free', 'far', 'taken', 'named', 'none', 'new'].map((id) => namesOf(world, id))),
      ).toEqual([
        ['PROJ-7'],
        ['INC0000030'],
        ['INC0000031', 'inc 1'],
        ['INC0000032', 'proj-7'],
        ['INC0000033'],
        ['INC0000034'],
      ]);
      expect((await world.row('taken')).aliases).toEqual([{ value: 'inc 1', source: SOURCE }]);
    });

    it("SPEC 14.5: numbers anew above all that one desk hands over, so that none takes the next one's", async () => {
      const world = await staffed();
      await world.opened('here');
      const handed = [1, 2, 3].map((n) =>
        world.command('sue', 'history.adopt', adopt(`old ${n}`, historyOf(`old ${n}`, `INC000000${n}`), { above: 3 })),
      );
      const { answers } = await world.push('sue', handed);
      expect(answers[0]?.results.map(({ number }) => number)).toEqual(['INC0000004', 'INC0000002', 'INC0000003']);
    });

    it('SPEC 14.6: gives the next number whatever its device showed, which stays an alias if nobody bears it', async () => {
      const world = await staffed();
      await world.opened('one', { provisionalNumber: 'INC-L3-0042' });
      await world.opened('two', { provisionalNumber: 'INC-L3-0042' });
      expect(await namesOf(world, 'one')).toEqual(['INC0000001', 'INC-L3-0042']);
      expect(await namesOf(world, 'two')).toEqual(['INC0000002']);
      await hand(world, 'old', 'inc-l3-0042', { device: 'a' });
      expect(await namesOf(world, 'old')).toEqual(['INC0000003', 'inc-l3-0042']);
    });

    it('SPEC 14.4: gives two desks that bring the same number one each, also when they come at once', async () => {
      const world = await staffed();
      const results = await Promise.all(
        ['a', 'b', 'c'].map((device) => hand(world, `of ${device}`, 'INC0000005', { device })),
      );
      expect(results.map(({ status }) => status)).toEqual(['accepted', 'accepted', 'accepted']);
      expect(results.map(({ number }) => number).toSorted()).toEqual(['INC0000005', 'INC0000006', 'INC0000007']);
      const names = await Promise.all(['of a', 'of b', 'of c'].map((id) => namesOf(world, id)));
      expect(names.every((all) => all.includes('INC0000005'))).toBe(true);
    });
  });
}
