import { describe, expect, it } from 'vitest';
import { command, deskOn, fates, note, recording, spied, TestServer } from './client-world.suite.ts';
import { createMemoryClientStore } from './memory-client-store.ts';

const served = () => new TestServer().furnish();
const DAY = 24 * 3_600_000;

describe('a restored server', () => {
  it('SPEC 6.1, 6.2: gets what it has forgotten again, owed before any row that shows it goes', async () => {
    const server = await served();
    const store = createMemoryClientStore();
    const { spy, written } = spied(store);
    const { client } = await deskOn(server, { store, spied: spy });
    await client.record(recording('kept', 'incident 1'));
    await client.round();
    const backup = server.state;
    await client.record(note('forgotten', 'incident 1'));
    await client.record(note('refused', 'nowhere'));
    await client.round();
    server.now += 1;
    server.log.restore(backup);
    await server.elsewhere(note('somebody else', 'incident 1', { person: 'ben' }));
    written.length = 0;
    await client.round();
    expect(written.slice(0, 2)).toEqual(['requeued', 'last page']);
    expect(fates(client)).toEqual({ kept: 'accepted', forgotten: 'accepted', refused: 'skipped, parked' });
    expect(server.incident('incident 1')?.counts.notes).toBe(2);
    const shown = (await client.effective(['incident 1'])).get('incident 1');
    expect(shown?.incident).toEqual(server.incident('incident 1'));
  });

  it('SPEC 2.4: gets again what was refused only because it was so already', async () => {
    const server = await served();
    const { client } = await deskOn(server);
    const tagging = (id: string, more: object = {}) => {
      const changes = { tags: { from: [], to: ['x'] } };
      return { ...command(id, 'incident.update', { incidentId: 'incident 1', changes }), ...more };
    };
    await client.record(recording('one', 'incident 1'));
    await client.round();
    const backup = server.state;
    await client.record(tagging('here'));
    await server.elsewhere(tagging('elsewhere', { person: 'ben' }));
    await client.round();
    expect(fates(client)).toEqual({ one: 'accepted', here: 'rejected' });
    server.now += 1;
    server.log.restore(backup);
    await client.round();
    await client.round();
    expect(fates(client)).toEqual({ one: 'accepted', here: 'accepted' });
    expect(server.incident('incident 1')?.tags).toEqual(['x']);
  });

  it('SPEC 6.1: is told to the person while it gets its commands again', async () => {
    const server = await served();
    const { client } = await deskOn(server);
    await client.record(recording('one', 'incident 1'));
    const backup = server.state;
    await client.round();
    server.log.restore(backup);
    server.instead = (what) => (what === 'push' ? { kind: 'unreachable' } : null);
    await client.round();
    expect(await client.states()).toMatchObject([{ kind: 'offline' }, { kind: 'serverRestored', again: 1 }]);
  });

  it('SPEC 6.3: is noticed too by the lane of somebody who comes back later, under another device id', async () => {
    const server = await served();
    const { client, store } = await deskOn(server);
    const backup = server.state;
    await client.record(recording('by ann', 'incident 1'));
    await client.round();
    client.signOut('ann');
    client.signIn('ben');
    await client.record({ ...recording('by ben', 'incident 2'), person: 'ben' });
    await client.round();
    const copied = await deskOn(server, { store: store.copy(), person: 'ben' });
    await client.record(note('of one', 'incident 2', { person: 'ben' }));
    await client.round();
    await copied.client.record(note('of the other', 'incident 2', { person: 'ben' }));
    await copied.client.round();
    server.now += 1;
    server.log.restore(backup);
    await copied.client.round();
    copied.client.signIn('ann');
    await copied.client.round();
    expect(fates(copied.client)).toEqual({ 'by ann': 'accepted', 'by ben': 'accepted', 'of the other': 'accepted' });
    expect([...server.state.incidents.keys()].sort()).toEqual(['incident 1', 'incident 2']);
  });

  it("SPEC 6.4: lets acknowledged commands go after the backup horizon, by the server's clock, and no sooner", async () => {
    const server = await served();
    let ahead = 0;
    const { client } = await deskOn(server, { now: () => server.now + ahead });
    await client.record(recording('one', 'incident 1'));
    await client.record(note('refused', 'nowhere'));
    client.signIn('ben');
    await client.record(note('of Ben', 'incident 1', { person: 'ben' }));
    await client.round();
    client.signOut('ben');
    ahead = 3_650 * DAY;
    await client.round();
    server.now += 34 * DAY;
    await client.round();
    expect(Object.keys(fates(client))).toEqual(['one', 'refused', 'of Ben']);
    server.now += 2 * DAY;
    await client.round();
    expect(fates(client)).toEqual({ refused: 'rejected, parked' });
  });

  it('SPEC 6.5: older than the horizon gets what is kept under a new device id', async () => {
    const server = await served();
    const { client } = await deskOn(server);
    const backup = server.state;
    await client.record(recording('old', 'incident 1'));
    await client.round();
    server.now += 36 * DAY;
    await client.round();
    await client.record(recording('young', 'incident 2'));
    await client.round();
    const { device } = client;
    server.log.restore(backup);
    await client.record(recording('new', 'incident 3'));
    await client.round();
    expect(client.device).not.toBe(device);
    expect(fates(client)).toEqual({ young: 'accepted', new: 'accepted' });
    expect([...server.state.incidents.keys()]).toEqual(['incident 2', 'incident 3']);
  });
});

