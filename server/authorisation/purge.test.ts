import { v7 as newId } from 'uuid';
import { describe, expect, it } from 'vitest';
import { blankPerson } from '#domain/directory/blank-person.ts';
import type { Person, Role } from '#domain/directory/directory.ts';
import { type Desk, type ServerUnderTest, startServer } from '#server/server-under-test.suite.ts';
import { SyncClient } from '#sync/client/client.ts';
import { createMemoryClientStore, type MemoryClientStore } from '#sync/client/memory-client-store.ts';
import type { Reply, Transport } from '#sync/client/ports.ts';

/** What a desk holds: queues, search and export can show nothing else. */
async function heldBy(store: MemoryClientStore): Promise<string> {
  const ids = store.held();
  const rows = await store.incidents(ids);
  const timelines = await store.timelines(ids);
  return JSON.stringify([[...rows], [...timelines], await store.records(), await store.matrix()]);
}

/** The pure client over the server's own HTTP, as `desk`. */
async function clientOf(server: ServerUnderTest, desk: Desk) {
  const store = createMemoryClientStore();
  const reply = async (method: 'GET' | 'POST', url: string, payload?: unknown): Promise<Reply> => {
    const { status, body } = await desk.call(method, url, payload);
    if (status === 401) {
      // As the way to the server does it: the session is over once its refresh token is not good either.
      const { refreshToken } = desk.tokens;
      const again = await server.call<{ code: string }>('POST', 'auth/refresh', { refreshToken });
      return again.body.code === 'sessionRevoked' ? { kind: 'signInNeeded', revoked: true } : { kind: 'signInNeeded' };
    }
    return status === 200 ? { kind: 'answered', body, serverNow: server.clock.now } : { kind: 'notOurs' };
  };
  const transport: Transport = {
    push: (_person, request) => reply('POST', 'sync/push', request),
    pull: (_person, _device, { cursor, limit }) => reply('GET', `sync/pull?cursor=${cursor}&limit=${limit}`),
    subject: (_person, id) => reply('GET', `sync/subjects/${id}`),
  };
  const client = await SyncClient.open({
    store,
    transport,
    now: () => server.clock.now,
    random: () => 0.5,
    newId: () => desk.device,
    zone: 'UTC',
  });
  client.signIn(desk.tokens.user.id);
  return { client, store };
}

const record = (more: object) => ({
  name: 'incident.record',
  args: { shortDescription: 'x', channel: 'phone', impact: 3, urgency: 2, ...more },
});

/** A desk of somebody with this role in the team net, that holds all it may, and what is planted in it. */
async function standing(role: Role) {
  const server = await startServer();
  const root = await server.login();
  const person = newId();
  const email = 'pat@desk.example';
  const save = async (over: Partial<Person>) => {
    const { body } = await root.push({
      name: 'directory.save',
      args: {
        kind: 'person',
        record: blankPerson({ id: person, name: 'Pat', role, teamIds: ['net'], mail: email, ...over }),
      },
    });
    expect(body.results[0]?.status).toBe('accepted');
  };
  for (const id of ['net', 'mail']) {
    await root.push({
      name: 'directory.save',
      args: { kind: 'team', record: { id, name: id, active: true, source: null } },
    });
  }
  await save({ phone: '4711' });
  const password = 'correct horse battery';
  const wanted = { email, password, name: 'Pat', role, teamIds: ['net'], personId: person };
  expect((await root.call('POST', 'accounts', wanted)).status).toBe(201);
  const [ordinary, confidential] = [newId(), newId()];
  await root.push(
    record({ incidentId: ordinary, assignmentGroupId: 'net', description: 'canary-open' }),
    record({ incidentId: confidential, assignmentGroupId: 'net', description: 'canary-secret', confidential: true }),
    { name: 'incident.note', args: { incidentId: ordinary, entryId: newId(), body: 'canary-note' } },
  );
  const desk = await server.login(email, password);
  const { client, store } = await clientOf(server, desk);
  await client.round();
  expect(canariesIn(await heldBy(store))).toEqual(['canary-note', 'canary-open', 'canary-secret']);
  return { server, root, person, email, password, ordinary, confidential, save, desk, client, store };
}
type Standing = Awaited<ReturnType<typeof standing>>;

const canariesIn = (text: string) => [...new Set(text.match(/canary-\w+/g))].toSorted();

