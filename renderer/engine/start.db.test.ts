// Before Dexie, which looks for the browser's database once, when it is loaded.
import 'fake-indexeddb/auto';

import { afterEach, describe, expect, it, vi } from 'vitest';
import type { EngineHost } from '#contracts/host/engine-host.ts';
import { DeskStore } from '#renderer/data/desk-store.ts';
import { AbortedWrite } from '#renderer/data/open-failure.ts';
import {
  everything,
  type HarnessOptions,
  introduced,
  nextId,
  recordArgs,
  type TestDesk,
  type TestWindow,
  testDesk,
} from './engine-harness.suite.ts';

afterEach(() => vi.restoreAllMocks());

/** A machine whose journal opens only when it is told to. */
function slowJournal() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const alter: NonNullable<HarnessOptions['alter']> = ({ journal }) => ({
    journal: {
      ...journal,
      open: async () => {
        await opened;
        return journal.open();
      },
    } satisfies EngineHost['journal'],
  });
  return { alter, open: () => open() };
}

async function begunDesk() {
  const desk = testDesk();
  const window = desk.window();
  const personId = await introduced(window);
  return { desk, window, personId };
}

const names = async (window: TestWindow) =>
  (await window.watch('people', { text: '', limit: 50, staff: true })).map((person) => person.name).sort();
const texts = async (desk: TestDesk, personId: string) =>
  (await desk.window().watch('list', { personId, spec: everything, from: 0, to: 50 })).rows.map(
    (row) => row.shortDescription,
  );
/** A promise that the test ends. */
function late<T>() {
  let [resolve, reject]: [(value: T) => void, (cause: Error) => void] = [() => undefined, () => undefined];
  const promise = new Promise<T>((done, failed) => {
    [resolve, reject] = [done, failed];
  });
  return { promise, resolve, reject };
}
/** Everything on its way between ports has arrived. */
const arrived = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('what a window asks before the desk is read', { timeout: 30_000 }, () => {
  /** The desk of a person who is known, as it starts: nothing is read before `open`. */
  async function starting() {
    const { desk, window, personId } = await begunDesk();
    const bo = await introduced(window, 'Bo');
    await window.call('switchPerson', { personId });
    await desk.engine.stop();
    const { alter, open } = slowJournal();
    const again = desk.restart({ alter });
    return { desk: again, window: again.window(), personId, bo, open };
  }

  it('is answered once it is, a command like any other', async () => {
    const { desk, window, personId, open } = await starting();
    let answered = false;
    const submitted = window.submit(personId, 'incident.record', recordArgs('early')).finally(() => {
      answered = true;
    });
    await arrived();
    expect(answered).toBe(false);
    open();
    expect(await submitted).toMatchObject({ ok: true, value: { number: 'INC0000001' } });
    expect(await texts(desk, personId)).toEqual(['early']);
  });

  it('finds the person to switch to', async () => {
    const { window, bo, open } = await starting();
    const switched = window.call('switchPerson', { personId: bo });
    await arrived();
    open();
    expect(await switched).toEqual({ ok: true, value: null });
    expect((await window.watch('session', {}, (session) => session.personId === bo)).person?.name).toBe('Bo');
  });

  it('makes nobody a second time', async () => {
    const { window, personId, open } = await starting();
    const again = window.call('introduce', { name: 'Ada Agent', teamName: 'Service desk', role: 'agent' });
    await arrived();
    open();
    expect(await again).toEqual({ ok: true, value: { personId } });
    expect(await names(window)).toEqual(['Ada Agent', 'Bo']);
    expect(await window.watch('directory', { kind: 'team' })).toHaveLength(1);
  });

  it('acknowledges an alert of the last run', async () => {
    const { desk, window, personId } = await begunDesk();
    const bo = await introduced(window, 'Bo');
    await window.call('switchPerson', { personId });
    await window.submit(bo, 'incident.record', { ...recordArgs('Down'), impact: 1, urgency: 1 });
    const { entries } = await window.watch('alerts', { personId, limit: 9 }, (list) => list.entries.length === 1);
    await desk.engine.stop();
    const { alter, open } = slowJournal();
    const later = desk.restart({ alter }).window();
    const acknowledged = later.call('acknowledgeAlert', { alertId: entries[0]?.id ?? '' });
    await arrived();
    open();
    expect(await acknowledged).toEqual({ ok: true, value: null });
  });

  it('is a draft, and it is kept at once and still there when the desk is', async () => {
    const { desk, personId } = await begunDesk();
    await desk.engine.stop();
    let list: () => void = () => undefined;
    const listing = new Promise<void>((resolve) => {
      list = resolve;
    });
    const again = desk.restart({
      alter: ({ drafts }) => ({
        drafts: {
          ...drafts,
          list: async () => {
            const listed = await drafts.list();
            await listing;
            return listed;
          },
        },
      }),
    });
    const window = again.window();
    const draft = { id: nextId(), person: personId, kind: 'newIncident', incidentId: null, updatedAt: 1 } as const;
    expect(await window.call('saveDraft', { draft: { ...draft, content: { text: 'half' } } })).toMatchObject({
      ok: true,
    });
    list();
    expect(await window.watch('drafts', { personId })).toMatchObject([{ id: draft.id }]);
  });
});

