import { describe, expect, test } from 'vitest';
import { changed, FakeDesk, imported, incident, ME, OTHER, recorded } from './fake-desk.suite.ts';

const titles = (desk: FakeDesk) => desk.shown.map(({ request }) => request.title);

describe('what is told', () => {
  test('a P1 that somebody else records is shown at once, critically, and leads to the incident', async () => {
    const desk = new FakeDesk();
    await desk.happen(recorded(incident(7)));
    expect(desk.shown).toHaveLength(1);
    expect(desk.shown[0]?.request).toMatchObject({ urgency: 'critical', link: 'deskbell://incident/INC0000007' });
    expect(desk.shown[0]?.request.body).toContain('Problem 7');
    expect(desk.badges).toEqual([1]);
  });

  test('a P2 is shown with normal urgency, a P3 not at all', async () => {
    const desk = new FakeDesk();
    await desk.happen(recorded(incident(1, { priority: 2 })), recorded(incident(2, { priority: 3 })));
    expect(desk.shown.map(({ request }) => request.urgency)).toEqual(['normal']);
  });

  test('nothing is told of what I did myself', async () => {
    const desk = new FakeDesk();
    const mine = incident(1);
    await desk.happen(recorded(mine, ME), changed(mine, { assignedToId: ME }, ME));
    await desk.pass(60_000);
    expect(desk.shown).toEqual([]);
    expect(desk.stored.size).toBe(0);
  });

  test.each(['resolved', 'closed', 'canceled'] as const)(
    'nothing is told of what is %s when an import ends',
    async (state) => {
      const desk = new FakeDesk();
      await desk.happen(imported(incident(1, { state })), recorded(incident(2, { state })));
      expect(desk.shown).toEqual([]);
    },
  );

  test('an import tells of open important incidents, not of old assignments', async () => {
    const desk = new FakeDesk();
    await desk.happen(imported(incident(1, { priority: 4, assignedToId: ME })), imported(incident(2, { priority: 2 })));
    expect(titles(desk)).toHaveLength(1);
    expect(desk.shown[0]?.request.link).toBe('deskbell://incident/INC0000002');
  });

  test('an incident recorded by another and assigned to me is one alert', async () => {
    const desk = new FakeDesk();
    await desk.happen(recorded(incident(1, { assignedToId: ME })));
    expect(desk.shown).toHaveLength(1);
    expect(desk.shown[0]?.request.title).toContain('Assigned to you');
  });

  test('words of a confidential incident stay out of the notification and the ledger', async () => {
    const desk = new FakeDesk();
    await desk.happen(recorded(incident(1, { confidential: true, shortDescription: 'secret' })));
    expect(JSON.stringify(desk.shown)).not.toContain('secret');
    expect(JSON.stringify([...desk.stored.values()])).not.toContain('secret');
  });

  test('nobody is told before anybody sits at the desk', async () => {
    const desk = new FakeDesk();
    desk.person = null;
    await desk.happen(recorded(incident(1)));
    expect(desk.stored.size).toBe(0);
  });
});

describe('an assignment settles first', () => {
  const open = incident(1, { priority: 3, assignedToId: OTHER });

  test('it is told after ten seconds', async () => {
    const desk = new FakeDesk();
    await desk.happen(changed(open, { assignedToId: ME }));
    await desk.pass(9_999);
    expect(desk.shown).toEqual([]);
    expect(desk.engine.entries(ME, 10)).toEqual({ unacknowledged: 0, entries: [] });
    await desk.pass(1);
    expect(desk.shown).toHaveLength(1);
    expect(desk.engine.entries(ME, 10).unacknowledged).toBe(1);
  });

  test('one put right within that time is told to nobody, and the ledger says why', async () => {
    const desk = new FakeDesk();
    const assigned = changed(open, { assignedToId: ME });
    await desk.happen(assigned);
    await desk.pass(3_000);
    await desk.happen(changed(assigned.after, { assignedToId: OTHER }));
    await desk.pass(60_000);
    expect(desk.shown).toEqual([]);
    expect([...desk.stored.values()]).toMatchObject([
      { state: 'suppressed', delivery: [{ shown: false, reason: 'settledAway' }] },
    ]);
  });

  test('a kill while it settles does not lose it', async () => {
    const desk = new FakeDesk();
    await desk.happen(changed(open, { assignedToId: ME }));
    await desk.pass(4_000);
    desk.restart();
    await desk.pass(6_000);
    expect(desk.shown).toHaveLength(1);
  });

  test('assigned away and back again later, it is told again', async () => {
    const desk = new FakeDesk();
    const assigned = changed(open, { assignedToId: ME });
    await desk.happen(assigned);
    await desk.pass(20_000);
    const away = changed(assigned.after, { assignedToId: OTHER });
    await desk.happen(away);
    expect(desk.engine.entries(ME, 10)).toMatchObject({ unacknowledged: 0, entries: [{ state: 'resolved' }] });
    await desk.happen(changed(away.after, { assignedToId: ME }));
    await desk.pass(60_000);
    expect(desk.shown).toHaveLength(2);
  });
});

