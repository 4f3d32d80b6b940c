import { describe, expect, it } from 'vitest';
import type { FromEngine } from '#contracts/engine/protocol.ts';
import { introduced, recordArgs, type TestWindow, testDesk } from './engine-harness.suite.ts';

const values = (window: TestWindow, id: number) =>
  window.received.filter((message) => message.type === 'value' && message.id === id);

/** Resolves once every window has been told of everything that was done so far. */
const toldOf = (window: TestWindow, lsn: number) => window.watch('status', {}, (status) => status.lastLsn >= lsn);

describe('the port of a window', { timeout: 30_000 }, () => {
  it('refuses what is not in the protocol: names, arguments, further keys', async () => {
    const desk = testDesk();
    const window = desk.window();
    await desk.ready();
    window.send({ type: 'call', id: 900, name: 'deleteEverything', args: {} });
    expect(await window.heard('answer', 900)).toMatchObject({ ok: false, error: { code: 'unknownCall' } });
    window.send({ type: 'call', id: 901, name: 'switchPerson', args: { personId: 'p', more: 1 } });
    expect(await window.heard('answer', 901)).toMatchObject({ ok: false, error: { code: 'argumentsInvalid' } });
    window.send({ type: 'watch', id: 902, name: 'constructor', args: {} });
    expect(await window.heard('watchError', 902)).toMatchObject({ error: { code: 'unknownCall' } });
    window.send({ type: 'watch', id: 903, name: 'list', args: { personId: 'p', spec: {}, from: 0, to: 10 } });
    expect(await window.heard('watchError', 903)).toMatchObject({ error: { code: 'argumentsInvalid' } });
    window.send({ type: 'shutdown' });
    window.send('nonsense');
    await window.watch('status', {});
    expect(desk.host.logged.filter((line) => line.event === 'bug')).toHaveLength(2);
  });

  it('sends a value with the lsn it reflects, again when it is touched, and no more once unwatched', async () => {
    const desk = testDesk();
    const window = desk.window();
    const personId = await introduced(window);
    window.send({ type: 'watch', id: 800, name: 'counts', args: { personId } });
    await window.heard('value', 800);
    const made = await window.submit(personId, 'incident.record', recordArgs('one'));
    const lsn = made.ok ? made.value.lsn : 0;
    const value = await window.heard('value', 800, (message) => message.type === 'value' && message.lsn >= lsn);
    expect(value).toMatchObject({ value: { allOpen: 1 }, lsn });
    window.send({ type: 'unwatch', id: 800 });
    const more = await window.submit(personId, 'incident.record', recordArgs('two'));
    await toldOf(window, more.ok ? more.value.lsn : 0);
    expect(values(window, 800).at(-1)).toEqual(value);
  });

  it('answers a running watch anew when its arguments change', async () => {
    const desk = testDesk();
    const window = desk.window();
    const personId = await introduced(window);
    for (const text of ['one', 'two']) await window.submit(personId, 'incident.record', recordArgs(text));
    window.send({ type: 'watch', id: 700, name: 'incident', args: { idOrNumber: 'inc1' } });
    window.send({ type: 'rewatch', id: 700, args: { idOrNumber: '2' } });
    const isTwo = (message: FromEngine) => JSON.stringify(message).includes('"shortDescription":"two"');
    expect(await window.heard('value', 700, isTwo)).toMatchObject({ value: { row: { number: 'INC0000002' } } });
  });

  it('is forgotten when the window says goodbye, or comes again', async () => {
    const desk = testDesk();
    const window = desk.window();
    const personId = await introduced(window);
    window.send({ type: 'watch', id: 600, name: 'counts', args: { personId } });
    await window.heard('value', 600);
    window.send({ type: 'bye' });
    const other = desk.window();
    const made = await other.submit(personId, 'incident.record', recordArgs('unseen'));
    await toldOf(other, made.ok ? made.value.lsn : 0);
    // What was on its way when it said goodbye may still arrive; of what came after it hears nothing.
    expect(JSON.stringify(values(window, 600))).not.toContain('"allOpen":1');
  });
});

describe('who is at the desk', { timeout: 30_000 }, () => {
  it('changes for every window, and is the same after a restart', async () => {
    const desk = testDesk();
    const [one, other] = [desk.window(), desk.window()];
    const ada = await introduced(one);
    const bo = await introduced(one, 'Bo');
    const people = await one.watch('people', { text: 'bo', limit: 5, staff: true });
    expect(people.map((person) => person.id)).toEqual([bo]);
    await one.call('switchPerson', { personId: ada });
    expect((await other.watch('session', {}, (session) => session.personId === ada)).person?.name).toBe('Ada Agent');
    const again = desk.restart();
    expect((await again.window().watch('session', {})).personId).toBe(ada);
  });

  it('is the same person when somebody introduces themselves again, who joins a further team', async () => {
    const desk = testDesk();
    const window = desk.window();
    const ada = await introduced(window);
    const again = await window.call('introduce', { name: ' ada agent ', teamName: 'Field', role: 'technician' });
    expect(again).toEqual({ ok: true, value: { personId: ada } });
    const session = await window.watch('session', {}, (one) => one.person?.role === 'technician');
    expect(session.person?.teamIds).toHaveLength(2);
    expect(await window.watch('directory', { kind: 'team' })).toHaveLength(2);
  });
});

describe('sample data', { timeout: 60_000 }, () => {
  it('fills the desk at once and alerts nobody', async () => {
    const desk = testDesk();
    const window = desk.window();
    const personId = await introduced(window);
    expect(await window.call('loadSample', { seed: 7, incidents: 60 })).toEqual({ ok: true, value: { incidents: 60 } });
    expect((await window.watch('counts', { personId })).allIncidents).toBe(60);
    expect(desk.host.shown).toEqual([]);
    expect((await window.watch('alerts', { personId, limit: 10 })).entries).toEqual([]);
  });
});
