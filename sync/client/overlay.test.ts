import { describe, expect, it } from 'vitest';
import { activityId } from '#domain/activity/ids.ts';
import { command, deskOn, NOW, note, recording, TestServer } from './client-world.suite.ts';
import { createMemoryClientStore } from './memory-client-store.ts';

const served = () => new TestServer().furnish();
const start = (id: string, incidentId: string) => command(id, 'incident.start', { incidentId });

describe('what is pending', () => {
  it('SPEC 4.1: shows at once, with its own times and ids, and is not stored among what is confirmed', async () => {
    const server = await served();
    const { client, store } = await deskOn(server);
    await client.round();
    await client.record(recording('one', 'incident 1'));
    const late = { occurredAt: NOW - 3_600_000, lateReason: 'on the road' };
    await client.record(note('two', 'incident 1', { recordedAt: NOW + 5, occurredAt: NOW + 5 }));
    await client.record(recording('three', 'incident 2'));
    await client.record({ ...start('early', 'incident 2'), ...late });
    const shown = await client.effective(['incident 1', 'incident 2']);
    expect(shown.get('incident 1')).toMatchObject({ whole: true, pending: ['one', 'two'] });
    expect(shown.get('incident 1')?.timeline).toMatchObject([
      { id: activityId('one', 0), seq: null, recordedAt: NOW },
      { id: activityId('two', 0), seq: null, recordedAt: NOW + 5 },
    ]);
    expect(store.held()).toEqual([]);
    expect(client.mayBeRefused.get('early')).toMatchObject({ code: 'occurredBeforeOpening' });
  });

  it('SPEC 14.6: bears the number that its device gave until the confirmed row comes', async () => {
    const server = await served();
    const { client } = await deskOn(server);
    await client.round();
    const one = recording('one', 'incident 1');
    await client.record({ ...one, args: { ...(one.args as object), provisionalNumber: 'INC-L3-0042' } });
    await client.record(note('two', 'incident 1'));
    const shown = async () => (await client.effective(['incident 1'])).get('incident 1')?.incident;
    expect(await shown()).toMatchObject({ number: 'INC-L3-0042', aliases: [], counts: { notes: 1 } });
    server.instead = (what) => (what === 'pull' ? { kind: 'unreachable' } : null);
    await client.round();
    expect(await shown()).toMatchObject({ number: 'INC-L3-0042' });
    server.instead = null;
    await client.round();
    expect(await shown()).toMatchObject({ number: 'INC0000001', aliases: [{ value: 'INC-L3-0042' }] });
  });

  it('SPEC 4.2: is over when what was pulled has come as far as its decision', async () => {
    const server = await served();
    const { client, store } = await deskOn(server);
    await server.elsewhere(recording('one', 'incident 1'));
    await client.round();
    await client.record(start('two', 'incident 1'));
    server.instead = (what) => (what === 'pull' ? { kind: 'unreachable' } : null);
    await client.round();
    expect(client.entries()[0]).toMatchObject({ owed: false, verdict: { outcome: 'accepted', decidedAt: 5 } });
    const accepted = (await client.effective(['incident 1'])).get('incident 1');
    expect(accepted).toMatchObject({ incident: { state: 'inProgress' }, pending: ['two'] });
    expect((await store.incidents(['incident 1'])).get('incident 1')?.value.state).toBe('new');
    server.instead = null;
    await client.round();
    const confirmed = (await client.effective(['incident 1'])).get('incident 1');
    expect(confirmed).toMatchObject({ incident: { state: 'inProgress', throughSeq: 5 }, pending: [] });
    expect(confirmed?.timeline).toHaveLength(2);
  });

  it('SPEC 4.3: is not done again to a row that holds it already, decided here or not', async () => {
    const server = await served();
    const { client } = await deskOn(server);
    await client.round();
    await client.record(recording('one', 'incident 1'));
    await client.record(note('two', 'incident 1'));
    server.loseAnswers = true;
    await client.round();
    server.loseAnswers = false;
    server.instead = (what) => (what === 'push' ? { kind: 'unreachable' } : null);
    // Its answer is lost, and another device's view brings the row: the pull comes before the next push.
    const { pull, push } = server.transport;
    server.transport.push = async () => ({ kind: 'signInNeeded' });
    client.signIn('ben');
    await client.round();
    Object.assign(server.transport, { pull, push });
    const shown = (await client.effective(['incident 1'])).get('incident 1');
    expect(shown).toMatchObject({ incident: { counts: { notes: 1 } }, pending: [] });
    expect(shown?.timeline).toHaveLength(2);
    expect(client.mayBeRefused.size).toBe(0);
  });

  it('SPEC 4.3: is not done again to a row that is ahead of its timeline', async () => {
    const server = await served();
    await server.elsewhere(recording('one', 'incident 1'), recording('two', 'incident 2'));
    const { client } = await deskOn(server, { page: 1 });
    await client.record(note('mine', 'incident 2'));
    const { pull } = server.transport;
    let pages = 0;
    server.transport.pull = async (...asked) => {
      pages += 1;
      return pages > 1 ? { kind: 'unreachable' } : pull(...asked);
    };
    await client.round();
    expect(client.entries()[0]?.verdict).toMatchObject({ outcome: 'accepted' });
    const shown = (await client.effective(['incident 2'])).get('incident 2');
    expect(shown).toMatchObject({ incident: { counts: { notes: 1 } }, whole: false, timeline: [], pending: [] });
  });

  it('SPEC 4.4: is run again for the incidents that a pull touched, and for no others', async () => {
    const server = await served();
    const store = createMemoryClientStore();
    const asked: string[][] = [];
    const spied = {
      ...store,
      incidents: (ids: readonly string[]) => {
        asked.push([...ids]);
        return store.incidents(ids);
      },
    };
    const { client } = await deskOn(server, { store, spied });
    await server.elsewhere(recording('one', 'incident 1'), recording('two', 'incident 2'));
    await client.round();
    server.instead = (what) => (what === 'push' ? { kind: 'unreachable' } : null);
    await client.record(start('start 1', 'incident 1'));
    await client.record(start('start 2', 'incident 2'));
    client.signOut('ann');
    client.signIn('ben');
    await client.round();
    await server.elsewhere(note('three', 'incident 2'));
    asked.length = 0;
    await client.round();
    expect(asked.flat()).not.toContain('incident 1');
    const shown = (await client.effective(['incident 1', 'incident 2'])).get('incident 2');
    expect(shown).toMatchObject({ incident: { state: 'inProgress', counts: { notes: 1 } }, pending: ['start 2'] });
  });

  it('SPEC 4.5: may be refused when this device would refuse it, and only the server parks it', async () => {
    const server = await served();
    const { client } = await deskOn(server);
    await server.elsewhere(recording('one', 'incident 1'));
    await client.round();
    client.signOut('ann');
    client.signIn('ben');
    await client.record(start('mine', 'incident 1'));
    await server.elsewhere(command('theirs', 'incident.cancel', { incidentId: 'incident 1', reason: 'spam' }));
    await client.round();
    expect(client.mayBeRefused.get('mine')).toMatchObject({ code: 'wrongState' });
    expect(client.parked()).toEqual([]);
    const shown = (await client.effective(['incident 1'])).get('incident 1');
    expect(shown).toMatchObject({ incident: { state: 'canceled' }, pending: [] });
    client.signIn('ann');
    await client.round();
    expect(client.mayBeRefused.size).toBe(0);
    expect(client.parked()).toMatchObject([{ command: { id: 'mine' } }]);
  });

  it('SPEC 4.1: shows what an undo does to a command that is confirmed, and to one that is not', async () => {
    const server = await served();
    const { client } = await deskOn(server);
    await server.elsewhere(recording('one', 'incident 1'));
    await client.record(command('mine', 'incident.assign', { incidentId: 'incident 1', assignedToId: 'ann' }));
    await client.round();
    await client.record(command('undo', 'command.undo', { commandId: 'mine' }));
    const owner = async () => (await client.effective(['incident 1'])).get('incident 1')?.incident.assignedToId;
    expect(await owner()).toBeNull();
    await client.record(command('ben', 'incident.assign', { incidentId: 'incident 1', assignedToId: 'ben' }));
    expect(await owner()).toBe('ben');
    await client.record(command('undo too', 'command.undo', { commandId: 'ben' }));
    expect(await owner()).toBeNull();
    await client.round();
    expect(await owner()).toBeNull();
    expect(client.parked()).toEqual([]);
  });
});
