import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { PullAnswer, PushAnswer } from '#contracts/sync/wire.ts';
import { call, complaintOf, login, newFolder, startProcess } from './process.suite.ts';
import { ADMIN, pushOf, recordArgs } from './server-under-test.suite.ts';

describe('npm run server', { timeout: 300_000 }, () => {
  it('serves two desks, stops in order, and knows everything after the next start', async () => {
    const env = { DATA_DIR: join(newFolder(), 'data'), ADMIN_EMAIL: ADMIN.email, ADMIN_PASSWORD: ADMIN.password };
    const first = await startProcess(env);
    expect(first.said).not.toContain('/setup/');
    const [one, other] = [newId(), newId()];
    const { accessToken } = await login(first.url, one);
    const args = recordArgs('printer on fire');
    const command = {
      id: newId(),
      seq: 1,
      name: 'incident.record',
      args,
      occurredAt: Date.now(),
      recordedAt: Date.now(),
    };
    const push = pushOf(one, Date.now(), [command]);
    const pushed = await call<PushAnswer>(`${first.url}/api/v1/sync/push`, push, accessToken);
    expect(pushed.results).toMatchObject([{ status: 'accepted', number: 'INC0000001' }]);
    const second = await login(first.url, other);
    const pull = (url: string, token: string) => call<PullAnswer>(`${url}/api/v1/sync/pull`, undefined, token);
    expect((await pull(first.url, second.accessToken)).incidents).toMatchObject([{ id: args.incidentId }]);
    expect((await complaintOf(env)).complained).toMatch(/^Another server works on .*\.$/m);
    expect(await first.stop()).toBe(0);

    const again = await startProcess(env);
    expect((await pull(again.url, second.accessToken)).incidents).toMatchObject([{ id: args.incidentId }]);
    const repeated = await call<PushAnswer>(`${again.url}/api/v1/sync/push`, push, accessToken);
    expect(repeated.results).toMatchObject([{ status: 'already', outcome: 'accepted', number: 'INC0000001' }]);
    await again.stop('SIGKILL');

    const revived = await startProcess(env);
    expect((await pull(revived.url, accessToken)).incidents).toMatchObject([{ number: 'INC0000001' }]);
    expect(await revived.stop()).toBe(0);

    const backup = join(newFolder(), 'copy');
    cpSync(env.DATA_DIR, backup, { recursive: true });
    const restored = await startProcess({ ...env, DATA_DIR: backup });
    expect((await pull(restored.url, accessToken)).incidents).toMatchObject([{ number: 'INC0000001' }]);
    expect(await restored.stop()).toBe(0);
  });

  it('says once how to make the first administrator', async () => {
    const server = await startProcess({ DATA_DIR: join(newFolder(), 'data') });
    const link = /^first administrator, once: (\S+)$/m.exec(server.said)?.[1] ?? '';
    expect(link).toContain(`${server.url}/setup/`);
    const made = await fetch(link, { method: 'POST', body: new URLSearchParams({ ...ADMIN, name: 'Root' }) });
    expect(made.status).toBe(201);
    expect((await login(server.url, newId())).user).toMatchObject({ role: 'administrator' });
    expect(await server.stop()).toBe(0);
  });

  it.each([
    ['HOST', { HOST: '0.0.0.0' }],
    ['PORT', { PORT: 'x' }],
    ['The database cannot be opened', { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }],
  ])('leaves with a sentence about %s', async (words, env) => {
    const { code, complained } = await complaintOf(env);
    expect(code).toBe(1);
    expect(complained).toMatch(new RegExp(`^${words} .*\\.$|^${words}: .*\\.$`, 'm'));
    expect(complained).not.toMatch(/\bat .*\.ts/);
  });
});
