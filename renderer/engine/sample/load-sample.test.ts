import { describe, expect, it } from 'vitest';
import { activitySchema } from '#domain/activity/activity.schema.ts';
import type { Person } from '#domain/directory/directory.ts';
import { asIncidentActivity } from '#domain/incident/activities/registry.schema.ts';
import { INCIDENT_STATES, OPEN_STATES } from '#domain/incident/incident.ts';
import { DEFAULT_MATRIX } from '#domain/priority/matrix.ts';
import { MemorySink } from '../import/testing/memory-sink.ts';
import { loadSample, type SamplePorts } from './load-sample.ts';

const NOW = Date.UTC(2026, 5, 17, 10, 30);
const DAY = 24 * 60 * 60 * 1000;
const me = { id: 'me', name: 'Ada', role: 'agent', teamIds: ['my-team'] } as unknown as Person;

const ports = (sink: MemorySink, person: Person | null = me, progress: SamplePorts['progress'] = () => undefined) => ({
  sink,
  newId: () => 'sample-import',
  now: () => NOW,
  device: () => 'device',
  matrix: () => DEFAULT_MATRIX,
  person: () => person,
  progress,
});

async function loaded(incidents = 400, person: Person | null = me) {
  const sink = new MemorySink();
  const outcome = await loadSample(ports(sink, person), { seed: 7, incidents });
  return { sink, outcome, incidents: sink.incidents() };
}

describe('sample data', { timeout: 30_000 }, () => {
  it('tells how far it is, and when it is over', async () => {
    const told: unknown[] = [];
    await loadSample(
      ports(new MemorySink(), me, (progress) => told.push(progress)),
      { seed: 7, incidents: 120 },
    );
    expect(told).toEqual([
      { done: 0, total: 120 },
      { done: 50, total: 120 },
      { done: 100, total: 120 },
      { done: 120, total: 120 },
      null,
    ]);
  });

  it('is over for everybody too when it fails', async () => {
    const told: unknown[] = [];
    const broken = {
      ...ports(new MemorySink(), me, (progress) => told.push(progress)),
      matrix: () => {
        throw new Error('broken');
      },
    };
    await expect(loadSample(broken, { seed: 7, incidents: 120 })).rejects.toThrow('broken');
    expect(told).toEqual([{ done: 0, total: 120 }, null]);
  });

  it('is a desk in all states and priorities', async () => {
    const { outcome, incidents } = await loaded();
    expect(outcome).toEqual({ ok: true, value: { incidents: 400 } });
    for (const state of INCIDENT_STATES) expect(incidents.some((one) => one.state === state)).toBe(true);
    for (const priority of [1, 2, 3, 4, 5]) expect(incidents.some((one) => one.priority === priority)).toBe(true);
    expect(incidents.filter((one) => OPEN_STATES.includes(one.state)).length).toBeGreaterThan(100);
  });

  it('leaves something in every queue of the person at the desk', async () => {
    const { incidents } = await loaded();
    const open = incidents.filter((one) => OPEN_STATES.includes(one.state));
    const mine = open.filter((one) => one.assignedToId === 'me');
    expect(mine.length).toBeGreaterThanOrEqual(5);
    const unowned = open.filter((one) => one.assignedToId === null && one.assignmentGroupId === 'my-team');
    expect(unowned.length).toBeGreaterThanOrEqual(4);
    expect(open.some((one) => one.assignmentGroupId === null && one.assumed)).toBe(true);
    expect(open.some((one) => one.waitingForPickUpSince !== null)).toBe(true);
    const answered = incidents.filter((one) => one.state === 'resolved' && one.assignedToId === 'me');
    expect(answered.some((one) => (one.lastMessageAt ?? 0) > (one.lastReplyAt ?? 0))).toBe(true);
  });

  it('holds only entries this build can read, in order and never in the future', async () => {
    const { sink } = await loaded(120);
    for (const activities of sink.visible.values()) {
      const times = activities.map((activity) => activity.occurredAt);
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(times.at(-1)).toBeLessThanOrEqual(NOW);
      expect(times[0]).toBeGreaterThanOrEqual(NOW - 61 * DAY);
      for (const activity of activities) {
        expect(activitySchema.parse(activity)).toEqual(activity);
        expect(asIncidentActivity(activity)).not.toBeNull();
      }
    }
  });

  it('names only people, teams, categories, services, items and sites that it brings', async () => {
    const { sink, incidents } = await loaded();
    const known = new Set([...sink.directory.keys(), 'me', 'my-team', 'deskbell']);
    for (const one of incidents) {
      const refers = [one.callerId, one.assignedToId, one.assignmentGroupId, one.categoryId, one.serviceId, one.siteId];
      for (const id of [...refers, ...one.configurationItemIds]) if (id !== null) expect(known.has(id)).toBe(true);
    }
    expect([...sink.directory.values()].every(({ record }) => record.source === 'Sample data')).toBe(true);
  });

  it('is the same for the same seed, and loaded again adds nothing', async () => {
    const { sink } = await loaded(60);
    expect((await loaded(60)).sink.visible).toEqual(sink.visible);
    expect(await loadSample(ports(sink), { seed: 7, incidents: 60 })).toEqual({ ok: true, value: { incidents: 0 } });
  });

  it('works for a handful and without anybody at the desk', async () => {
    for (const incidents of [1, 2, 9]) expect((await loaded(incidents, null)).incidents).toHaveLength(incidents);
  });
});
