import { describe, expect, it } from 'vitest';
import { createMemoryDisk } from '#renderer/platform/memory-host.ts';
import { everything, introduced, nextId, recordArgs, type TestDesk, testDesk } from './engine-harness.suite.ts';

/** One turn of everything: timers of ports and the fake database alike. */
const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

const shown = async (desk: TestDesk, personId: string) => {
  const list = await desk.window().watch('list', { personId, spec: everything, from: 0, to: 200 });
  return list.rows.map((row) => row.shortDescription);
};

/** More than a submit takes from the window's message to the last row in the database. */
const MOST_TURNS = 40;

describe('a process that is killed', { timeout: 60_000 }, () => {
  it('loses nothing it answered, at whatever moment of a submit it dies, and does nothing twice', async () => {
    let answeredBeforeDeath = 0;
    let diedBeforeAnswer = 0;
    for (let moment = 0; moment < MOST_TURNS; moment += 1) {
      const desk = testDesk();
      const window = desk.window();
      const personId = await introduced(window);
      const commandId = nextId();
      const args = recordArgs(`at ${moment}`);
      let saved = false;
      void window.submit(personId, 'incident.record', args, { commandId }).then((answer) => {
        saved = answer.ok;
      });
      await turns(moment);
      desk.kill();
      // What the window got is what was on its way when the process died.
      await new Promise((resolve) => setTimeout(resolve, 2));
      if (saved) answeredBeforeDeath += 1;
      else diedBeforeAnswer += 1;
      const again = desk.restart();
      const kept = await shown(again, personId);
      if (saved) expect(kept).toEqual([`at ${moment}`]);
      const resent = await again.window().submit(personId, 'incident.record', args, { commandId });
      expect(resent).toMatchObject({ ok: true, value: { number: 'INC0000001' } });
      expect(await shown(again, personId)).toEqual([`at ${moment}`]);
      again.kill();
    }
    // The sweep covered both sides of the fsync, else it proves nothing.
    expect(answeredBeforeDeath).toBeGreaterThan(0);
    expect(diedBeforeAnswer).toBeGreaterThan(0);
  });

  it('loses no draft, and gives back none that a saved command used up', async () => {
    const desk = testDesk();
    const window = desk.window();
    const personId = await introduced(window);
    const [used, half] = [nextId(), nextId()];
    const draft = {
      person: personId,
      kind: 'newIncident',
      incidentId: null,
      content: { text: 'half' },
      updatedAt: 1,
    } as const;
    await window.call('saveDraft', { draft: { ...draft, id: used } });
    await window.call('saveDraft', { draft: { ...draft, id: half } });
    await window.submit(personId, 'incident.record', recordArgs('done'), { draftId: used });
    const here = await window.watch('drafts', { personId }, (drafts) => drafts.length === 1);
    expect(here.map((one) => one.id)).toEqual([half]);
    const again = desk.restart();
    await again.ready();
    const kept = await again.window().watch('drafts', { personId });
    expect(kept.map((one) => one.id)).toEqual([half]);
  });
});

describe('a full disk', { timeout: 30_000 }, () => {
  it('answers so, keeps nothing by half, and goes on when there is space again', async () => {
    const disk = createMemoryDisk();
    const desk = testDesk({ disk });
    const window = desk.window();
    const personId = await introduced(window);
    const first = recordArgs('before');
    await window.submit(personId, 'incident.record', first);
    disk.failing = 'diskFull';
    const commandId = nextId();
    const args = recordArgs('while full');
    const refused = await window.submit(personId, 'incident.record', args, { commandId });
    expect(refused).toEqual({ ok: false, error: { code: 'diskFull' } });
    await window.watch('status', {}, (status) => status.trouble === 'diskFull');
    expect(await shown(desk, personId)).toEqual(['before']);
    disk.failing = null;
    const again = await window.submit(personId, 'incident.record', args, { commandId });
    expect(again).toMatchObject({ ok: true, value: { number: 'INC0000002' } });
    await window.watch('status', {}, (status) => status.trouble === null);
    expect(await shown(desk, personId)).toEqual(['before', 'while full']);
  });

  it('is said to be over by itself once there is space', async () => {
    const disk = createMemoryDisk();
    const desk = testDesk({ disk, environment: { after: (_, callback) => soon(callback) } });
    const window = desk.window();
    const personId = await introduced(window);
    disk.failing = 'diskFull';
    await window.submit(personId, 'incident.record', recordArgs('refused'));
    await window.watch('status', {}, (status) => status.trouble === 'diskFull');
    disk.failing = null;
    const status = await window.watch('status', {}, (one) => one.trouble === null);
    expect(status.phase).toBe('ready');
    desk.kill();
  });
});

const soon = (callback: () => void) => {
  const timer = setTimeout(callback, 5);
  return () => clearTimeout(timer);
};

describe('an engine that another one took over from', { timeout: 30_000 }, () => {
  it('stops writing, says so, and answers that it is not ready', async () => {
    const disk = createMemoryDisk();
    const [old, databaseName] = [testDesk({ disk }), `desk ${nextId()}`];
    const window = old.window();
    const personId = await introduced(window);
    const young = testDesk({ disk, databaseName });
    await young.ready();
    const refused = await window.submit(personId, 'incident.record', recordArgs('too late'));
    expect(refused).toEqual({ ok: false, error: { code: 'notReady' } });
    await window.watch('status', {}, (status) => status.phase === 'blocked' && status.trouble === 'otherEngine');
    expect(await shown(young, personId)).toEqual([]);
    expect(await young.window().submit(personId, 'incident.record', recordArgs('in time'))).toMatchObject({ ok: true });
  });
});

describe('a journal whose end is not where the engine thinks', { timeout: 30_000 }, () => {
  it('is opened anew, and the desk goes on', async () => {
    const disk = createMemoryDisk();
    const desk = testDesk({ disk });
    const window = desk.window();
    const personId = await introduced(window);
    await window.submit(personId, 'incident.record', recordArgs('one'));
    const last = disk.frames.get(disk.lastLsn) ?? '';
    // A frame that was written although its answer never came.
    disk.lastLsn += 1;
    disk.frames.set(
      disk.lastLsn,
      JSON.stringify({ ...JSON.parse(last), lsn: disk.lastLsn, kind: 'settings', command: null, activities: [] }),
    );
    const refused = await window.submit(personId, 'incident.record', recordArgs('two'));
    expect(refused.ok).toBe(false);
    await window.watch('status', {}, (status) => status.phase === 'ready' && status.trouble === null);
    expect(await window.submit(personId, 'incident.record', recordArgs('two'))).toMatchObject({ ok: true });
    expect(await shown(desk, personId)).toEqual(['one', 'two']);
  });
});