describe('a desk that can’t be opened', { timeout: 30_000 }, () => {
  it('says of every call that looks at the desk that it is not ready', async () => {
    const desk = testDesk({
      alter: ({ journal }) => ({
        journal: { ...journal, open: async () => ({ ok: false, error: { code: 'newerFormat' } }) },
      }),
    });
    await desk.ready();
    const window = desk.window();
    const notReady = { ok: false, error: { code: 'notReady' } };
    expect(await window.call('introduce', { name: 'Ada', teamName: 'Desk', role: 'agent' })).toEqual(notReady);
    expect(await window.call('switchPerson', { personId: nextId() })).toEqual(notReady);
    expect(await window.call('acknowledgeAlert', { alertId: nextId() })).toEqual(notReady);
    expect(await window.submit(nextId(), 'incident.record', recordArgs('lost?'))).toEqual(notReady);
    expect(desk.disk.lastLsn).toBe(0);
  });
});

describe('two windows that start at once', { timeout: 30_000 }, () => {
  it('introduce the same person once', async () => {
    const desk = testDesk();
    const [one, other] = [desk.window(), desk.window()];
    const [first, second] = await Promise.all([introduced(one), introduced(other, 'ada agent ')]);
    expect(second).toBe(first);
    expect(await names(one)).toEqual(['Ada Agent']);
    expect(await one.watch('directory', { kind: 'team' })).toHaveLength(1);
  });

  it('introduce two people one after the other, and the second one is at the desk for both', async () => {
    const desk = testDesk();
    const [one, other] = [desk.window(), desk.window()];
    const [, bo] = await Promise.all([introduced(one), introduced(other, 'Bo')]);
    expect((await one.watch('session', {})).personId).toBe(bo);
    expect((await other.watch('session', {})).personId).toBe(bo);
    expect(await names(one)).toEqual(['Ada Agent', 'Bo']);
    expect(await one.watch('directory', { kind: 'team' })).toHaveLength(1);
  });

  it('send the same command, and it is done once', async () => {
    const { desk, window, personId } = await begunDesk();
    const [args, commandId] = [recordArgs('once'), nextId()];
    const other = desk.window();
    const answers = await Promise.all(
      [window, other].map((one) => one.submit(personId, 'incident.record', args, { commandId })),
    );
    expect(answers[0]).toMatchObject({ ok: true });
    expect(answers[1]).toEqual(answers[0]);
    expect(await texts(desk, personId)).toEqual(['once']);
  });
});

describe('an engine that dies between keeping and answering', { timeout: 30_000 }, () => {
  it('answers the same when it is asked again: number, person and sample data', async () => {
    const desk = testDesk();
    const window = desk.window();
    void window.call('introduce', { name: 'Ada Agent', teamName: 'Service desk', role: 'agent' });
    await desk.window().watch('session', {}, (session) => session.personId !== null);
    const again = desk.restart();
    const personId = await introduced(again.window());
    expect(await names(again.window())).toEqual(['Ada Agent']);

    void again.window().call('loadSample', { seed: 7, incidents: 60 });
    await again.window().watch('counts', { personId }, (counts) => counts.allIncidents === 60);
    const third = again.restart();
    expect(await third.window().call('loadSample', { seed: 7, incidents: 60 })).toMatchObject({ ok: true });
    expect((await third.window().watch('counts', { personId })).allIncidents).toBe(60);
  });
});

describe('a desk that is opened anew while people work', { timeout: 30_000 }, () => {
  it('lets a command wait that comes meanwhile', async () => {
    const { desk, window, personId } = await begunDesk();
    const last = JSON.parse(desk.disk.frames.get(desk.disk.lastLsn) ?? '{}');
    // A frame that was written although its answer never came.
    desk.disk.lastLsn += 1;
    const frame = { ...last, lsn: desk.disk.lastLsn, kind: 'settings', command: null, activities: [] };
    desk.disk.frames.set(frame.lsn, JSON.stringify(frame));
    const refused = await window.submit(personId, 'incident.record', recordArgs('one'));
    expect(refused).toEqual({ ok: false, error: { code: 'journalFailed' } });
    const answers = await Promise.all(
      ['two', 'three'].map((text) => window.submit(personId, 'incident.record', recordArgs(text))),
    );
    expect(answers).toMatchObject([{ ok: true }, { ok: true }]);
    expect(await texts(desk, personId)).toEqual(['two', 'three']);
  });

  it('ends what it is judging first: no half-read desk and no lost fence refuses it', async () => {
    const { desk, window, personId } = await begunDesk();
    await window.watch('status', {}, (status) => status.appliedLsn === status.lastLsn);
    const [write, read] = [late<void>(), late<never[]>()];
    vi.spyOn(DeskStore.prototype, 'apply').mockReturnValueOnce(write.promise);
    const args = recordArgs('one');
    await window.submit(personId, 'incident.record', args);
    vi.spyOn(DeskStore.prototype, 'commands').mockReturnValueOnce(read.promise);
    const note = { incidentId: args.incidentId, entryId: nextId(), body: 'While the database is made anew' };
    const noted = window.submit(personId, 'incident.note', note);
    await arrived();
    // The browser gives up the database while a rule is still reading from it.
    write.reject(new AbortedWrite(new DOMException('', 'UnknownError')));
    await window.watch('status', {}, (status) => status.phase === 'reconciling');
    await arrived();
    read.resolve([]);
    expect(await noted).toMatchObject({ ok: true });
    await window.watch('status', {}, (status) => status.phase === 'ready');
    const shown = await window.watch('incident', { idOrNumber: args.incidentId });
    expect(shown?.timeline.map((activity) => activity.type)).toEqual(['incident.recorded', 'incident.note']);
    expect(await texts(desk, personId)).toEqual(['one']);
  });
});
