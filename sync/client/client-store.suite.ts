import { beforeEach, describe, expect, it } from 'vitest';
import type { Id } from '#domain/activity/activity.ts';
import { entry, held, incident, localChange, positionAt, timeline } from './local-changes.suite.ts';
import { type ClientStore, NOWHERE } from './ports.ts';

const team = (id: Id, seq: number, load = 1) => ({
  load,
  value: { kind: 'team' as const, seq, record: { id, name: `Team ${id}`, active: true, source: null } },
});

/** What every store of a device has to do, wherever it keeps things. */
export function describeClientStore(name: string, open: () => Promise<ClientStore>): void {
  describe(`the client's store "${name}"`, () => {
    let store: ClientStore;
    beforeEach(async () => {
      store = await open();
    });

    it('begins nowhere, with nothing', async () => {
      expect(await store.position()).toEqual(NOWHERE);
      expect(await store.frames()).toEqual([]);
      expect(await store.records()).toEqual([]);
      expect(await store.matrix()).toBeNull();
      expect(await store.highestNumber()).toBe(0);
      expect((await store.incidents(['i'])).size).toBe(0);
      expect((await store.timelines(['i'])).size).toBe(0);
    });

    it('keeps frames in the order in which they were appended', async () => {
      await store.append([{ kind: 'device', device: 'd' }]);
      await store.append([
        { kind: 'requeued', person: 'ann', from: 2 },
        { kind: 'forgotten', commandIds: ['a', 'b'] },
      ]);
      expect((await store.frames()).map(({ kind }) => kind)).toEqual(['device', 'requeued', 'forgotten']);
    });

    it('SPEC 5.6: holds rows, timelines, records, matrix and cursor of a change, and the same twice', async () => {
      const entries = [entry('a', 'i', 1), entry('b', 'i', 2), entry('c', 'i', 2, 'command b')];
      const made = localChange(positionAt('page', 1, { throughSeq: 2 }), {
        incidents: held(1, incident('i', 2, 'INC0000007')),
        timelines: new Map([['i', timeline(1, true, ...entries)]]),
        records: [team('t', 1)],
        matrix: { load: 1, value: { seq: 1, value: [[1]] as never } },
      });
      for (const _ of ['once', 'twice']) {
        await store.apply(made);
        expect(await store.position()).toEqual(made.position);
        expect((await store.incidents(['i', 'unknown'])).get('i')).toEqual(made.incidents[0]);
        expect((await store.timelines(['i'])).get('i')).toEqual(timeline(1, true, ...entries));
        expect(await store.records()).toEqual([team('t', 1)]);
        expect((await store.matrix())?.value.seq).toBe(1);
        expect(await store.highestNumber()).toBe(7);
      }
    });

    it('tells on which incidents commands acted', async () => {
      const timelines = new Map([
        ['i', timeline(1, true, entry('a', 'i', 1, 'both'))],
        ['j', timeline(1, true, entry('b', 'j', 1, 'both'), entry('c', 'j', 2, 'one'))],
      ]);
      await store.apply(
        localChange(positionAt('p', 1), { incidents: held(1, incident('i', 1), incident('j', 2)), timelines }),
      );
      const acted = await store.incidentsOf(['both', 'one', 'none']);
      expect([...(acted.get('both') ?? [])].sort()).toEqual(['i', 'j']);
      expect(acted.get('one')).toEqual(['j']);
      expect(acted.has('none')).toBe(false);
    });

    it('takes a timeline as it is from now on, and leaves those not named', async () => {
      const both = held(1, incident('i', 1), incident('j', 1));
      const first = new Map([
        ['i', timeline(1, false, entry('a', 'i', 1))],
        ['j', timeline(1, true, entry('b', 'j', 1))],
      ]);
      await store.apply(localChange(positionAt('p', 1), { incidents: both, timelines: first }));
      const longer = timeline(1, true, entry('z', 'i', 0), entry('a', 'i', 1));
      await store.apply(localChange(positionAt('q', 1), { timelines: new Map([['i', longer]]) }));
      const now = await store.timelines(['i', 'j']);
      expect(now.get('i')).toEqual(longer);
      expect(now.get('j')).toEqual(first.get('j'));
    });

    it('SPEC 7.2: lets go of what left the view, its timeline included', async () => {
      const timelines = new Map([['i', timeline(1, true, entry('a', 'i', 1))]]);
      await store.apply(localChange(positionAt('p', 1), { incidents: held(1, incident('i', 1)), timelines }));
      await store.apply(localChange(positionAt('q', 1), { removed: ['i', 'never held'] }));
      expect((await store.incidents(['i'])).size).toBe(0);
      expect((await store.timelines(['i'])).size).toBe(0);
    });

    it('SPEC 8.5: drops at the end of a first load what came under an earlier one', async () => {
      const before = new Map([
        ['i', timeline(1, true, entry('a', 'i', 1))],
        ['j', timeline(1, true, entry('b', 'j', 1))],
      ]);
      await store.apply(
        localChange(positionAt('p', 1), {
          incidents: held(1, incident('i', 1), incident('j', 1)),
          timelines: before,
          records: [team('old', 1), team('kept', 1)],
          matrix: { load: 1, value: { seq: 1, value: [[1]] as never } },
        }),
      );
      // A row that comes anew without its timeline has none: the former one was of another load.
      await store.apply(
        localChange(positionAt('q', 2, { loading: { done: 1, total: 1 } }), {
          incidents: held(2, incident('i', 3)),
          records: [team('kept', 2, 2)],
        }),
      );
      expect((await store.timelines(['i'])).size).toBe(0);
      expect((await store.incidents(['i', 'j'])).size).toBe(2);
      await store.apply(localChange(positionAt('r', 2), { dropBefore: 2 }));
      expect([...(await store.incidents(['i', 'j'])).keys()]).toEqual(['i']);
      expect((await store.timelines(['j'])).size).toBe(0);
      expect(await store.records()).toEqual([team('kept', 2, 2)]);
      expect(await store.matrix()).toBeNull();
    });
  });
}
