import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { INCIDENT_STATES } from '#domain/incident/incident.ts';
import { FILTER_FIELDS, passesFilters, type QueueFilter } from './filters.ts';
import { factsArb, viewerArb } from './made-up-facts.suite.ts';
import { isInQueue, isOpen, mayReadText, maySee } from './membership.ts';
import { compareByDeadline, compareInQueue } from './order.ts';
import type { QueueFacts, Viewer } from './queue-facts.ts';
import { QUEUE_IDS, type QueueId } from './queues.ts';

const always = (law: (facts: QueueFacts, viewer: Viewer) => void) =>
  fc.assert(fc.property(factsArb, viewerArb, (facts, viewer) => law(facts, viewer)));
const queuesOf = (facts: QueueFacts, viewer: Viewer): QueueId[] =>
  QUEUE_IDS.filter((queue) => isInQueue(queue, facts, viewer));

describe('queues', () => {
  test('an open incident that may be seen stands in All open and no finished one does', () => {
    always((facts, viewer) => {
      expect(isInQueue('allOpen', facts, viewer)).toBe(isOpen(facts.state) && maySee(facts, viewer));
    });
  });

  test('every queue is part of All incidents, and All incidents is what may be seen', () => {
    always((facts, viewer) => {
      expect(isInQueue('allIncidents', facts, viewer)).toBe(maySee(facts, viewer));
      if (queuesOf(facts, viewer).length > 0) expect(isInQueue('allIncidents', facts, viewer)).toBe(true);
    });
  });

  test('My work and Unassigned never hold the same incident', () => {
    always((facts, viewer) => {
      expect(isInQueue('myWork', facts, viewer) && isInQueue('unassigned', facts, viewer)).toBe(false);
    });
  });

  test('all but My work, Major incidents, Resolved and All incidents hold open incidents only', () => {
    const mixed: readonly QueueId[] = ['myWork', 'majorIncidents', 'resolved', 'allIncidents'];
    always((facts, viewer) => {
      if (isOpen(facts.state)) return;
      expect(queuesOf(facts, viewer).filter((queue) => !mixed.includes(queue))).toEqual([]);
    });
  });

  test('a resolved incident of mine is my work exactly while the caller waits for an answer', () => {
    always((facts, viewer) => {
      const resolved: QueueFacts = { ...facts, state: 'resolved', ownerId: viewer.personId };
      if (maySee(resolved, viewer)) expect(isInQueue('myWork', resolved, viewer)).toBe(resolved.unanswered);
    });
  });

  test('a supervisor sees every unassigned incident, others those of their teams and of none', () => {
    always((facts, viewer) => {
      const open: QueueFacts = { ...facts, state: 'new', ownerId: null };
      expect(isInQueue('unassigned', open, { ...viewer, role: 'supervisor' })).toBe(true);
      const mine = open.groupId === null || viewer.teamIds.includes(open.groupId);
      expect(isInQueue('unassigned', open, { ...viewer, role: 'agent' })).toBe(mine);
    });
  });

  test('Triage holds what nobody has classified or routed', () => {
    always((facts, viewer) => {
      const open: QueueFacts = { ...facts, state: 'new' };
      const expected = (open.assumed || open.groupId === null) && maySee(open, viewer);
      expect(isInQueue('triage', open, viewer)).toBe(expected);
    });
  });

  test('a requester sees only incidents of their own, in any queue', () => {
    always((facts, viewer) => {
      const requester: Viewer = { ...viewer, role: 'requester' };
      const own = [facts.callerId, facts.affectedId, facts.openedById].includes(requester.personId);
      if (!own) expect(queuesOf(facts, requester)).toEqual([]);
    });
  });

  test('the words of a confidential incident are for its group, owner and supervisors', () => {
    always((facts, viewer) => {
      const agent: Viewer = { ...viewer, role: 'agent' };
      const secret: QueueFacts = { ...facts, confidential: true };
      const near = secret.ownerId === agent.personId || agent.teamIds.includes(secret.groupId ?? 'none');
      expect(mayReadText(secret, agent)).toBe(near);
      expect(mayReadText(secret, { ...agent, role: 'supervisor' })).toBe(true);
      expect(mayReadText({ ...facts, confidential: false }, agent)).toBe(true);
    });
  });

  test('one rule serves ids and the small numbers of the engine alike', () => {
    const ref = (id: string | null) => (id === null ? null : id.length * 1_000 + id.charCodeAt(0));
    always((facts, viewer) => {
      const inside = {
        ...facts,
        ownerId: ref(facts.ownerId),
        groupId: ref(facts.groupId),
        callerId: ref(facts.callerId),
        affectedId: ref(facts.affectedId),
        openedById: ref(facts.openedById),
      };
      const seer = {
        ...viewer,
        personId: ref(viewer.personId) ?? 0,
        teamIds: viewer.teamIds.map((id) => ref(id) ?? 0),
      };
      for (const queue of QUEUE_IDS) expect(isInQueue(queue, inside, seer)).toBe(isInQueue(queue, facts, viewer));
    });
  });
});