describe('told once', () => {
  test('the same change again, before and after a restart, tells nothing', async () => {
    const desk = new FakeDesk();
    const change = recorded(incident(1));
    await desk.happen(change);
    await desk.happen(change);
    desk.restart();
    await desk.happen(change);
    expect(desk.shown).toHaveLength(1);
  });

  test('a change of an alert already over is not raised by an older activity', async () => {
    const desk = new FakeDesk();
    const change = recorded(incident(1));
    await desk.happen(change, changed(change.after, { state: 'resolved' }));
    desk.restart();
    await desk.happen(change);
    expect(desk.shown).toEqual([]);
    expect(desk.engine.entries(ME, 10).entries).toMatchObject([{ state: 'resolved' }]);
  });

  test('a store reconciled while the desk runs never takes back what the engine knows better', async () => {
    const desk = new FakeDesk();
    await desk.happen(recorded(incident(1)));
    const stale = [...desk.stored.values()].map((record) => ({ ...record, delivery: [] }));
    desk.engine.acknowledge(stale[0]?.id ?? '');
    desk.engine.restore(stale);
    await desk.pass(60_000);
    expect(desk.engine.entries(ME, 10)).toMatchObject({ unacknowledged: 0, entries: [{ state: 'acknowledged' }] });
    expect(desk.shown).toHaveLength(1);
  });

  test('what was being shown when the desk stopped stays in the list and is not shown again', async () => {
    const desk = new FakeDesk();
    desk.engine.consider([recorded(incident(1))]);
    const [written] = [...desk.stored.values()];
    desk.stored.set(written?.id ?? '', { ...desk.record(written?.id ?? ''), delivery: [] });
    desk.shown.length = 0;
    desk.restart();
    await desk.pass(60_000);
    expect(desk.shown).toEqual([]);
    const { unacknowledged, entries } = desk.engine.entries(ME, 10);
    expect(unacknowledged).toBe(1);
    expect(entries[0]?.delivery[0]?.reason).toBe('unknownAfterRestart');
  });
});

describe('a burst', () => {
  const burst = (count: number) =>
    Array.from({ length: count }, (_, n) => imported(incident(n + 1, { priority: n % 5 === 0 ? 1 : 2 })));

  test('comes as the three most urgent and one digest of the rest', async () => {
    const desk = new FakeDesk();
    await desk.happen(...burst(300));
    expect(desk.shown).toHaveLength(4);
    expect(desk.shown.slice(0, 3).map(({ request }) => request.urgency)).toEqual(['critical', 'critical', 'critical']);
    expect(desk.shown[3]?.request.title).toContain('"count":297');
    expect(desk.shown[3]?.request.link).toBe('deskbell://queue/allOpen');
    expect(desk.badges.at(-1)).toBe(300);
    expect(desk.engine.entries(ME, 50)).toMatchObject({ unacknowledged: 300, entries: { length: 4 } });
  });

  test('lets its digest grow under one tag, at most once a second', async () => {
    const desk = new FakeDesk();
    for (let n = 1; n <= 40; n += 1) {
      await desk.happen(recorded(incident(n)));
      await desk.pass(100);
    }
    await desk.pass(5_000);
    const digests = desk.shown.slice(3);
    expect(new Set(digests.map(({ request }) => request.tag)).size).toBe(1);
    expect(digests.length).toBeLessThanOrEqual(6);
    expect(digests.at(-1)?.request.title).toContain('"count":37');
  });

  test('is over after thirty quiet seconds', async () => {
    const desk = new FakeDesk();
    await desk.happen(...burst(5));
    await desk.pass(30_000);
    await desk.happen(recorded(incident(99)));
    expect(desk.shown.at(-1)?.request.link).toBe('deskbell://incident/INC0000099');
  });

  test('goes on in the same digest after a restart', async () => {
    const desk = new FakeDesk();
    await desk.happen(...burst(5));
    const tag = desk.shown.at(-1)?.request.tag;
    desk.restart();
    await desk.pass(2_000);
    await desk.happen(recorded(incident(99)));
    expect(desk.shown.at(-1)?.request).toMatchObject({ tag });
  });

  test('of assignments leads to my work', async () => {
    const desk = new FakeDesk();
    await desk.happen(...[1, 2, 3, 4, 5].map((n) => recorded(incident(n, { priority: 4, assignedToId: ME }))));
    expect(desk.shown.at(-1)?.request.link).toBe('deskbell://queue/myWork');
  });
});

