import { describe, expect, it } from 'vitest';
import { pullPage } from '#sync/authority/pull.ts';
import { command, deskOn, fates, kinds, note, recording, spied, TestServer } from './client-world.suite.ts';
import { arriving } from './incoming.ts';
import { createMemoryClientStore } from './memory-client-store.ts';
import { NOWHERE } from './ports.ts';

const served = () => new TestServer().furnish();

describe('what a device takes', () => {
  it('SPEC 5.5: is the same when a page comes twice', async () => {
    const server = await served();
    await server.elsewhere(recording('one', 'incident 1'), note('two', 'incident 1'), recording('three', 'incident 2'));
    const page = await pullPage(
      server.log,
      { device: 'd', person: 'ann' },
      { cursor: '', limit: 100 },
      { now: server.now },
    );
    const store = createMemoryClientStore();
    const take = async () => {
      const position = await store.position();
      const ids = ['incident 1', 'incident 2'];
      const incidents = await store.incidents(ids);
      const timelines = await store.timelines(ids);
      const before = { position, incidents, timelines, records: await store.records(), matrix: await store.matrix() };
      await store.apply(arriving(before, { ...page, begins: position === NOWHERE }));
      return JSON.stringify([await store.incidents(ids), await store.position(), await store.records()], plainMap);
    };
    const once = await take();
    expect(await take()).toBe(once);
    expect((await store.timelines(['incident 1'])).get('incident 1')?.entries).toHaveLength(2);
  });

  it('SPEC 16.13: keeps what a newer server sends and this build does not know', async () => {
    const server = await served();
    await server.elsewhere(recording('one', 'incident 1'));
    const lane = { device: 'd', person: 'ann' };
    const page = await pullPage(server.log, lane, { cursor: '', limit: 100 }, { now: server.now });
    const [known] = page.activities;
    const strange = { ...known, id: 'new', type: 'incident.dreamt', payload: { of: ['sheep'] }, mood: 'calm' };
    const foreign = { ...strange, id: 'newer', subject: { kind: 'satellite', id: 'sat 1' }, origin: 'guessed' };
    const body = { ...page, activities: [...page.activities, strange, foreign], weather: 'fine' };
    let sent = false;
    server.instead = (what) => {
      if (what !== 'pull' || sent) return null;
      sent = true;
      return { kind: 'answered', body, serverNow: server.now };
    };
    const { client, store } = await deskOn(server);
    await client.round();
    const timeline = (await store.timelines(['incident 1'])).get('incident 1');
    expect(timeline?.entries.find(({ id }) => id === 'new')).toEqual(strange);
    expect((await store.incidents(['incident 1'])).get('incident 1')?.value.number).toBe('INC0000001');
  });

  it('SPEC 5.6: is there with its cursor, or neither is', async () => {
    const server = await served();
    await server.elsewhere(recording('one', 'incident 1'));
    const store = createMemoryClientStore();
    let dead = true;
    const { spy } = spied(store, () => dead);
    const desk = await deskOn(server, { store, spied: spy });
    await expect(desk.client.round()).rejects.toThrow('the power is gone');
    expect([await store.position(), store.held()]).toEqual([NOWHERE, []]);
    dead = false;
    const { client } = await desk.again();
    await client.round();
    expect(store.held()).toEqual(['incident 1']);
  });

  it('SPEC 5.7: never takes a row back behind what is held', async () => {
    const server = await served();
    await server.elsewhere(recording('one', 'incident 1'));
    const lane = { device: 'd', person: 'ann' };
    const old = await pullPage(server.log, lane, { cursor: '', limit: 100 }, { now: server.now });
    await server.elsewhere(note('two', 'incident 1'));
    const { client, store } = await deskOn(server);
    await client.round();
    const row = (await store.incidents(['incident 1'])).get('incident 1');
    const before = {
      position: await store.position(),
      incidents: await store.incidents(['incident 1']),
      timelines: await store.timelines(['incident 1']),
      records: [],
      matrix: null,
    };
    const change = arriving(before, { ...old, begins: false, ends: false });
    expect(change.incidents).toEqual([]);
    await store.apply(change);
    expect((await store.incidents(['incident 1'])).get('incident 1')).toEqual(row);
    expect((await store.timelines(['incident 1'])).get('incident 1')?.entries).toHaveLength(2);
  });

  it('SPEC 8.3, 8.4: goes on with a first load where it was when the device ended, and shows what has come', async () => {
    const server = await served();
    const ids = Array.from({ length: 7 }, (_, at) => `incident ${at}`);
    await server.elsewhere(...ids.map((id, at) => recording(`recording ${at}`, id)));
    const { pull } = server.transport;
    let pages = 0;
    server.transport.pull = async (...asked) => {
      pages += 1;
      return pages > 2 ? { kind: 'unreachable' } : pull(...asked);
    };
    const desk = await deskOn(server, { page: 2 });
    await desk.client.round();
    expect([...(await desk.client.effective(ids)).keys()].sort()).toEqual(ids.slice(3));
    expect(await desk.client.states()).toMatchObject([{ kind: 'offline' }, { kind: 'loading', done: 4, total: 7 }]);
    server.transport.pull = pull;
    const { client } = await desk.again();
    await client.round();
    expect(desk.store.held()).toHaveLength(7);
    expect(await kinds(client)).toEqual(['upToDate']);
    expect((await desk.store.position()).load).toBe(1);
  });

  it("SPEC 8.5: drops at the end of a first load what did not come again, but nothing of the person's own", async () => {
    const server = await served();
    const backup = server.state;
    await server.elsewhere(recording('theirs', 'incident 1'));
    const { client, store } = await deskOn(server);
    await client.round();
    await client.record(recording('unsent', 'incident 2'));
    await client.record(note('refused', 'nowhere'));
    client.signOut('ann');
    client.signIn('ben');
    server.log.restore(backup);
    await client.round();
    expect(store.held()).toEqual([]);
    client.signIn('ann');
    await client.round();
    expect(fates(client)).toEqual({ unsent: 'accepted', refused: 'rejected, parked' });
    expect(store.held()).toEqual(['incident 2']);
  });

  it('SPEC 7.2: lets go of what leaves the view', async () => {
    const server = await served();
    await server.elsewhere(recording('one', 'incident 1'));
    const { client, store } = await deskOn(server, { person: 'ben' });
    await client.round();
    expect(store.held()).toEqual(['incident 1']);
    const changes = { confidential: { from: false, to: true } };
    await server.elsewhere(command('hide', 'incident.update', { incidentId: 'incident 1', changes }));
    await client.round();
    expect(store.held()).toEqual([]);
    expect((await client.effective(['incident 1'])).size).toBe(0);
  });

  it('SPEC 7.8: is not for the person who has left meanwhile', async () => {
    const server = await served();
    await server.elsewhere(recording('one', 'incident 1'));
    const { client, store } = await deskOn(server);
    const { pull } = server.transport;
    server.transport.pull = async (...asked) => {
      const reply = await pull(...asked);
      client.signOut('ann');
      return reply;
    };
    await client.round();
    expect(store.held()).toEqual([]);
    expect(await kinds(client)).toEqual(['signInNeeded', 'loading']);
  });

  it('SPEC 7.9: is asked for anew by whoever lost a session, and has another, while a page was on its way', async () => {
    const server = await served();
    await server.elsewhere(recording('one', 'incident 1'));
    const { client, store } = await deskOn(server);
    await client.round();
    await server.elsewhere(recording('two', 'incident 2'));
    const { pull } = server.transport;
    server.transport.pull = async (...asked) => {
      const reply = await pull(...asked);
      server.transport.pull = pull;
      await client.revoke('ann');
      client.signIn('ann');
      return reply;
    };
    await client.round();
    expect([...store.held()].sort()).toEqual(['incident 1', 'incident 2']);
    expect(await kinds(client)).toEqual(['upToDate']);
  });

  it('SPEC 5.8: ends a round when the server promises more and sends the same', async () => {
    const server = await served();
    const { pull } = server.transport;
    let asked = 0;
    server.transport.pull = async (...query) => {
      asked += 1;
      const reply = await pull(...query);
      if (reply.kind === 'answered') Object.assign(reply.body as object, { more: true });
      return reply;
    };
    const { client } = await deskOn(server);
    await client.round();
    expect(asked).toBe(2);
  });

  it('SPEC 5.9: asks for a page while it takes the one before, and for each once', async () => {
    const server = await served();
    for (const name of ['one', 'two', 'three', 'four']) await server.elsewhere(recording(name, `incident ${name}`));
    const store = createMemoryClientStore();
    const { pull } = server.transport;
    const cursors: string[] = [];
    server.transport.pull = (person, device, query) => {
      cursors.push(query.cursor);
      return pull(person, device, query);
    };
    const askedBefore: number[] = [];
    const { apply } = store;
    store.apply = (change) => {
      askedBefore.push(cursors.length);
      return apply(change);
    };
    const { client } = await deskOn(server, { store, page: 1 });
    await client.round();
    expect(store.held()).toHaveLength(4);
    expect(new Set(cursors).size).toBe(cursors.length);
    const last = askedBefore.pop();
    expect(askedBefore).toEqual(askedBefore.map((_, taken) => taken + 2));
    expect(last).toBe(cursors.length);
  });

  it('SPEC 5.9: asks anew after a round that met trouble', async () => {
    const server = await served();
    for (const name of ['one', 'two', 'three']) await server.elsewhere(recording(name, `incident ${name}`));
    const store = createMemoryClientStore();
    const { apply } = store;
    const full = new Error('no room');
    store.apply = () => Promise.reject(full);
    const { client } = await deskOn(server, { store, page: 1 });
    // The page behind the one that found no room is lost on its way, and that is not held against the next round.
    const { pull } = server.transport;
    server.transport.pull = async (person, device, query) =>
      query.cursor === '' ? pull(person, device, query) : { kind: 'unreachable' };
    await expect(client.round()).rejects.toBe(full);
    store.apply = apply;
    server.transport.pull = pull;
    expect(await client.round()).toBeNull();
    expect(store.held()).toHaveLength(3);
  });

  it('a page asked for ahead that breaks before anybody waits for it is only trouble once somebody does', async () => {
    const server = await served();
    for (const name of ['one', 'two']) await server.elsewhere(recording(name, `incident ${name}`));
    const store = createMemoryClientStore();
    const { apply } = store;
    const [full, broken] = [new Error('no room'), new Error('against the contract')];
    const { pull } = server.transport;
    server.transport.pull = (person, device, query) =>
      query.cursor === '' ? pull(person, device, query) : Promise.reject(broken);
    const slowly = () => new Promise((resolve) => setTimeout(resolve));
    store.apply = () => slowly().then(() => Promise.reject(full));
    const { client } = await deskOn(server, { store, page: 1 });
    await expect(client.round()).rejects.toBe(full);
    store.apply = (change) => slowly().then(() => apply(change));
    await expect(client.round()).rejects.toBe(broken);
  });

  it('SPEC 8.6: fetches a whole timeline when somebody opens the incident', async () => {
    const server = await served();
    await server.elsewhere(recording('one', 'incident 1'), note('two', 'incident 1'));
    const { pull } = server.transport;
    server.transport.pull = async (...asked) => {
      const reply = await pull(...asked);
      if (reply.kind === 'answered') Object.assign(reply.body as object, { activities: [], whole: [] });
      return reply;
    };
    const { client } = await deskOn(server);
    await client.round();
    expect((await client.effective(['incident 1'])).get('incident 1')).toMatchObject({ whole: false, timeline: [] });
    expect(await client.open('incident 1')).toBe(true);
    const shown = (await client.effective(['incident 1'])).get('incident 1');
    expect(shown).toMatchObject({ whole: true });
    expect(shown?.timeline).toHaveLength(2);
    expect(await client.open('unknown')).toBe(false);
  });
});

const plainMap = (_: string, value: unknown): unknown => (value instanceof Map ? [...value] : value);
