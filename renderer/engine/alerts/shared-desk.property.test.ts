import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AlertChange } from '#domain/alerts/rules.ts';
import { INCIDENT_STATES, type Incident } from '#domain/incident/incident.ts';
import { isOpen } from '#domain/queue/membership.ts';
import { changed, FakeDesk, incident, ME, OTHER, recorded } from './fake-desk.suite.ts';

const THIRD = 'person-third';
const PEOPLE = [ME, OTHER, THIRD] as const;

const stepArb = fc.record({
  wait: fc.constantFrom(0, 500, 9_000, 31_000),
  kind: fc.constantFrom('recorded', 'assigned', 'state', 'comes', 'restart' as const),
  n: fc.integer({ min: 1, max: 8 }),
  priority: fc.constantFrom(1, 2, 3 as const),
  person: fc.constantFrom(...PEOPLE),
  assignee: fc.constantFrom(...PEOPLE, null),
  state: fc.constantFrom(...INCIDENT_STATES),
});

/** What the law is told by: what happened, told by who was where. */
interface Cause {
  readonly number: string;
  readonly change: AlertChange;
  readonly introduced: ReadonlySet<string>;
}

test('whoever comes is told each thing once, of what is open, never of their own doing nor of before they were here', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(stepArb, { minLength: 10, maxLength: 60 }), async (steps) => {
      const desk = new FakeDesk();
      desk.sharing.add(ME);
      const world = new Map<number, Incident>();
      const causes: Cause[] = [];
      let seen = 0;
      const happen = async (n: number, change: AlertChange) => {
        world.set(n, change.after);
        causes.push({ number: change.after.number, change, introduced: new Set(desk.sharing) });
        await desk.happen(change);
      };
      /** Every telling has a cause of its own: what one change raised is told once, and only to its person. */
      const look = () => {
        for (const { request } of desk.shown.slice(seen)) {
          if (request.link.startsWith('deskbell://queue/')) continue;
          const [rule = '', , person = ''] = request.tag.split(':');
          expect(person).toBe(desk.person);
          const number = request.link.slice(request.link.lastIndexOf('/') + 1);
          const now = [...world.values()].find((one) => one.number === number);
          expect(now && isOpen(now.state)).toBe(true);
          if (rule === 'assignedToMe') expect(now?.assignedToId).toBe(person);
          const raising = causes.filter(
            ({ number: of, change: { before, after, actorId }, introduced }) =>
              of === number &&
              actorId !== person &&
              introduced.has(person) &&
              (rule === 'assignedToMe'
                ? after.assignedToId === person && before?.assignedToId !== person
                : before === null && after.priority <= 2),
          );
          const told = desk.shown.filter(({ request: other }) => other.tag === request.tag).length;
          expect(told).toBeLessThanOrEqual(raising.length);
        }
        seen = desk.shown.length;
      };
      for (const { wait, kind, n, person, ...fields } of steps) {
        await desk.pass(wait);
        look();
        const known = world.get(n);
        const values = { priority: fields.priority, assignedToId: fields.assignee };
        if (kind === 'restart') desk.restart();
        else if (kind === 'comes') await desk.comes(person);
        else if (known === undefined) await happen(n, recorded(incident(n, values), person));
        else if (kind === 'state') await happen(n, changed(known, { state: fields.state }, person));
        else await happen(n, changed(known, { assignedToId: fields.assignee }, person));
        await desk.settled();
        look();
      }
      // Everybody comes once more, later: what waited for nobody stays silent a second time.
      for (const person of PEOPLE) {
        await desk.comes(person);
        await desk.pass(60_000);
        look();
      }
      const before = desk.shown.length;
      for (const person of PEOPLE) {
        await desk.comes(person);
        await desk.pass(60_000);
      }
      expect(desk.shown).toHaveLength(before);
      for (const record of desk.stored.values()) {
        const untold = record.delivery.every(({ reason }) => reason === 'notAtDesk');
        if (record.state === 'triggered') expect(untold).toBe(false);
      }
    }),
    { numRuns: 150 },
  );
});
