import { describe, expect, it } from 'vitest';
import type { Choice } from '#contracts/engine/protocol.ts';
import { everything, introduced, nextId, recordArgs, testDesk } from './engine-harness.suite.ts';

describe('the engine', { timeout: 30_000 }, () => {
  it('introduces a person with a team, and knows them as the one at the desk', async () => {
    const desk = testDesk();
    const window = desk.window();
    const personId = await introduced(window);
    const session = await window.watch('session', {});
    expect(session.personId).toBe(personId);
    expect(session.person?.teamIds).toHaveLength(1);
  });

  it('records an incident and shows it in lists, counts and by its number', async () => {
    const desk = testDesk();
    const window = desk.window();
    const personId = await introduced(window);
    const made = await window.submit(personId, 'incident.record', recordArgs('Printer on fire'));
    expect(made).toMatchObject({ ok: true, value: { number: 'INC0000001' } });
    const list = await window.watch('list', { personId, spec: everything, from: 0, to: 50 });
    expect(list.rows.map((row) => row.shortDescription)).toEqual(['Printer on fire']);
    const counts = await window.watch('counts', { personId });
    expect(counts.allOpen).toBe(1);
    const incident = await window.watch('incident', { idOrNumber: 'INC0000001' });
    expect(incident?.timeline.map((activity) => activity.type)).toEqual(['incident.recorded']);
  });

  it('tells which incidents a whole list, a stretch of it, or a filter means, and what a deed must know of them', async () => {
    const desk = testDesk();
    const window = desk.window();
    const personId = await introduced(window);
    const made = ['Printer on fire', 'No network', 'No sound'].map(recordArgs);
    for (const args of made) await window.submit(personId, 'incident.record', args);
    const [first, second, third] = made.map((args) => args.incidentId);
    await window.submit(personId, 'incident.start', { incidentId: second ?? '' });
    const byNumber = { ...everything, order: { key: 'number' as const, descending: false } };
    const chosen = async (of: Choice) => await window.watch('chosen', { personId, of });
    const whole = await chosen({ list: byNumber, between: null });
    expect(whole.total).toBe(3);
    expect(whole.rows.map((row) => [row.id, row.state, row.begun])).toEqual([
      [first, 'new', false],
      [second, 'inProgress', true],
      [third, 'new', false],
    ]);
    const idsOf = async (of: Choice) => (await chosen(of)).rows.map((row) => row.id);
    expect(await idsOf({ list: byNumber, between: [third ?? '', second ?? ''] })).toEqual([second, third]);
    expect(await idsOf({ list: byNumber, between: [third ?? '', 'gone'] })).toEqual([]);
    const ids = [third ?? '', second ?? ''];
    expect(await idsOf({ ids, within: { ...byNumber, text: 'sound' } })).toEqual([third]);
    expect(await idsOf({ ids, within: null })).toEqual(ids);
  });

  it('leaves none out of a choice larger than what it keeps at hand', async () => {
    const desk = testDesk();
    const window = desk.window();
    const personId = await introduced(window);
    await window.call('loadSample', { seed: 1, incidents: 2_300 });
    const whole = { ...everything, queue: 'allIncidents' as const };
    await window.watch(
      'status',
      {},
      ({ incidents, appliedLsn, lastLsn }) => incidents === 2_300 && appliedLsn === lastLsn,
    );
    // What was looked at longest ago is what has to make room first.
    const end = await window.watch('list', { personId, spec: whole, from: 2_240, to: 2_300 });
    expect(end.rows).toHaveLength(60);
    for (const from of [0, 640, 1_280]) {
      await window.watch('list', { personId, spec: whole, from, to: from + 640 });
    }
    const chosen = await window.watch('chosen', { personId, of: { list: whole, between: null } });
    expect(chosen.total).toBe(2_300);
    expect(chosen.rows).toHaveLength(2_300);
  });

  it('shows a change made in one window in another', async () => {
    const desk = testDesk();
    const [one, other] = [desk.window(), desk.window()];
    const personId = await introduced(one);
    const args = recordArgs('No network');
    await one.submit(personId, 'incident.record', args);
    const seen = other.watch(
      'incident',
      { idOrNumber: args.incidentId },
      (value) => value?.incident.state === 'inProgress',
    );
    const started = await one.submit(personId, 'incident.start', { incidentId: args.incidentId });
    expect(started).toMatchObject({ ok: true });
    expect((await seen)?.incident.assignedToId).toBe(personId);
  });

  it('repeats the outcome of a command that comes again, and does nothing twice', async () => {
    const desk = testDesk();
    const window = desk.window();
    const personId = await introduced(window);
    const commandId = nextId();
    const args = recordArgs('Once only');
    const first = await window.submit(personId, 'incident.record', args, { commandId });
    const again = await window.submit(personId, 'incident.record', args, { commandId });
    expect(again).toEqual(first);
    expect(desk.engine.status().incidents).toBe(1);
  });
});
