import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MONDAY_9, staffedDesk } from '#domain/command/memory-desk.suite.ts';
import { holds } from '#domain/property.suite.ts';

const PEOPLE = ['ann', 'ben', 'sue', 'tom'] as const;
const BASE = ['a', 'b', 'c'];
const TAGS = [...BASE, 'd', 'e'];
const tagsArb = fc.uniqueArray(fc.constantFrom(...TAGS), { maxLength: 5 });

interface Edit {
  readonly actor: string;
  readonly at: number;
  readonly to: string;
}

/** An incident on a shared log with a few tags. */
const begun = () => {
  const desk = staffedDesk();
  desk.context = { zone: 'UTC', alone: false };
  const incidentId = desk.opened({ tags: BASE, description: 'base' });
  const update = (actor: string, changes: object, at = desk.now) =>
    desk.send('incident.update', { incidentId, changes }, { actor, at });
  return { desk, incidentId, update, row: () => desk.at(incidentId) };
};

const shuffled = <T>(all: readonly T[]) => fc.shuffledSubarray([...all], { minLength: all.length });

describe('forms filled at once', () => {
  it('SPEC 12.2: make the same list in whatever order they come, and never a conflict', () => {
    const orders = fc
      .array(tagsArb, { minLength: 2, maxLength: 4 })
      .chain((lists) => fc.record({ lists: fc.constant(lists), order: shuffled([...lists.keys()]) }));
    const property = fc.property(orders, ({ lists, order }) => {
      const inOrder = (places: readonly number[]) => {
        const { update, row } = begun();
        for (const at of places) {
          const sent = update(PEOPLE[at] ?? 'ann', { tags: { from: BASE, to: lists[at] } });
          if (!sent.ok) expect(sent.error.code).toBe('nothingChanged');
        }
        return row().tags.toSorted();
      };
      const there = inOrder(order);
      expect(there).toEqual(inOrder([...lists.keys()]));
      const wanted = TAGS.filter((tag) =>
        BASE.includes(tag) ? lists.every((list) => list.includes(tag)) : lists.some((list) => list.includes(tag)),
      );
      expect(there).toEqual(wanted);
    });
    holds('lists merge', property);
  });

  it('SPEC 12.3: leave the text written last in its place and every other in the log, in whatever order they come', () => {
    const edits = fc
      .uniqueArray(fc.integer({ min: 1, max: 60_000 }), { minLength: 2, maxLength: 4 })
      .map((times) =>
        times.map((after, at): Edit => ({ actor: PEOPLE[at] ?? 'ann', at: MONDAY_9 + after, to: `text ${at}` })),
      )
      .chain(shuffled);
    const property = fc.property(edits, fc.constantFrom('description', 'shortDescription'), (all, field) => {
      const { desk, update, row } = begun();
      const from = row()[field as 'description'];
      for (const { actor, at, to } of all) expect(update(actor, { [field]: { from, to } }, at).ok).toBe(true);
      const last = all.reduce((one, other) => (other.at > one.at ? other : one));
      expect(row()[field as 'description']).toBe(last.to);
      const told = JSON.stringify(desk.log.slice(1).map(({ payload }) => payload));
      for (const { to } of all) expect(told).toContain(`"${to}"`);
      const kept = desk.log.flatMap(({ type, payload }) =>
        type === 'incident.textKept' ? [(payload as { readonly text: string }).text] : [],
      );
      const others = all.filter((edit) => edit !== last);
      expect(new Set(kept)).toEqual(new Set(others.map(({ to }) => to)));
      expect(kept).toHaveLength(others.length);
    });
    holds('texts merge', property);
  });

  it('SPEC 12.5: leave the assignment that came last, and each that was replaced unseen names its maker', () => {
    const assignments = fc.array(fc.record({ actor: fc.constantFrom(...PEOPLE), to: fc.constantFrom(...PEOPLE) }), {
      minLength: 2,
      maxLength: 6,
    });
    const property = fc.property(assignments, (all) => {
      const { desk, incidentId, row } = begun();
      let standing: { readonly actor: string; readonly to: string } | null = null;
      for (const { actor, to } of all) {
        const sent = desk.send('incident.assign', { incidentId, assignedToId: to, from: null }, { actor });
        expect(sent.ok).toBe(standing?.to !== to);
        if (!sent.ok) continue;
        const lost =
          standing !== null && standing.actor !== actor ? { replaces: { by: standing.actor, at: desk.now } } : {};
        expect(desk.log.at(-1)?.payload).toEqual({ from: standing?.to ?? null, to, ...lost });
        standing = { actor, to };
      }
      expect(row().assignedToId).toBe(standing?.to);
    });
    holds('assignments merge', property);
  });
});
