import { setTimeout as sleep } from 'node:timers/promises';
import { v7 as newId } from 'uuid';
import { describe, expect, it, vi } from 'vitest';
import type { PullAnswer } from '#contracts/sync/wire.ts';
import { createMemoryAccounts } from '#server/accounts/memory-accounts.ts';
import { type Desk, pushOf, recordArgs, startServer } from '#server/server-under-test.suite.ts';
import { createLocalChannel } from '#server/sync/growth.ts';
import { createMemoryLog } from '#sync/authority/memory-log.ts';
import { listen } from './listening-desk.suite.ts';

/** Replies wait fifteen seconds from when they were written. */
const WAITS = 15_000;

describe('the release of a reply', () => {
  it('SPEC 7.12: pokes the requester on any node and after a restart, when there is something to pull', async () => {
    const shared = {
      log: createMemoryLog('epoch'),
      accounts: createMemoryAccounts(),
      channel: createLocalChannel(),
      now: Date.now,
    };
    const here = await startServer(shared);
    const admin = await here.login();
    const cal = await here.newcomer(admin, 'requester');
    const agent = await here.newcomer(admin, 'agent');
    const args = { ...recordArgs('Printer'), callerId: cal.tokens.user.id };
    const replied = Date.now() - WAITS + 2_500;
    const reply = { incidentId: args.incidentId, entryId: newId(), body: 'It prints', releaseAt: replied + WAITS };
    const commands = [['incident.record', args] as const, ['incident.reply', reply] as const].map(
      ([name, given], at) => ({
        id: newId(),
        seq: at + 1,
        name,
        args: given,
        occurredAt: replied,
        recordedAt: replied,
      }),
    );
    await agent.call('POST', 'sync/push', pushOf(agent.device, Date.now(), commands));

    const there = await startServer(shared);
    const streams = [await listen(here, cal), await listen(there, cal)];
    const [bystander] = [await listen(here, agent)];
    for (const { pokes } of [...streams, bystander]) await vi.waitFor(() => expect(pokes()).toHaveLength(1));
    const pull = async (desk: Desk, cursor = '') =>
      (await desk.call<PullAnswer>('GET', `sync/pull?cursor=${encodeURIComponent(cursor)}`)).body;
    let page = await pull(cal);
    while (page.more) page = await pull(cal, page.cursor);
    expect(page.activities).toEqual([]);
    for (const { pokes } of streams) {
      await vi.waitFor(() => expect(pokes()).toHaveLength(2), { timeout: 10_000 });
      expect(pokes()[1]).toBe(pokes()[0]);
    }
    expect(Date.now()).toBeGreaterThanOrEqual(reply.releaseAt);
    expect((await pull(cal, page.cursor)).activities).toMatchObject([{ payload: { body: 'It prints' } }]);
    await sleep(50);
    expect(bystander?.pokes()).toHaveLength(1);
  }, 30_000);
});