describe('what became of it', () => {
  test('a daemon that is gone is written down as the reason, and the alert still waits in the list', async () => {
    const desk = new FakeDesk();
    desk.outcome = { shown: false, reason: 'noDaemon' };
    await desk.happen(recorded(incident(1)));
    const { unacknowledged, entries } = desk.engine.entries(ME, 10);
    expect(unacknowledged).toBe(1);
    expect(entries[0]?.delivery).toEqual([{ channel: 'os', shown: false, reason: 'noDaemon', at: desk.now }]);
  });

  test('what could not be shown is shown when a daemon is there again, once', async () => {
    const desk = new FakeDesk();
    desk.outcome = { shown: false, reason: 'noDaemon' };
    await desk.happen(recorded(incident(1)));
    desk.outcome = { shown: true };
    await desk.pass(4_999);
    expect(desk.shown).toHaveLength(0);
    await desk.pass(600_000);
    expect(desk.shown).toHaveLength(1);
    expect(desk.engine.entries(ME, 10).entries[0]?.delivery).toMatchObject([
      { shown: false, reason: 'noDaemon' },
      { shown: true, reason: null },
    ]);
  });

  test('a digest that could not be shown comes with all it stands for by then', async () => {
    const desk = new FakeDesk();
    await desk.happen(recorded(incident(1)), recorded(incident(2)), recorded(incident(3)));
    desk.outcome = { shown: false, reason: 'failed' };
    await desk.happen(recorded(incident(4)));
    await desk.pass(1_000);
    await desk.happen(recorded(incident(5)));
    desk.outcome = { shown: true };
    await desk.pass(600_000);
    expect(desk.shown).toHaveLength(4);
    expect(desk.shown.at(-1)?.request.title).toContain('{"count":2}');
  });

  test('nothing is tried again for ever, nor what was answered meanwhile, nor for somebody who has left', async () => {
    const desk = new FakeDesk();
    desk.outcome = { shown: false, reason: 'noDaemon' };
    await desk.happen(recorded(incident(1)));
    await desk.pass(600_000);
    desk.outcome = { shown: true };
    await desk.pass(600_000);
    expect(desk.shown).toEqual([]);

    desk.outcome = { shown: false, reason: 'noDaemon' };
    await desk.happen(recorded(incident(2)));
    const [entry] = desk.engine.entries(ME, 10).entries;
    desk.engine.acknowledge(entry?.id ?? '');
    await desk.happen(recorded(incident(3)));
    desk.outcome = { shown: true };
    desk.person = OTHER;
    await desk.pass(600_000);
    expect(desk.shown).toEqual([]);
  });

  test('a host that throws counts as failed', async () => {
    const desk = new FakeDesk();
    desk.outcome = new Error('gone');
    await desk.happen(recorded(incident(1)));
    expect(desk.engine.entries(ME, 10).entries[0]?.delivery[0]).toMatchObject({ shown: false, reason: 'failed' });
  });

  test('resolving the incident resolves its alert, and acknowledging does not bring it back', async () => {
    const desk = new FakeDesk();
    const change = recorded(incident(1));
    await desk.happen(change);
    await desk.happen(changed(change.after, { state: 'resolved' }, ME));
    const [entry] = desk.engine.entries(ME, 10).entries;
    expect(entry?.state).toBe('resolved');
    expect(desk.engine.acknowledge(entry?.id ?? '')).toBe(true);
    expect(desk.engine.entries(ME, 10).entries[0]?.state).toBe('resolved');
    expect(desk.badges).toEqual([1, 0]);
  });

  test('lets its digest name what it stands for, the most urgent first', async () => {
    const desk = new FakeDesk();
    await desk.happen(...[1, 2, 3, 4, 5].map((n) => recorded(incident(n, { priority: n === 5 ? 1 : 2 }))));
    const { entries } = desk.engine.entries(ME, 10);
    const digest = entries.find((entry) => entry.rule === 'digest');
    const alone = entries.filter((entry) => entry.rule !== 'digest');
    expect(digest?.members.map((member) => member.number)).toHaveLength(2);
    expect(digest?.members[0]?.shortDescription).toMatch(/^Problem \d/);
    expect(alone.every((entry) => entry.members.length === 0 && /^Problem \d/.test(entry.shortDescription ?? ''))).toBe(
      true,
    );
  });

  test('acknowledging a digest answers all its members', async () => {
    const desk = new FakeDesk();
    await desk.happen(...[1, 2, 3, 4, 5].map((n) => recorded(incident(n))));
    const digest = desk.engine.entries(ME, 10).entries.find((entry) => entry.rule === 'digest');
    expect(desk.engine.acknowledge(digest?.id ?? '')).toBe(true);
    expect(desk.engine.entries(ME, 10).unacknowledged).toBe(3);
    expect(desk.engine.acknowledge('no such alert')).toBe(false);
  });

  test('a digest is over when all its incidents are', async () => {
    const desk = new FakeDesk();
    const changes = [1, 2, 3, 4, 5].map((n) => recorded(incident(n)));
    await desk.happen(...changes);
    await desk.happen(...changes.map((change) => changed(change.after, { state: 'closed' })));
    expect(desk.engine.entries(ME, 10).entries.map((entry) => entry.state)).toEqual(Array(4).fill('resolved'));
    expect(desk.badges.at(-1)).toBe(0);
  });

  test('a snoozed alert is silent until its time, then told again, also over a restart', async () => {
    const desk = new FakeDesk();
    await desk.happen(recorded(incident(1)));
    const [entry] = desk.engine.entries(ME, 10).entries;
    expect(desk.engine.snooze(entry?.id ?? '', desk.now + 60_000)).toBe(true);
    await desk.settled();
    expect(desk.badges.at(-1)).toBe(0);
    await desk.pass(30_000);
    desk.restart();
    await desk.pass(29_999);
    expect(desk.shown).toHaveLength(1);
    await desk.pass(1);
    expect(desk.shown).toHaveLength(2);
    expect(desk.engine.entries(ME, 10)).toMatchObject({ unacknowledged: 1, entries: [{ state: 'triggered' }] });
  });

  test.each([false, true])('a snoozed digest wakes with all its members (restarted: %s)', async (restarted) => {
    const desk = new FakeDesk();
    await desk.happen(...[1, 2, 3, 4, 5].map((n) => recorded(incident(n))));
    const digest = desk.engine.entries(ME, 10).entries.find((entry) => entry.rule === 'digest');
    desk.engine.snooze(digest?.id ?? '', desk.now + 60_000);
    expect(desk.engine.entries(ME, 10).unacknowledged).toBe(3);
    if (restarted) desk.restart();
    await desk.pass(60_000);
    expect(desk.engine.entries(ME, 10).unacknowledged).toBe(5);
    expect(desk.shown).toHaveLength(5);
    expect(desk.shown.at(-1)?.request.title).toContain('"count":2');
  });

  test('what another person was told is theirs: not on my badge, not in my list', async () => {
    const desk = new FakeDesk();
    await desk.happen(recorded(incident(1)));
    desk.person = OTHER;
    desk.engine.personChanged();
    expect(desk.badges.at(-1)).toBe(0);
    expect(desk.engine.entries(OTHER, 10).entries).toEqual([]);
    expect(desk.engine.entries(ME, 10).entries).toHaveLength(1);
  });

  test('the ledger forgets after ninety days', async () => {
    const desk = new FakeDesk();
    await desk.happen(recorded(incident(1)));
    expect(desk.engine.prune()).toEqual([]);
    desk.now += 91 * 24 * 60 * 60 * 1000;
    expect(desk.engine.prune()).toHaveLength(1);
    expect(desk.engine.entries(ME, 10).entries).toEqual([]);
  });
});
