import { describe, expect, it } from 'vitest';
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