const CHANGES: Readonly<Record<string, { does(standing: Standing): Promise<unknown>; leaves: readonly string[] }>> = {
  'an agent becomes a requester': { does: ({ save }) => save({ role: 'requester', teamIds: [] }), leaves: [] },
  'an agent leaves the team': {
    does: ({ save }) => save({ teamIds: ['mail'] }),
    leaves: ['canary-note', 'canary-open'],
  },
  'an incident becomes confidential and another team’s': {
    does: ({ root, ordinary: incidentId }) =>
      root.push(
        { name: 'incident.update', args: { incidentId, changes: { confidential: { from: false, to: true } } } },
        { name: 'incident.transfer', args: { incidentId, assignmentGroupId: 'mail', note: 'yours' } },
      ),
    leaves: ['canary-secret'],
  },
  'a person is deactivated': {
    does: ({ root, person }) => root.call('POST', `accounts/${person}/deactivate`),
    leaves: [],
  },
  'a person is saved as having left': { does: ({ save }) => save({ active: false }), leaves: [] },
  'a session is revoked': {
    does: ({ root, person, desk }) => root.call('DELETE', `accounts/${person}/devices/${desk.device}`),
    leaves: [],
  },
  'a password is set anew': {
    does: ({ root, person }) => root.call('PUT', `accounts/${person}/password`, { password: 'another horse battery' }),
    leaves: [],
  },
};

describe('what is taken away', () => {
  it.each(Object.keys(CHANGES))('SPEC 7.3, 7.9: the next contact purges a desk after %s', async (name) => {
    const held = await standing('agent');
    await CHANGES[name]?.does(held);
    await held.client.round();
    expect(canariesIn(await heldBy(held.store))).toEqual(CHANGES[name]?.leaves);
  });

  it('SPEC 7.9: a session that ended takes nothing that was recorded here, and a new one brings the rest back', async () => {
    const held = await standing('agent');
    const { client, store, server, root, person, ordinary } = held;
    await root.call('DELETE', `accounts/${person}/devices/${held.desk.device}`);
    const at = server.clock.now;
    const args = { incidentId: ordinary, entryId: newId(), body: 'written while it ended' };
    const id = newId();
    await client.record({ id, person, name: 'incident.note', args, occurredAt: at, recordedAt: at });
    await client.round();
    expect([store.held(), client.entries().map((entry) => [entry.command.id, entry.owed])]).toEqual([[], [[id, true]]]);
    expect(await client.states()).toContainEqual({ kind: 'signInNeeded', waiting: 1, revoked: true });
    Object.assign(held.desk, { tokens: (await server.login(held.email, held.password, held.desk.device)).tokens });
    const again = await server.login(held.email, held.password, held.desk.device);
    Object.assign(held.desk, { call: again.call });
    client.signIn(person);
    await client.round();
    expect(canariesIn(await heldBy(store))).toEqual(['canary-note', 'canary-open', 'canary-secret']);
    expect(await heldBy(store)).toContain('written while it ended');
  });

  it('SPEC 7.9: a token that ran out, or that the server had taken before the answer was lost, takes nothing', async () => {
    for (const loses of [
      async ({ server, desk }: Standing) => {
        const { refreshToken } = desk.tokens;
        await server.call('POST', 'auth/refresh', { refreshToken });
        const again = await server.call('POST', 'auth/refresh', { refreshToken });
        expect(again.body).toMatchObject({ code: 'sessionEnded' });
      },
      async ({ server }: Standing) => {
        server.clock.now += 90 * 24 * 3_600_000;
      },
    ]) {
      const held = await standing('agent');
      const before = await heldBy(held.store);
      await loses(held);
      await held.client.round();
      expect(await held.client.states()).toEqual([{ kind: 'signInNeeded', waiting: 0 }]);
      expect(await heldBy(held.store)).toBe(before);
    }
  });

  it('SPEC 7.9: a desk that only cannot reach its server, or has no token at hand, keeps what it holds', async () => {
    for (const kind of ['unreachable', 'notOurs', 'signInNeeded'] as const) {
      const { desk, server } = await standing('agent');
      const { client, store } = await clientOf(server, desk);
      await client.round();
      const before = await heldBy(store);
      const dumb = async (): Promise<Reply> => ({ kind });
      const away = await SyncClient.open({
        store,
        transport: { push: dumb, pull: dumb, subject: dumb },
        now: () => server.clock.now,
        random: () => 0.5,
        newId,
        zone: 'UTC',
      });
      away.signIn(desk.tokens.user.id);
      await away.round();
      expect(await heldBy(store)).toBe(before);
    }
  });
});
