import { describe, expect, it } from 'vitest';
import { SCOPE_LIMITS, type Scope } from '#contracts/sync/scope.ts';
import { command, deskOn, fates, note, recording, TestServer } from './client-world.suite.ts';

const NONE: Scope = { teamIds: ['none'], siteIds: [], closedFor: null };
const transfer = (id: string, incidentId: string) =>
  command(id, 'incident.transfer', { incidentId, assignmentGroupId: 'none', note: 'yours' }, { person: 'sue' });

/** A server with three incidents of Ben's, and Ann's desk, which keeps what belongs to a team that has none. */
async function narrowDesk(keeps: { scope: Scope | null } = { scope: NONE }) {
  const server = await new TestServer().furnish();
  const ben = { person: 'ben' };
  await server.elsewhere(
    command(
      'team',
      'directory.save',
      { kind: 'team', record: { id: 'none', name: 'None', active: true, source: null } },
      { person: 'deskbell' },
    ),
    ...['one', 'two', 'three'].map((id) => recording(`record ${id}`, id, {}, ben)),
  );
  const desk = await deskOn(server, { scope: () => keeps.scope });
  await desk.client.round();
  return { server, keeps, ...desk };
}

describe('a device that keeps a part', () => {
  it('SPEC 8.7: holds that part, and all from when it is told to', async () => {
    const { client, store, keeps } = await narrowDesk();
    expect(store.held()).toEqual([]);
    keeps.scope = null;
    await client.round();
    expect(store.held().toSorted()).toEqual(['one', 'three', 'two']);
    keeps.scope = NONE;
    await client.round();
    expect(store.held()).toEqual([]);
  });

  it('SPEC 8.10: keeps what somebody asked for, also in its next run, and follows it', async () => {
    const { server, client, store, again } = await narrowDesk();
    await client.keepBeside('two');
    await client.round();
    expect(store.held()).toEqual(['two']);
    const { client: next } = await again();
    await server.elsewhere(note('n', 'two', { person: 'ben' }));
    await next.round();
    expect([store.held(), (await store.timelines(['two'])).get('two')?.entries.length]).toEqual([['two'], 2]);
  });

  it('SPEC 8.10: keeps what its people acted on, whatever became of it', async () => {
    const { client, store, server } = await narrowDesk();
    await client.record(recording('mine', 'four'));
    await client.round();
    // Opened by Ann, it is hers; acted on, it stays hers to see even where the scope would not have it.
    await client.keepBeside('one');
    await client.round();
    await client.record(note('noted', 'one'));
    for (const id of ['two', 'three']) await client.keepBeside(id);
    await client.round();
    await server.elsewhere(note('n', 'one', { person: 'ben' }));
    await client.round();
    expect(fates(client)).toEqual({ mine: 'accepted', noted: 'accepted' });
    expect(store.held().toSorted()).toEqual(['four', 'one', 'three', 'two']);
    expect((await store.timelines(['one'])).get('one')?.entries).toHaveLength(3);
  });

  it('SPEC 8.10: keeps what somebody who is signed out acted on until it is sent, whatever others act on', async () => {
    const { client, store, server } = await narrowDesk();
    client.signIn('ben');
    await client.keepBeside('one');
    await client.round();
    client.signOut('ben');
    client.signIn('ann');
    await client.record(note('waits', 'one', { person: 'ben' }));
    const others = Array.from({ length: SCOPE_LIMITS.beside }, (_, at) => `other ${at}`);
    for (const id of others) await client.record(recording(`record ${id}`, id));
    for (const id of others.slice(0, 8)) await client.keepBeside(id);
    await client.round();
    await client.round();
    expect(store.held()).toContain('one');
    expect(server.incident('one')?.counts.notes).toBe(0);
  });

  it('SPEC 8.10: lets go of what was asked for first when more is asked for than it keeps', async () => {
    const { client, store, server } = await narrowDesk();
    const more = Array.from({ length: 8 }, (_, at) => `more ${at}`);
    await client.keepBeside('one');
    await client.round();
    await server.elsewhere(...more.map((id) => recording(`record ${id}`, id, {}, { person: 'ben' })));
    for (const id of more) await client.keepBeside(id);
    await client.round();
    expect(store.held().toSorted()).toEqual(more);
  });

  it('SPEC 8.7: hears of what comes into its part while it looks on', async () => {
    const { server, client, store } = await narrowDesk();
    await server.elsewhere(transfer('t', 'three'));
    await client.round();
    expect(store.held()).toEqual(['three']);
    expect((await store.timelines(['three'])).get('three')).toMatchObject({ whole: true });
  });
});
