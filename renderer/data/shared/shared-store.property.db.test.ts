// Before Dexie, which looks for the browser's database once, when it is loaded.
import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { WireRecord } from '#contracts/sync/wire.ts';
import type { Id } from '#domain/activity/activity.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { entry, incident, localChange, positionAt, timeline } from '#sync/client/local-changes.suite.ts';
import { createMemoryClientStore } from '#sync/client/memory-client-store.ts';
import type { Held, HeldTimeline, LocalChange } from '#sync/client/ports.ts';
import { openSharedStore } from './open-shared-store.ts';
import { SharedDb, sharedDatabaseName } from './shared-db.ts';
import type { SharedStore } from './shared-store.ts';

const IDS = Array.from({ length: 150 }, (_, at) => `incident ${at}`);
const COMMANDS = Array.from({ length: 12 }, (_, at) => `command ${at}`);

/** What arrives: of some incidents their rows, of some of these their timelines; others leave. */
const arriving = fc.record({
  ids: fc.uniqueArray(fc.nat(IDS.length - 1), { maxLength: IDS.length }),
  told: fc.nat(3),
  commands: fc.array(fc.nat(COMMANDS.length - 1), { maxLength: 3 }),
  removed: fc.uniqueArray(fc.nat(IDS.length - 1), { maxLength: 3 }),
  step: fc.constantFrom('change', 'begin', 'load', 'end', 'reopen'),
  torn: fc.boolean(),
});
type Arriving = typeof arriving extends fc.Arbitrary<infer T> ? T : never;

const idAt = (at: number): Id => IDS[at] ?? '';

/** What one page would change, as `arriving` of the client makes it. */
function changeOf(
  { ids, told, commands, removed, step }: Omit<Arriving, 'torn'>,
  seq: number,
  load: number,
): LocalChange {
  const rows = ids.map((at) => ({ load, value: incident(idAt(at), seq) }));
  const timelines = new Map(
    ids
      .filter((at) => at % (told + 1) === 0)
      .map((at): [Id, HeldTimeline] => {
        const entries = commands.map((command, index) => {
          const when = seq + index / 10;
          return entry(`${idAt(at)} ${when}`, idAt(at), when, COMMANDS[command]);
        });
        return [idAt(at), timeline(load, told === 1, ...entries)];
      }),
  );
  const loading = step === 'begin' || step === 'load' ? { done: 1, total: 2 } : null;
  return localChange(positionAt(`at ${seq}`, load, { throughSeq: seq, loading }), {
    removed: removed.filter((at) => !ids.includes(at)).map(idAt),
    incidents: rows,
    timelines,
    dropBefore: step === 'end' ? load : null,
  });
}

/** The same, of which the database refuses one of the last rows when all others are written. */
const tornOf = (change: LocalChange): LocalChange => {
  const unwritable = { kind: 'category', seq: 1, record: { id: 'torn', toString: () => 'no value' } };
  return { ...change, records: [{ load: 1, value: unwritable as unknown as WireRecord }] };
};

/** Reads while a change is stored: what is held before and after is never missing, and each is of one of them. */
async function readDuring(store: SharedStore, work: () => Promise<unknown>): Promise<void> {
  const before = await store.incidents(IDS);
  const reads: Promise<ReadonlyMap<Id, Held<Incident>>>[] = [];
  let going = true;
  const reading = (async () => {
    while (going) {
      const read = store.incidents(IDS);
      reads.push(read);
      await Promise.all([read, new Promise((go) => setTimeout(go, 0))]);
    }
  })();
  await work();
  going = false;
  await reading;
  const after = await store.incidents(IDS);
  for (const read of await Promise.all(reads)) {
    for (const id of IDS) {
      const [was, is, found] = [before.get(id), after.get(id), read.get(id)].map((row) => JSON.stringify(row));
      expect([was, is]).toContainEqual(found);
    }
  }
}

const sorted = (acted: ReadonlyMap<Id, readonly Id[]>) => [...acted].map(([id, on]) => [id, [...on].sort()]).sort();

let names = 0;
const open: SharedStore[] = [];
const reopened = async (name: string): Promise<SharedStore> => {
  for (const store of open.splice(0)) store.close();
  const store = await openSharedStore('desk', name, () => undefined);
  open.push(store);
  return store;
};
afterEach(() => {
  for (const store of open.splice(0)) store.close();
});

describe('what a desk holds of a share', () => {
  it('is what a plain map would hold, in blocks or by itself, after every start and torn write, and while one goes on', () =>
    fc.assert(
      fc.asyncProperty(fc.array(arriving, { maxLength: 12 }), async (steps) => {
        names += 1;
        const name = `share ${names}`;
        const plain = createMemoryClientStore();
        let store = await reopened(name);
        let load = 1;
        for (const [at, step] of steps.entries()) {
          if (step.step === 'reopen') store = await reopened(name);
          else {
            if (step.step === 'begin') load += 1;
            const change = changeOf(step, at + 1, load);
            await plain.apply(change);
            if (step.torn) await expect(store.apply(tornOf(change))).rejects.toThrow();
            await readDuring(store, () => store.apply(change));
          }
          expect(await store.incidents(IDS)).toEqual(await plain.incidents(IDS));
          expect(await store.timelines(IDS)).toEqual(await plain.timelines(IDS));
          expect(sorted(await store.incidentsOf(COMMANDS))).toEqual(sorted(await plain.incidentsOf(COMMANDS)));
          const all: Id[] = [];
          for await (const batch of store.incidentBatches()) all.push(...batch.map(({ id }) => id));
          expect(all.sort()).toEqual([...plain.held()].sort());
        }
      }),
      { numRuns: 60 },
    ));

  it('SPEC 7.2: is nowhere in the database once it left the view', async () => {
    names += 1;
    const name = `share ${names}`;
    const store = await reopened(name);
    const step = { told: 0, commands: [1], removed: [], ids: [1, 2, 3] };
    await store.apply(changeOf({ ...step, step: 'load' }, 1, 1));
    await store.apply(changeOf({ ...step, step: 'end' }, 2, 1));
    await store.apply(changeOf({ ...step, step: 'change', ids: [2] }, 3, 1));
    await store.apply(changeOf({ ...step, step: 'change', ids: [], removed: [1, 2] }, 4, 1));
    store.close();
    const db = new SharedDb(sharedDatabaseName('desk', name));
    await db.open();
    const everything = JSON.stringify(await Promise.all(db.tables.map((table) => table.toArray())));
    db.close();
    expect(everything).not.toContain('incident 1');
    expect(everything).not.toContain('incident 2');
    expect(everything).toContain('incident 3');
  });
});