describe.each([
  ['the queue order', compareInQueue],
  ['the order by deadline', compareByDeadline],
] as const)('%s', (_, compare) => {
  test('is a total order', () => {
    fc.assert(
      fc.property(factsArb, factsArb, factsArb, (a, b, c) => {
        expect(Math.sign(compare(a, b))).toBe(0 - Math.sign(compare(b, a)));
        expect(compare(a, a)).toBe(0);
        if (compare(a, b) <= 0 && compare(b, c) <= 0) expect(compare(a, c)).toBeLessThanOrEqual(0);
      }),
    );
  });
});

describe('the queue order', () => {
  const facts: QueueFacts = {
    state: 'new',
    priority: 3,
    assumed: false,
    confidential: false,
    major: false,
    due: null,
    unanswered: false,
    ownerId: null,
    groupId: null,
    callerId: null,
    affectedId: null,
    openedById: null,
    openedAt: 10,
  };
  const inOrder: readonly [string, QueueFacts][] = [
    ['a major incident', { ...facts, major: true, priority: 5 }],
    ['the higher priority', { ...facts, priority: 2, openedAt: 99 }],
    ['running with the nearest due', { ...facts, due: 1, openedAt: 99 }],
    ['running with a later due', { ...facts, due: 2 }],
    ['running without a due, older', facts],
    ['running without a due, younger', { ...facts, openedAt: 11 }],
    ['paused', { ...facts, state: 'onHold', openedAt: 1 }],
    ['the lower priority', { ...facts, priority: 4, openedAt: 1 }],
  ];

  test('is major, priority, running before paused, nearest due, oldest', () => {
    const shuffled = [...inOrder].reverse().sort(([, a], [, b]) => compareInQueue(a, b));
    expect(shuffled.map(([name]) => name)).toEqual(inOrder.map(([name]) => name));
  });

  test('by deadline puts the nearest due first whatever the priority', () => {
    const urgent: QueueFacts = { ...facts, priority: 5, due: 1 };
    expect(compareByDeadline(urgent, { ...facts, priority: 1, due: 2 })).toBeLessThan(0);
    expect(compareByDeadline(urgent, { ...facts, priority: 1 })).toBeLessThan(0);
  });
});

describe('filters', () => {
  const cellArb = fc.record({
    state: fc.constantFrom(...INCIDENT_STATES),
    priority: fc.constantFrom(1, 2, 3, 4, 5 as const),
    ownerId: fc.constantFrom('a', null),
    groupId: fc.constantFrom('a', null),
    callerId: fc.constantFrom('a', 'b', null),
    categoryId: fc.constantFrom('a', null),
    siteId: fc.constantFrom('a', null),
  });
  const filterArb: fc.Arbitrary<QueueFilter> = fc.record({
    field: fc.constantFrom(...FILTER_FIELDS),
    value: fc.constantFrom('', 'a', 'b', 'new', '1'),
    exclude: fc.boolean(),
  });

  test('no filter lets everything pass, one more of another field never widens a list', () => {
    fc.assert(
      fc.property(cellArb, fc.array(filterArb, { maxLength: 4 }), filterArb, (cells, filters, more) => {
        expect(passesFilters(cells, [])).toBe(true);
        const widens = !more.exclude && filters.some((filter) => filter.field === more.field && !filter.exclude);
        if (!widens && !passesFilters(cells, filters)) expect(passesFilters(cells, [...filters, more])).toBe(false);
      }),
    );
  });

  test('including and excluding the same cell share out everything between them', () => {
    fc.assert(
      fc.property(cellArb, filterArb, (cells, filter) => {
        const included = passesFilters(cells, [{ ...filter, exclude: false }]);
        expect(passesFilters(cells, [{ ...filter, exclude: true }])).toBe(!included);
      }),
    );
  });
});
