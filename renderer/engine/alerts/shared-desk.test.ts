import { describe, expect, test } from 'vitest';
import type { Incident } from '#domain/incident/incident.ts';
import { changed, FakeDesk, imported, incident, ME, OTHER, recorded } from './fake-desk.suite.ts';

const links = (desk: FakeDesk) => desk.shown.map(({ request }) => request.link);

/** I have been at this desk; Olga sits there now. */
async function shared(): Promise<FakeDesk> {
  const desk = new FakeDesk();
  await desk.comes(OTHER);
  return desk;
}
const mine: Partial<Incident> = { priority: 3, assignedToId: ME };

describe('a desk that two people share', () => {
  test('tells whoever comes what the other recorded and assigned to them meanwhile, once', async () => {
    const desk = await shared();
    const open = incident(2, { priority: 3 });
    await desk.happen(recorded(incident(1)), changed(open, mine));
    await desk.pass(3_600_000);
    expect(desk.shown).toEqual([]);
    await desk.comes(ME);
    expect(links(desk)).toEqual(['deskbell://incident/INC0000001', 'deskbell://incident/INC0000002']);
    expect(desk.badges.at(-1)).toBe(2);
    await desk.comes(OTHER);
    await desk.comes(ME);
    await desk.pass(3_600_000);
    expect(desk.shown).toHaveLength(2);
  });

  test('keeps what waits in the ledger: a restart before they come changes nothing', async () => {
    const desk = await shared();
    await desk.happen(recorded(incident(1)), changed(incident(2, { priority: 3 }), mine));
    await desk.pass(4_000);
    desk.restart();
    await desk.pass(60_000);
    desk.restart();
    expect(desk.shown).toEqual([]);
    await desk.comes(ME);
    expect(desk.shown).toHaveLength(2);
    desk.restart();
    await desk.comes(OTHER);
    await desk.comes(ME);
    expect(desk.shown).toHaveLength(2);
  });

  test('tells an assignment that settled while the desk was off', async () => {
    const desk = await shared();
    await desk.happen(changed(incident(2, { priority: 3 }), mine));
    desk.now += 60_000;
    desk.restart();
    await desk.comes(ME);
    expect(desk.shown).toHaveLength(1);
  });

  test('is killed after somebody came and before they were told: tells them at the next start', async () => {
    const desk = await shared();
    await desk.happen(recorded(incident(1)));
    desk.person = ME;
    desk.restart();
    await desk.settled();
    expect(desk.shown).toHaveLength(1);
  });

  test('never tells twice what the system is still about to show', async () => {
    const desk = await shared();
    await desk.happen(recorded(incident(1)));
    desk.person = ME;
    desk.engine.personChanged();
    desk.person = OTHER;
    desk.engine.personChanged();
    desk.person = ME;
    desk.engine.personChanged();
    await desk.settled();
    expect(desk.shown).toHaveLength(1);
  });

  test('tells nothing that is over by then, put right, or one’s own', async () => {
    const desk = await shared();
    const [over, back, own] = [recorded(incident(1)), changed(incident(2, { priority: 3 }), mine), incident(3, mine)];
    await desk.happen(over, back, recorded(own, ME));
    await desk.pass(60_000);
    await desk.happen(changed(over.after, { state: 'resolved' }), changed(back.after, { assignedToId: OTHER }));
    await desk.comes(ME);
    await desk.pass(60_000);
    expect(desk.shown).toEqual([]);
    expect(desk.engine.entries(ME, 10)).toEqual({ unacknowledged: 0, entries: [] });
    const states = [...desk.stored.values()].filter((one) => one.forPersonId === ME).map((one) => one.state);
    expect(states).toEqual(['suppressed', 'suppressed']);
  });

  test('tells nothing of what happened before somebody was introduced', async () => {
    const desk = new FakeDesk();
    desk.person = OTHER;
    await desk.happen(recorded(incident(1)), changed(incident(2, { priority: 3 }), mine, 'person-third'));
    await desk.comes(ME);
    await desk.pass(60_000);
    expect([...desk.stored.values()].filter((one) => one.forPersonId === ME)).toEqual([]);
    expect(desk.engine.entries(ME, 10).entries).toEqual([]);
  });

  test('tells of many as the three most urgent and one digest', async () => {
    const desk = await shared();
    await desk.happen(...Array.from({ length: 20 }, (_, n) => imported(incident(n + 1, { priority: n < 3 ? 2 : 1 }))));
    expect(desk.shown.filter(({ request }) => request.link.includes('queue'))).toHaveLength(1);
    desk.shown.length = 0;
    await desk.pass(1_000);
    await desk.comes(ME);
    expect(desk.shown.map(({ request }) => request.urgency)).toEqual(['critical', 'critical', 'critical', 'critical']);
    expect(desk.shown[3]?.request.title).toContain('"count":17');
    expect(desk.engine.entries(ME, 10)).toMatchObject({ unacknowledged: 20, entries: { length: 4 } });
  });

  test('goes on with the first three after a restart a moment before they come', async () => {
    const desk = await shared();
    await desk.happen(recorded(incident(1)), recorded(incident(2)), recorded(incident(3)));
    desk.restart();
    await desk.comes(ME);
    expect(links(desk).every((link) => link.includes('incident/'))).toBe(true);
    expect(desk.shown).toHaveLength(3);
  });

  test('tells once of an incident that is both important and theirs by now', async () => {
    const desk = await shared();
    const change = recorded(incident(1));
    await desk.happen(change);
    await desk.pass(60_000);
    await desk.happen(changed(change.after, { assignedToId: ME }));
    await desk.pass(60_000);
    await desk.comes(ME);
    expect(desk.shown.map(({ request }) => request.title)).toEqual([expect.stringContaining('Assigned to you')]);
    expect(desk.badges.at(-1)).toBe(1);
  });

  test('tells it as it stands by then, and keeps the words of what became confidential', async () => {
    const desk = await shared();
    const change = recorded(incident(1));
    await desk.happen(change);
    await desk.happen(changed(change.after, { confidential: true, priority: 2 }));
    await desk.comes(ME);
    expect(desk.shown[0]?.request).toMatchObject({ urgency: 'normal', link: 'deskbell://incident/INC0000001' });
    expect(JSON.stringify(desk.shown)).not.toContain('Problem 1');
  });

  test('wakes what somebody snoozed when they are back', async () => {
    const desk = new FakeDesk();
    await desk.happen(recorded(incident(1)));
    const [entry] = desk.engine.entries(ME, 10).entries;
    desk.engine.snooze(entry?.id ?? '', desk.now + 60_000);
    await desk.comes(OTHER);
    await desk.pass(120_000);
    expect(desk.shown).toHaveLength(1);
    await desk.comes(ME);
    expect(desk.shown).toHaveLength(2);
  });
});
