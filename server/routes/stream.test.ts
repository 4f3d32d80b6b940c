import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { createMemoryAccounts } from '#server/accounts/memory-accounts.ts';
import { recorded, startServer } from '#server/server-under-test.suite.ts';
import { createLocalChannel } from '#server/sync/growth.ts';
import { createMemoryLog } from '#sync/authority/memory-log.ts';
import { listen } from './listening-desk.suite.ts';

describe('the stream', () => {
  it('SPEC 5.4: pokes at once, and again after the push of another device', async () => {
    const server = await startServer();
    const [one, other] = [await server.login(), await server.login()];
    const { response, pokes } = await listen(server, one);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    await vi.waitFor(() => expect(pokes()).toEqual([1]));
    await other.push(recorded('one'), recorded('two'));
    await vi.waitFor(() => expect(pokes()).toEqual([1, 3]));
    await other.push({ name: 'incident.fly', args: {} });
    await sleep(20);
    expect(pokes()).toEqual([1, 3]);
  });

  it('shows that it lives', async () => {
    const server = await startServer({ heartbeat: 20 });
    const { heard } = await listen(server, await server.login());
    await vi.waitFor(() => expect(heard.text.match(/^: heartbeat$/gm)?.length).toBeGreaterThan(1));
  });

  it.each(['logout', 'revocation', 'deactivation', 'new password', 'reuse of a refresh token', 'end of the server'])(
    'ends with the %s',
    async (how) => {
      const server = await startServer();
      const admin = await server.login();
      const desk = await server.newcomer(admin, 'agent');
      const { heard, pokes } = await listen(server, desk);
      const staying = await listen(server, admin);
      await vi.waitFor(() => expect(pokes()).toHaveLength(1));
      const account = `accounts/${desk.tokens.user.id}`;
      const { refreshToken } = desk.tokens;
      if (how === 'logout') await desk.call('POST', 'auth/logout');
      if (how === 'revocation') await admin.call('DELETE', `${account}/devices/${desk.device}`);
      if (how === 'deactivation') await admin.call('POST', `${account}/deactivate`);
      if (how === 'new password') await admin.call('PUT', `${account}/password`, { password: 'something else' });
      if (how === 'reuse of a refresh token') {
        await server.call('POST', 'auth/refresh', { refreshToken });
        expect(heard.ended).toBe(false);
        await server.call('POST', 'auth/refresh', { refreshToken });
      }
      if (how === 'end of the server') await server.app.close();
      await vi.waitFor(() => expect(heard.ended).toBe(true));
      expect(staying.heard.ended).toBe(how === 'end of the server');
    },
  );

  it('SPEC 5.4: hears what happens on another node: a push, and that its session ended', async () => {
    const shared = { log: createMemoryLog('epoch'), accounts: createMemoryAccounts(), channel: createLocalChannel() };
    const [here, there] = [await startServer(shared), await startServer(shared)];
    const admin = await there.login();
    const desk = await there.newcomer(admin, 'agent');
    const { heard, pokes } = await listen(here, desk);
    await vi.waitFor(() => expect(pokes()).toEqual([2]));
    await admin.push(recorded('one'));
    await vi.waitFor(() => expect(pokes()).toEqual([2, 3]));
    await admin.call('DELETE', `accounts/${desk.tokens.user.id}/devices/${desk.device}`);
    await vi.waitFor(() => expect(heard.ended).toBe(true));
  });

  it('is forgotten when its desk goes away', async () => {
    const server = await startServer();
    const { leave, pokes } = await listen(server, await server.login());
    await vi.waitFor(() => expect(pokes()).toHaveLength(1));
    expect(server.services.streams.count).toBe(1);
    leave.abort();
    await vi.waitFor(() => expect(server.services.streams.count).toBe(0));
  });

  it('gives way when one session opens many', async () => {
    const server = await startServer();
    const desk = await server.login();
    const all: Awaited<ReturnType<typeof listen>>[] = [];
    for (let at = 0; at < 5; at += 1) {
      const stream = await listen(server, desk);
      await vi.waitFor(() => expect(stream.pokes()).toHaveLength(1));
      all.push(stream);
    }
    await vi.waitFor(() => expect(all.map(({ heard }) => heard.ended)).toEqual([true, true, false, false, false]));
  });
});
