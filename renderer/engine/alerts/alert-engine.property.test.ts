import fc from 'fast-check';
import { expect, test } from 'vitest';
import { INCIDENT_STATES } from '#domain/incident/incident.ts';
import { changed, FakeDesk, imported, incident, ME, OTHER, recorded } from './fake-desk.suite.ts';

const stepArb = fc.record({
  wait: fc.oneof(fc.constant(0), fc.nat({ max: 2_000 }), fc.nat({ max: 40_000 })),
  kind: fc.constantFrom('recorded', 'imported', 'assigned', 'state', 'restart' as const),
  n: fc.integer({ min: 1, max: 60 }),
  priority: fc.constantFrom(1, 2, 3 as const),
  actor: fc.constantFrom(ME, OTHER),
  assignee: fc.constantFrom(ME, OTHER, null),
  state: fc.constantFrom(...INCIDENT_STATES),
});

test('in any stream at most three come alone in thirty seconds, beside one digest, and none for own actions', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(stepArb, { minLength: 5, maxLength: 80 }), async (steps) => {
      const desk = new FakeDesk();
      const world = new Map<number, ReturnType<typeof incident>>();
      const mine = new Set<string>();
      for (const step of steps) {
        await desk.pass(step.wait);
        const known = world.get(step.n);
        const fresh = incident(step.n, { priority: step.priority, assignedToId: step.assignee, state: step.state });
        if (step.kind === 'restart') desk.restart();
        else if (known === undefined) {
          world.set(step.n, fresh);
          if (step.actor === ME) mine.add(fresh.id);
          await desk.happen((step.kind === 'imported' ? imported : recorded)(fresh, step.actor));
        } else {
          const fields = step.kind === 'state' ? { state: step.state } : { assignedToId: step.assignee };
          const change = changed(known, fields, ME);
          world.set(step.n, change.after);
          await desk.happen(change);
        }
      }
      await desk.pass(60_000);

      const isDigest = (link: string) => link.startsWith('deskbell://queue/');
      const singles = desk.shown.filter(({ request }) => !isDigest(request.link));
      const digests = desk.shown.filter(({ request }) => isDigest(request.link));
      for (const { at } of desk.shown) {
        const within = ({ at: other }: { at: number }) => other >= at && other < at + 30_000;
        expect(singles.filter(within).length).toBeLessThanOrEqual(3);
        expect(new Set(digests.filter(within).map(({ request }) => request.tag)).size).toBeLessThanOrEqual(1);
      }
      const told = new Set(desk.shown.map(({ request }) => request.tag));
      for (const id of mine) expect([...told].some((tag) => tag.includes(id))).toBe(false);
      expect(new Set(singles.map(({ request }) => request.tag)).size).toBe(singles.length);
    }),
    { numRuns: 200 },
  );
});
