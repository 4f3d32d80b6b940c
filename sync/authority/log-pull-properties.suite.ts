import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PullAnswer } from '#contracts/sync/wire.ts';
import { pullAnswer } from '#contracts/sync/wire.ts';
import type { Id } from '#domain/activity/activity.ts';
import { holdsInTime } from '#domain/property.suite.ts';
import { parseCursor } from './cursor.ts';
import { EVERYBODY, eventArb, happen, openSome } from './log-events.suite.ts';
import { Replica } from './log-replica.suite.ts';
import { INTERNAL, World } from './log-world.suite.ts';
import { subject } from './pull.ts';
import { rowFor, timelineFor } from './reveal.ts';
import type { LogUnderTest } from './shared-log.suite.ts';
import { keptSince, seesInternal, seesRow, type View, viewOf } from './view.ts';

const events = fc.array(eventArb, { minLength: 3, maxLength: 25 });
const limits = fc.constantFrom(1, 2, 3, 7, 2_000);

/** What holds after anything that people may do, whoever looks on. */
export function pullPropertiesSuite(name: string, make: () => Promise<LogUnderTest>, runs: number): void {
  describe(`any pulls from ${name}`, () => {
    const inWorld = async (work: (world: World) => Promise<void>): Promise<void> => {
      const { log, close } = await make();
      try {
        const world = await World.staffed(log);
        await openSome(world);
        await work(world);
      } finally {
        await close?.();
      }
    };

    it('SPEC 5.1: lead to the same rows and timelines in pages of any size from any cursor', async () => {
      const property = fc.asyncProperty(events, events, limits, limits, (before, after, early, late) =>
        inWorld(async (world) => {
          for (const event of before) await happen(world, event);
          const desks = EVERYBODY.map((person) => new Replica(person));
          for (const desk of desks) await desk.catchUp(world, early);
          for (const event of after) await happen(world, event);
          for (const desk of desks) {
            await desk.catchUp(world, late);
            expect(desk.held).toEqual((await new Replica(desk.person).catchUp(world)).held);
          }
        }),
      );
      await holdsInTime(`page sizes, ${name}`, property, runs);
    });

    it('SPEC 5.1, 7.2, 8.1, 8.7: leave every desk with what the log has for it, whatever happens between the pages', async () => {
      let rows = 0;
      const looks = fc.subarray([...EVERYBODY, ...KEEPERS]);
      const step = fc.record({ event: eventArb, looks, limit: limits, beside, days, behind: days });
      const property = fc.asyncProperty(
        fc.array(step, { minLength: 5, maxLength: 30 }),
        fc.constantFrom(0, 4, 5_000),
        scopes,
        (steps, recent, scope) =>
          inWorld(async (world) => {
            world.recent = recent;
            const allRecent = recent > 1_000 && steps.every(({ days, behind }) => days + behind === 0);
            const whole = EVERYBODY.map((person): [string, Replica] => [person, new Replica(person)]);
            const narrow = KEEPERS.map((name): [string, Replica] => [name, new Replica(name.slice(0, 3), { scope })]);
            const desks = new Map([...whole, ...narrow]);
            for (const { event, looks, limit, beside, days, behind } of steps) {
              world.now += days * 86_400_000;
              // Whoever does it has a clock that is behind.
              world.now -= behind * 86_400_000;
              await happen(world, event);
              world.now += behind * 86_400_000;
              for (const name of looks) await desks.get(name)?.pull(world, limit);
              // Some keep others beside from now on.
              for (const [, desk] of narrow) if (looks.length % 2 === 0) desk.keeps = { scope, beside };
            }
            world.now += 86_400_000;
            for (const desk of desks.values()) {
              await desk.catchUp(world, 5);
              expect(desk.isLoading).toBe(false);
              await agrees(world, desk, allRecent);
              rows += desk.rows.size;
            }
          }),
      );
      await holdsInTime(`pulls between pushes, ${name}`, property, runs);
      expect(rows).toBeGreaterThan(runs);
    });

    it('SPEC 7.1, 7.4, 7.5, 7.6: never bring what the person may not read at that moment', async () => {
      const step = fc.record({ event: eventArb, limit: limits });
      const property = fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), (steps) =>
        inWorld(async (world) => {
          const desks = EVERYBODY.map((person) => new Replica(person));
          for (const { event, limit } of steps) {
            await happen(world, event);
            for (const desk of desks) await isDiscreet(world, desk.person, await desk.pull(world, limit));
          }
        }),
      );
      await holdsInTime(`no leaks, ${name}`, property, runs);
    });
  });
}