describe('a restored server at a desk of two', () => {
  /** Ben sent and is signed in; Ann looks at the screen. Then the server forgets what Ben sent. */
  async function withBen() {
    const server = await served();
    const store = createMemoryClientStore();
    const { spy, written } = spied(store);
    const desk = await deskOn(server, { store, spied: spy, person: 'ben' });
    const backup = server.state;
    await desk.client.record(recording('of Ben', 'incident 1', {}, { person: 'ben' }));
    await desk.client.round();
    desk.client.signIn('ann');
    await desk.client.round();
    server.now += 1;
    server.log.restore(backup);
    written.length = 0;
    return { server, written, ...desk };
  }

  it('SPEC 6.2, 6.3: gets what it forgot of the one who neither looks nor sends, before what shows it goes', async () => {
    const { server, written, client } = await withBen();
    await client.round();
    expect(written.slice(0, 2)).toEqual(['requeued', 'last page']);
    expect(fates(client)).toEqual({ 'of Ben': 'accepted' });
    expect(server.incident('incident 1')).toBeDefined();
  });

  it('SPEC 6.2: drops nothing while it can not be asked for that one', async () => {
    const { server, written, client, store } = await withBen();
    server.instead = (what) => (what === 'push' ? { kind: 'unreachable' } : null);
    await client.round();
    expect(written).toEqual([]);
    expect(store.held()).toEqual(['incident 1']);
    server.instead = null;
    await client.round();
    expect(fates(client)).toEqual({ 'of Ben': 'accepted' });
    expect(server.incident('incident 1')).toBeDefined();
  });

  it('SPEC 6.3: is asked in the next run too, when nothing else shows that it was restored', async () => {
    const server = await served();
    const desk = await deskOn(server);
    await desk.client.round();
    const backup = server.state;
    desk.client.signIn('ben');
    await desk.client.record(recording('of Ben', 'incident 1', {}, { person: 'ben' }));
    // The answer to the push comes; the run ends before a page does.
    server.instead = (what) => (what === 'pull' ? { kind: 'unreachable' } : null);
    await desk.client.round();
    server.instead = null;
    server.now += 1;
    server.log.restore(backup);
    const { client } = await desk.again();
    client.signIn('ben');
    client.signIn('ann');
    await client.round();
    expect(fates(client)).toEqual({ 'of Ben': 'accepted' });
    expect(server.incident('incident 1')).toBeDefined();
  });

  it('SPEC 6.3: is not asked for those who have no session, and once only for those who have one', async () => {
    const { server, client } = await withBen();
    const sent = server.pushes.length;
    client.signOut('ben');
    await client.round();
    expect(server.pushes).toHaveLength(sent);
    client.signIn('ben');
    client.signIn('ann');
    await client.round();
    expect(fates(client)).toEqual({ 'of Ben': 'accepted' });
    const asked = server.pushes.length;
    await client.round();
    await client.round();
    expect(server.pushes).toHaveLength(asked);
  });

  it('SPEC 7.9: drops the view of somebody who is said to be signed out on purpose when their lane is asked for', async () => {
    const server = await served();
    const { client, store } = await deskOn(server);
    const backup = server.state;
    await client.record(recording('of Ann', 'incident 1'));
    await client.round();
    server.now += 1;
    server.log.restore(backup);
    client.signIn('ben');
    server.transport.push = async () => {
      // The page that was asked for Ben is not taken.
      client.signOut('ben');
      return { kind: 'signInNeeded', revoked: true };
    };
    expect(store.held()).toEqual(['incident 1']);
    await client.round();
    expect(store.held()).toEqual([]);
  });
});
