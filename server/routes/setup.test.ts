import { describe, expect, it } from 'vitest';
import { createMemoryAccounts } from '#server/accounts/memory-accounts.ts';
import { buildApp } from '#server/app.ts';
import { createLog } from '#server/http/log.ts';
import { ADMIN, startServer } from '#server/server-under-test.suite.ts';
import { createServices } from '#server/services.ts';
import { createLocalChannel } from '#server/sync/growth.ts';
import { createMemoryLog } from '#sync/authority/memory-log.ts';

/** A server without an account. */
const startEmpty = async () => {
  const logger = createLog('silent', { write: () => undefined });
  const parts = { log: createMemoryLog('epoch'), accounts: createMemoryAccounts(), channel: createLocalChannel() };
  const services = await createServices({ ...parts, logger, now: Date.now, zone: 'UTC' });
  const app = await buildApp(services, { logger, trustProxy: false });
  const post = (secret: string, fields: Record<string, string>) =>
    app.inject({
      method: 'POST',
      url: `/setup/${secret}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(fields).toString(),
    });
  return { app, services, post };
};

const FIELDS = { ...ADMIN, name: 'Root' };

describe('the one-time link', () => {
  it('shows a page without script and makes the first administrator, once', async () => {
    const { app, services, post } = await startEmpty();
    const secret = (await services.link.offer()) ?? '';
    const page = await app.inject({ method: 'GET', url: `/setup/${secret}` });
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-type']).toMatch(/^text\/html/);
    expect(page.body).not.toMatch(/<script|javascript:|\son\w+=/i);
    expect((await post(secret, FIELDS)).statusCode).toBe(201);
    const login = { ...ADMIN, device: 'd1' };
    const { user } = (await app.inject({ method: 'POST', url: '/api/v1/auth/login', payload: login })).json();
    expect(user).toMatchObject({ name: 'Root', role: 'administrator' });
    expect((await post(secret, { ...FIELDS, email: 'second@desk.example' })).json()).toMatchObject({
      code: 'linkUsed',
    });
    expect((await app.inject({ method: 'GET', url: `/setup/${secret}` })).statusCode).toBe(410);
    expect(await services.link.offer()).toBeNull();
  });

  it('works for one of two who open it at the same time', async () => {
    const { services, post } = await startEmpty();
    const secret = (await services.link.offer()) ?? '';
    const both = [FIELDS, { ...FIELDS, email: 'second@desk.example' }].map((fields) => post(secret, fields));
    expect((await Promise.all(both)).map(({ statusCode }) => statusCode).sort()).toEqual([201, 410]);
  });

  it('stays good after a mistake, and a newer one takes its place', async () => {
    const { services, post } = await startEmpty();
    const secret = (await services.link.offer()) ?? '';
    expect((await post(secret, { ...FIELDS, password: 'short' })).statusCode).toBe(400);
    expect((await post(secret, { ...FIELDS, name: '\u200b' })).statusCode).toBe(422);
    const newer = (await services.link.offer()) ?? '';
    expect((await post(secret, FIELDS)).statusCode).toBe(410);
    expect((await post(newer, FIELDS)).statusCode).toBe(201);
  });

  it.each(['x', 'x'.repeat(43), `'; DROP TABLE setup_link; --`])('is not %j', async (secret) => {
    const { post } = await startEmpty();
    expect([400, 410]).toContain((await post(encodeURIComponent(secret), FIELDS)).statusCode);
  });

  it('is not offered where there is an account', async () => {
    const { services } = await startServer();
    expect(await services.link.offer()).toBeNull();
  });
});
