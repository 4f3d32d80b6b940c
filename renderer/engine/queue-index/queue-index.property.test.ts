import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Incident } from '#domain/incident/incident.ts';
import { QUEUES_NOT_KEPT_YET } from '#domain/queue/membership.ts';
import { QUEUE_IDS } from '#domain/queue/queues.ts';
import { incidentArb, nameOf, PEOPLE, specArb, uuid, viewerArb } from './made-up-incidents.suite.ts';
import { PlainModel } from './plain-model.suite.ts';
import { QueueIndex } from './queue-index.ts';

type Step =
  | { readonly type: 'upsert'; readonly incident: Incident }
  | { readonly type: 'remove'; readonly n: number }
  | { readonly type: 'restart' }
  | { readonly type: 'rename'; readonly person: number; readonly name: string }
  | {
      readonly type: 'look';
      readonly spec: Parameters<QueueIndex['list']>[0];
      readonly viewer: Parameters<QueueIndex['list']>[1];
    };

const stepArb: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: incidentArb.map((incident): Step => ({ type: 'upsert', incident })) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 30 }).map((n): Step => ({ type: 'remove', n })) },
  { weight: 1, arbitrary: fc.constant<Step>({ type: 'restart' }) },
  {
    weight: 1,
    arbitrary: fc
      .record({ person: fc.nat({ max: 3 }), name: fc.constantFrom('Aa', 'Mm', 'Øo', 'zz weiss', '') })
      .map((change): Step => ({ type: 'rename', ...change })),
  },
  {
    weight: 8,
    arbitrary: fc.record({ spec: specArb, viewer: viewerArb }).map((look): Step => ({ type: 'look', ...look })),
  },
);

describe('the queue index answers what a plain array would', () => {
  test('lists, counts and look-ups agree after any changes, renames, removals and restarts', () => {
    fc.assert(
      fc.property(fc.array(stepArb, { minLength: 1, maxLength: 60 }), (steps) => {
        const names = new Map(PEOPLE.map((id) => [id, nameOf(id)]));
        const source = { personName: (id: string) => names.get(id) ?? null };
        const model = new PlainModel(source.personName);
        let index = new QueueIndex(source);
        let lsn = 0;
        for (const step of steps) {
          lsn += 1;
          if (step.type === 'upsert') {
            index.upsert(step.incident, lsn);
            model.rows.set(step.incident.id, { incident: step.incident, lsn });
          } else if (step.type === 'remove') {
            index.remove(uuid(9, step.n));
            model.rows.delete(uuid(9, step.n));
          } else if (step.type === 'restart') {
            index = restarted(index, lsn, source);
          } else if (step.type === 'rename') {
            const person = PEOPLE[step.person] ?? '';
            names.set(person, step.name);
            index.personsRenamed([person]);
          } else {
            expect(index.list(step.spec, step.viewer, 0, 100).ids).toEqual(model.list(step.spec, step.viewer));
            const counts = index.counts(step.viewer);
            for (const queue of QUEUE_IDS) {
              const expected = QUEUES_NOT_KEPT_YET.includes(queue) ? null : model.count(queue, step.viewer);
              expect(counts[queue]).toBe(expected);
            }
          }
          expect(index.size).toBe(model.rows.size);
        }
        expect(new Set(index.incidentIds())).toEqual(new Set(model.rows.keys()));
        for (const { incident, lsn: changed } of model.rows.values()) {
          expect(model.claimants(incident.number)).toContain(index.idOf(incident.number));
          for (const alias of incident.aliases) expect(model.claimants(alias.value)).toContain(index.idOf(alias.value));
          expect(index.lsnOf(incident.id)).toBe(changed);
        }
        const half = Math.floor(lsn / 2);
        const changed = [...model.rows].filter(([, row]) => row.lsn > half).map(([id]) => id);
        expect(new Set(index.changedAfter(half))).toEqual(new Set(changed));
      }),
      { numRuns: 300 },
    );
  });

  test('a page is the same slice of the list wherever it begins', () => {
    fc.assert(
      fc.property(
        fc.array(incidentArb, { maxLength: 40 }),
        specArb,
        viewerArb,
        fc.nat({ max: 10 }),
        (rows, spec, viewer, from) => {
          const index = new QueueIndex({ personName: nameOf });
          for (const incident of rows) index.upsert(incident, 1);
          const all = index.list(spec, viewer, 0, 1_000);
          const page = index.list(spec, viewer, from, from + 5);
          expect(page.total).toBe(all.ids.length);
          expect(page.ids).toEqual(all.ids.slice(from, from + 5));
        },
      ),
    );
  });
});

/** Through a structured clone, as the store would hand it back. */
const restarted = (index: QueueIndex, lsn: number, source: ConstructorParameters<typeof QueueIndex>[0]): QueueIndex => {
  const stored = structuredClone(index.checkpoint(lsn));
  const again = QueueIndex.restore(stored, source);
  if (again === null) throw new Error('a fresh checkpoint must be usable');
  return again;
};
