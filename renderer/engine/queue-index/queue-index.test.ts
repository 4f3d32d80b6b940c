import { describe, expect, test } from 'vitest';
import type { ListSpec } from '#contracts/engine/protocol.ts';
import type { Viewer } from '#domain/queue/queue-facts.ts';
import { incidentWith, nameOf, PEOPLE, TEAMS, uuid } from './made-up-incidents.suite.ts';
import { QueueIndex } from './queue-index.ts';

const source = { personName: nameOf };
const me = PEOPLE[0] ?? '';
const agent: Viewer = { personId: me, teamIds: [TEAMS[0] ?? ''], role: 'agent' };
const spec = (fields: Partial<ListSpec> = {}): ListSpec => ({
  queue: 'allOpen',
  order: { key: 'queue', descending: false },
  filters: [],
  text: '',
  ...fields,
});
const numbersOf = (index: QueueIndex, fields: Partial<ListSpec> = {}, viewer = agent) =>
  index.list(spec(fields), viewer, 0, 100).ids.map((id) => Number(id.slice(-12)));

describe('the queue index', () => {
  test('a list that was empty shows my first incident, though nobody knew me before', () => {
    const index = new QueueIndex(source);
    expect(index.list(spec({ queue: 'myWork' }), agent, 0, 10).total).toBe(0);
    expect(index.counts(agent).myWork).toBe(0);
    index.upsert(incidentWith(1, { assignedToId: me }), 1);
    expect(numbersOf(index, { queue: 'myWork' })).toEqual([1]);
    expect(index.counts(agent).myWork).toBe(1);
  });

  test('a list filtered by somebody unknown fills when the first incident of theirs comes', () => {
    const index = new QueueIndex(source);
    const filters = [{ field: 'caller', value: PEOPLE[2] ?? '', exclude: false }] as const;
    expect(numbersOf(index, { filters })).toEqual([]);
    index.upsert(incidentWith(1, { callerId: PEOPLE[2] ?? null }), 1);
    expect(numbersOf(index, { filters })).toEqual([1]);
  });

  test('one changed incident moves to its new place', () => {
    const index = new QueueIndex(source);
    for (let n = 1; n <= 9; n += 1) index.upsert(incidentWith(n, { priority: 3, openedAt: n }), n);
    expect(numbersOf(index)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    index.upsert(incidentWith(7, { priority: 1, openedAt: 7 }), 10);
    expect(numbersOf(index)).toEqual([7, 1, 2, 3, 4, 5, 6, 8, 9]);
    index.upsert(incidentWith(7, { priority: 1, openedAt: 7, state: 'closed' }), 11);
    expect(numbersOf(index)).toEqual([1, 2, 3, 4, 5, 6, 8, 9]);
  });

  test('a long list asked for after several changes shows each of its incidents, and leaves the whole order whole', () => {
    const index = new QueueIndex(source);
    for (let n = 1; n <= 40; n += 1) index.upsert(incidentWith(n, { priority: 3, openedAt: n }), n);
    const all = Array.from({ length: 40 }, (_, place) => place + 1);
    expect(numbersOf(index, { queue: 'allIncidents' })).toEqual(all);
    for (let n = 1; n <= 10; n += 1) {
      index.upsert(incidentWith(n, { priority: 3, openedAt: n, callerId: PEOPLE[2] ?? null }), 40 + n);
    }
    const filters = [{ field: 'caller', value: PEOPLE[2] ?? '', exclude: true }] as const;
    expect(numbersOf(index, { filters })).toEqual(all.slice(10));
    expect(numbersOf(index, { queue: 'allIncidents' })).toEqual(all);
  });

  test('thousands at once keep watched lists and counts right', () => {
    const index = new QueueIndex(source);
    index.list(spec(), agent, 0, 10);
    index.counts(agent);
    const many = 40_000;
    for (let n = 1; n <= many; n += 1) {
      index.upsert(
        incidentWith(n, { priority: n % 2 === 0 ? 1 : 4, state: n % 4 === 0 ? 'closed' : 'new', openedAt: many - n }),
        n,
      );
    }
    expect(index.list(spec(), agent, 0, 2)).toEqual({ total: 30_000, ids: [uuid(9, many - 2), uuid(9, many - 6)] });
    expect(index.counts(agent).allOpen).toBe(30_000);
    expect(index.list(spec({ order: { key: 'number', descending: true } }), agent, 0, 1).ids).toEqual([
      uuid(9, many - 1),
    ]);
    expect(index.highestNumber()).toBe(many);
  });

  test('queues whose content comes later have no count, not zero', () => {
    expect(new QueueIndex(source).counts(agent)).toMatchObject({
      atRisk: null,
      breached: null,
      majorIncidents: null,
      allOpen: 0,
    });
  });

  test('numbers are ordered by value, foreign ones by their prefix', () => {
    const index = new QueueIndex(source);
    index.upsert(incidentWith(1, { number: 'INC0000100' }), 1);
    index.upsert(incidentWith(2, { number: 'INC99999999' }), 2);
    index.upsert(incidentWith(3, { number: 'HELP-9' }), 3);
    index.upsert(incidentWith(4, { number: 'HELP-10' }), 4);
    expect(numbersOf(index, { order: { key: 'number', descending: false } })).toEqual([3, 4, 1, 2]);
  });

  test('a caller’s card tells how many are open and which came last', () => {
    const index = new QueueIndex(source);
    for (let n = 1; n <= 5; n += 1) {
      index.upsert(incidentWith(n, { callerId: me, openedAt: n, state: n < 3 ? 'closed' : 'new' }), n);
    }
    expect(index.ofCaller(me, 2)).toEqual({ open: 3, recent: [uuid(9, 5), uuid(9, 4)] });
    expect(index.ofCaller('nobody', 2)).toEqual({ open: 0, recent: [] });
  });

  test('an incident that went and came back is there once', () => {
    const index = new QueueIndex(source);
    index.upsert(incidentWith(1), 1);
    index.remove(uuid(9, 1));
    index.remove(uuid(9, 1));
    expect([index.size, index.has(uuid(9, 1)), index.idOf('INC1'), index.lsnOf(uuid(9, 1))]).toEqual([
      0,
      false,
      null,
      null,
    ]);
    index.upsert(incidentWith(1), 2);
    expect([index.size, index.idOf('INC1'), index.isNumberTaken('inc1')]).toEqual([1, uuid(9, 1), true]);
    expect(numbersOf(index)).toEqual([1]);
  });

  test('a checkpoint of another format or with a part cut off is refused', () => {
    const index = new QueueIndex(source);
    index.upsert(incidentWith(1), 1);
    const whole = index.checkpoint(1);
    expect(QueueIndex.restore(whole, source)?.size).toBe(1);
    expect(QueueIndex.restore({ ...whole, formatVersion: 99 }, source)).toBeNull();
    const cut = { ...whole.parts, columns: { ...whole.parts.columns, lsn: new Float64Array(0) } };
    expect(QueueIndex.restore({ ...whole, parts: cut }, source)).toBeNull();
  });

  test('a checkpoint does not change with the index it was taken of', () => {
    const index = new QueueIndex(source);
    index.upsert(incidentWith(1), 1);
    const taken = index.checkpoint(1);
    for (let n = 1; n <= 50; n += 1) index.upsert(incidentWith(n, { state: 'closed', shortDescription: 'changed' }), n);
    const restored = QueueIndex.restore(taken, source);
    expect(restored?.size).toBe(1);
    expect(restored?.counts(agent).allOpen).toBe(1);
  });
});
