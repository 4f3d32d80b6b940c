import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { createMemoryAccounts } from '#server/accounts/memory-accounts.ts';
import { type Desk, recordArgs, type ServerUnderTest, startServer } from '#server/server-under-test.suite.ts';
import { createLocalChannel } from '#server/sync/growth.ts';
import { createMemoryLog } from '#sync/authority/memory-log.ts';
import { listen } from './listening-desk.suite.ts';

const shared = () => ({
  log: createMemoryLog('epoch'),
  accounts: createMemoryAccounts(),
  channel: createLocalChannel(),
});
const looks = (desk: Desk, incidentId: string | null, typing = false) =>
  desk.call('POST', 'sync/presence', { incidentId, typing });

/** An administrator and an agent, who listen, and an incident. */
async function office(here: ServerUnderTest, there: ServerUnderTest = here) {
  const admin = await here.login();
  const agent = await here.newcomer(admin, 'agent');
  const args = recordArgs('Printer');
  await admin.push({ name: 'incident.record', args });
  const [hears, agentHears] = [await listen(here, admin), await listen(there, agent)];
  const id = args.incidentId;
  const [root, ann] = [admin.tokens.user.id, agent.tokens.user.id];
  return { admin, agent, id, hears, agentHears, root, ann };
}

describe('presence', () => {
  it('SPEC 18.1: tells those who look at one incident of each other, on whichever node', async () => {
    const parts = shared();
    const [here, there] = [await startServer(parts), await startServer(parts)];
    const { admin, agent, id, hears, agentHears, root, ann } = await office(here, there);
    expect((await looks(admin, id)).status).toBe(204);
    await vi.waitFor(() => expect(hears.present()).toEqual([[]]));
    const elsewhere = await there.call(
      'POST',
      'sync/presence',
      { incidentId: id, typing: false },
      agent.tokens.accessToken,
    );
    expect(elsewhere.status).toBe(204);
    await vi.waitFor(() => expect(hears.present().at(-1)).toEqual([`${ann}@${id}`]));
    await vi.waitFor(() => expect(agentHears.present().at(-1)).toEqual([`${root}@${id}`]));
    await looks(agent, id, true);
    await vi.waitFor(() => expect(hears.present().at(-1)).toEqual([`${ann}@${id}*`]));
    const said = hears.present().length;
    await looks(agent, id, true);
    await sleep(20);
    expect(hears.present()).toHaveLength(said);
    await looks(admin, id);
    await vi.waitFor(() => expect(hears.present().slice(said)).toEqual([[`${ann}@${id}*`]]));
  });

  it('SPEC 18.3: ends when they look elsewhere, when their stream ends, and after a time without a word', async () => {
    const server = await startServer();
    const { admin, agent, id, hears, agentHears, ann } = await office(server);
    await looks(admin, id);
    const come = async () => {
      await looks(agent, id);
      await vi.waitFor(() => expect(hears.present().at(-1)).toEqual([`${ann}@${id}`]));
    };
    await come();
    await looks(agent, null);
    await vi.waitFor(() => expect(hears.present().at(-1)).toEqual([]));
    await come();
    agentHears.leave.abort();
    await vi.waitFor(() => expect(hears.present().at(-1)).toEqual([]));
    await come();
    server.clock.now += 29_000;
    await looks(admin, id);
    server.clock.now += 1_000;
    await vi.waitFor(() => expect(hears.present().at(-1)).toEqual([]), { timeout: 7_000 });
  });

  it('SPEC 18.2: is neither said nor heard by a requester, nor of what one may not see', async () => {
    const server = await startServer();
    const { admin, agent, id, hears, agentHears } = await office(server);
    const requester = await server.newcomer(admin, 'requester');
    const requesterHears = await listen(server, requester);
    await looks(admin, id);
    expect((await looks(requester, id)).body).toMatchObject({ code: 'notAllowedForRole' });
    const secret = recordArgs('Secret');
    await admin.push({ name: 'incident.record', args: { ...secret, confidential: true } });
    expect((await looks(agent, secret.incidentId)).body).toMatchObject({ code: 'notFound' });
    expect((await looks(agent, 'no such')).body).toMatchObject({ code: 'notFound' });
    await looks(admin, secret.incidentId);
    await sleep(50);
    expect([agentHears.present(), requesterHears.present()]).toEqual([[], []]);
    expect(hears.present().flat()).toEqual([]);
    expect((await server.call('POST', 'sync/presence', { incidentId: null, typing: false })).status).toBe(401);
    expect((await admin.call('POST', 'sync/presence', { incidentId: id })).status).toBe(400);
    for (let asked = 0; asked < 120; asked += 1) await looks(agent, null);
    expect((await looks(agent, null)).status).toBe(429);
  });
});