/** Desks that keep a part of what their person may see. */
const KEEPERS = ['ann, a part', 'ben, a part', 'sue, a part', 'cal, a part'];
const scopes = fc.record({
  teamIds: fc.subarray(['net', 'mail']),
  siteIds: fc.subarray(['site 1']),
  closedFor: fc.constantFrom(null, 1, 30),
});
const days = fc.constantFrom(0, 0, 0, 2, 40);
const beside = fc.subarray(['incident 1', 'incident 2', 'incident 3', 'none']);

/** Of a desk that is level: what it keeps is as its cursor says. */
const viewNow = (world: World, { person, keeps, cursor }: Replica): Promise<View> =>
  world.log.read(async (reader) => {
    const fixed = parseCursor(cursor)?.keeps;
    const view = viewOf(person, await reader.person(person), keeps.scope ?? null);
    return keptSince(view, fixed?.since ?? null, fixed?.beside ?? []);
  });

/** The desk holds every row it may see, no other, and of each timeline that is whole all entries. */
async function agrees(world: World, desk: Replica, whole: boolean): Promise<void> {
  const view = await viewNow(world, desk);
  const visible = (await world.rows()).filter((row) => seesRow(view, row));
  expect([...desk.rows.keys()].toSorted()).toEqual(visible.map(({ id }) => id).toSorted());
  const timelines = await world.log.read((reader) => reader.timelines(visible.map(({ id }) => id)));
  for (const row of visible) {
    expect(desk.rows.get(row.id)).toEqual(rowFor(view, row));
    const entries = timelineFor(view, timelines.get(row.id) ?? [], world.now).activities;
    const opened = await subject(world.log, { person: desk.person }, row.id, world.now);
    expect(opened).toEqual({ incident: rowFor(view, row), activities: entries });
    if (desk.whole.has(row.id)) expect(desk.timeline(row.id)).toEqual(entries);
    else expect(entries).toEqual(expect.arrayContaining([...desk.timeline(row.id)]));
    if (whole) expect(desk.whole.has(row.id)).toBe(true);
  }
  if (!seesInternal(view)) return;
  const { records, matrix } = await world.log.read(async (reader) => ({
    records: await reader.records(),
    matrix: await reader.matrix(),
  }));
  const ofDesk = [...desk.records.values()].map(({ kind, seq, record }) => `${kind} ${record.id} ${seq}`);
  expect(ofDesk.toSorted()).toEqual(records.map(({ kind, seq, record }) => `${kind} ${record.id} ${seq}`).toSorted());
  expect(desk.matrix).toEqual(matrix);
}

/** Nothing of the page is beyond what the person may read as it was given. */
async function isDiscreet(world: World, person: Id, page: PullAnswer): Promise<void> {
  expect(pullAnswer.parse(JSON.parse(JSON.stringify(page)))).toEqual(page);
  const view = await viewNow(world, new Replica(person));
  const rows = new Map((await world.rows()).map((row) => [row.id, row]));
  const sees = (id: Id) => {
    const row = rows.get(id);
    return row !== undefined && seesRow(view, row);
  };
  const ids = [
    ...page.incidents.map(({ id }) => id),
    ...page.activities.map(({ subject: { id } }) => id),
    ...page.whole,
  ];
  expect(ids.filter((id) => !sees(id))).toEqual([]);
  expect(page.removed.filter(sees)).toEqual([]);
  expect(page.activities.every((activity) => activity.subject.kind === 'incident')).toBe(true);
  const text = JSON.stringify(page);
  if (view.person === null) {
    expect([page.incidents, page.records, page.matrix]).toEqual([[], [], null]);
  } else if (!seesInternal(view)) {
    expect(text).not.toContain(INTERNAL);
    expect(page.activities.every(({ visibility }) => visibility === 'public')).toBe(true);
    const people = page.records.filter(({ kind }) => kind === 'person').map(({ record }) => record.id);
    expect(people.filter((id) => id !== person)).toEqual([]);
    for (const row of page.incidents) expect([row.callerId, row.affectedId]).toContain(person);
    for (const { payload } of page.activities) {
      const releaseAt = (payload as { readonly releaseAt?: number }).releaseAt ?? 0;
      expect(releaseAt).toBeLessThanOrEqual(world.now);
    }
  } else if (view.person.role === 'viewer') {
    expect(JSON.stringify(page.records)).not.toContain(INTERNAL);
  }
}
