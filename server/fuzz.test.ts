import fc from 'fast-check';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problem } from '#contracts/api/problems.ts';
import { createSqlAccounts } from './accounts/sql-accounts.ts';
import { buildApp } from './app.ts';
import { createLog } from './http/log.ts';
import { pushOf, recordArgs } from './server-under-test.suite.ts';
import { createServices } from './services.ts';
import { createSqlSignIns } from './sign-in/sql-sign-ins.ts';
import { openStore } from './store/open.ts';

/** Texts that have broken servers before. */
const nasty = fc.constantFrom(
  '',
  '\0',
  '\ud800',
  '\u202e',
  `'; DROP TABLE accounts; --`,
  `" OR ""="`,
  '<%= 1 + 1 %>',
  '{{1}}',
  '%00',
  '../../etc/passwd',
  '__proto__',
  'constructor',
  'x'.repeat(5_000),
  '1e309',
);
const text = fc.oneof(nasty, fc.string({ unit: 'binary' }), fc.string());
const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(text, tie('value'), { maxKeys: 4 }),
  ),
})).value;

/** Something in the place of one member of a sound body, or a member more. */
const spoiled = (body: Record<string, unknown>) =>
  fc
    .tuple(fc.oneof(fc.constantFrom(...Object.keys(body)), text), value)
    .map(([key, instead]) => ({ ...body, [key]: instead }));

/** One server on PGlite for all: what breaks it for the next one is found too. */
describe('whatever is sent', () => {
  const logged: string[] = [];
  const parts: { inject?: Awaited<ReturnType<typeof start>> } = {};
  const EMAIL = 'root@desk.example';
  const PASSWORD = 'correct horse battery';
  const device = newId();

  const start = async () => {
    const opened = await openStore({ kind: 'memory' });
    if (!opened.ok) throw new Error(opened.error.code);
    const { log, driver, close } = opened.value;
    const logger = createLog('error', { write: (line) => logged.push(line) });
    const accounts = createSqlAccounts(driver);
    const loginLimits = { accountFromAddress: 1e9, account: 1e9, address: 1e9, window: 60 };
    const services = await createServices({
      log,
      accounts,
      channel: driver,
      logger,
      now: Date.now,
      zone: 'UTC',
      loginLimits,
      browser: {
        // Nobody is there: what is sent has to be sound before anybody is asked.
        provider: {
          issuer: 'http://127.0.0.1:9',
          clientId: 'desk',
          clientSecret: null,
          callback: 'http://127.0.0.1:9/',
        },
        signIns: createSqlSignIns(driver),
        name: 'Nobody',
        newcomers: 'requester',
      },
    });
    const app = await buildApp(services, { logger, trustProxy: true });
    await services.accounts.createFirst(EMAIL, PASSWORD, 'Root');
    const login = { email: EMAIL, password: PASSWORD, device };
    const { accessToken, user } = (
      await app.inject({ method: 'POST', url: '/api/v1/auth/login', payload: login })
    ).json();
    return { app, services, close, accessToken, personId: user.id };
  };
  const server = () => {
    if (parts.inject === undefined) throw new Error('not started');
    return parts.inject;
  };

  beforeAll(async () => {
    parts.inject = await start();
  }, 120_000);
  afterAll(async () => {
    await server().app.close();
    await server().services.close();
    await server().close();
  });

  let asked = 0;
  /** Each from another address, so that no limit is in the way; refusals are problem documents. */
  const send = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: string) => {
    asked += 1;
    const response = await server().app.inject({
      method,
      url,
      headers: {
        authorization: `Bearer ${server().accessToken}`,
        'x-forwarded-for': `10.${(asked >> 16) & 255}.${(asked >> 8) & 255}.${asked & 255}`,
        ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(payload === undefined ? {} : { payload }),
    });
    const trouble = `${method} ${url} ${payload?.slice(0, 2_000)} → ${response.body.slice(0, 500)} ${logged.join('')}`;
    const isAway = url.endsWith('/oidc/begin') && response.statusCode === 503;
    if (!isAway) expect(response.statusCode, trouble).toBeLessThan(500);
    if (response.statusCode >= 400) expect(problem.safeParse(response.json()).success, trouble).toBe(true);
    if (response.statusCode === 429) throw new Error('a limit is in the way of this test');
    return response;
  };

  const bodies = {
    '/auth/login': { email: 'a@b', password: 'x', device: 'd', deviceName: 'n' },
    '/auth/refresh': { refreshToken: 'x.y', device: 'd' },
    '/auth/oidc/begin': { device: 'd', codeChallenge: 'x'.repeat(43), port: 50_000, state: 'x'.repeat(43) },
    '/auth/oidc/finish': { code: 'x'.repeat(43), codeVerifier: 'x'.repeat(43), device: 'd', deviceName: 'n' },
    '/accounts': { email: 'a@b', password: PASSWORD, name: 'n', role: 'agent', teamIds: [], personId: 'p' },
  } as const;

  it.each(Object.entries(bodies))('to POST %s is answered without a failure', async (url, body) => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(value, spoiled(body)), async (sent) => {
        await send('POST', `/api/v1${url}`, JSON.stringify(sent) ?? 'null');
      }),
      { numRuns: url === '/accounts' ? 60 : 150 },
    );
  });

  it('to PUT a password is answered without a failure', async () => {
    await fc.assert(
      fc.asyncProperty(text, value, async (id, sent) => {
        await send(
          'PUT',
          `/api/v1/accounts/${encodeURIComponent(safe(id))}/password`,
          JSON.stringify({ password: sent }),
        );
      }),
      { numRuns: 40 },
    );
  });

  it('in an address is answered without a failure', async () => {
    await fc.assert(
      fc.asyncProperty(text.map(safe).map(encodeURIComponent), async (part) => {
        await send('GET', `/api/v1/sync/subjects/${part}`);
        await send('GET', `/api/v1/sync/numbers/${part}`);
        await send('GET', `/api/v1/sync/size?scope=${part}`);
        await send('GET', `/api/v1/sync/pull?scope=${part}&beside=${part}`);
        await send('GET', `/api/v1/sync/pull?cursor=${part}`);
        await send('GET', `/api/v1/sync/pull?${part}=${part}`);
        await send('GET', `/setup/${part}`);
        await send('GET', `/${part}`);
      }),
      { numRuns: 100 },
    );
  });

  it('as what a device keeps is answered without a failure, also from where a page is said to have ended', async () => {
    const ids = fc.array(
      text.map((id) => id.slice(0, 128) || '-'),
      { maxLength: 21 },
    );
    const scope = { teamIds: ['a'], siteIds: [], closedFor: 1 };
    const sent = fc.record({
      scope: fc.oneof(
        { arbitrary: fc.record({ teamIds: ids, siteIds: ids, closedFor: fc.constant(null) }), weight: 3 },
        spoiled(scope),
        value,
      ),
      beside: fc.oneof({ arbitrary: ids, weight: 3 }, value),
      keeps: fc.oneof(value, fc.tuple(fc.option(fc.maxSafeInteger()), ids)),
      load: fc.oneof(
        value,
        fc.tuple(
          fc.nat(2),
          fc.maxSafeNat(),
          fc.maxSafeNat(),
          fc.option(fc.tuple(fc.maxSafeNat(), text)),
          fc.maxSafeInteger(),
        ),
      ),
      twice: fc.boolean(),
      half: fc.boolean(),
    });
    const of = (name: string, said: unknown) => `${name}=${encodeURIComponent(JSON.stringify(said) ?? '')}`;
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(sent, async ({ scope: said, beside, keeps, load, twice, half }) => {
        const { statusCode } = await send('GET', `/api/v1/sync/size?${of('scope', said)}`);
        const query = `${of('scope', said)}&${of('beside', beside)}`;
        const page = await send('GET', `/api/v1/sync/pull?${query}&limit=1${twice ? `&${query}` : ''}`);
        if (statusCode !== 200 || page.statusCode !== 200) return;
        taken += 1;
        const fields: unknown[] = JSON.parse(Buffer.from(page.json().cursor, 'base64url').toString());
        const made = JSON.stringify(fields.with(6, keeps).with(7, half ? fields[7] : load));
        const ascii = made.replace(
          /[\u007f-\uffff]/g,
          (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
        );
        await send('GET', `/api/v1/sync/pull?${query}&cursor=${Buffer.from(ascii).toString('base64url')}`);
      }),
      { numRuns: 80 },
    );
    expect(taken).toBeGreaterThan(5);
  });

  it('in a push is answered without a failure, and never keeps the next one from being decided', async () => {
    const { app, accessToken } = server();
    let seq = 1;
    const at = 1_767_600_000_000;
    const sound = { id: 'c', name: 'incident.record', args: recordArgs('x'), seq: 1, occurredAt: at, recordedAt: at };
    const command = fc.oneof(
      spoiled(sound),
      fc.tuple(spoiled(sound.args as unknown as Record<string, unknown>)).map(([args]) => ({ ...sound, args })),
      fc.tuple(text, value).map(([name, args]) => ({ ...sound, name, args })),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 1, maxLength: 5 }), async (commands) => {
        const numbered = commands.map((one, index) => ({
          ...one,
          id: one.id === 'c' ? newId() : one.id,
          seq: one.seq === 1 ? seq + index : one.seq,
        }));
        const { statusCode, body } = await send(
          'POST',
          '/api/v1/sync/push',
          JSON.stringify(pushOf(device, at, numbered)),
        );
        if (statusCode === 200) seq = JSON.parse(body).expected;
        else expect(statusCode).toBe(400);
      }),
      { numRuns: 150 },
    );
    const last = { ...sound, id: newId(), args: recordArgs('after all that'), seq };
    const { body } = await send('POST', '/api/v1/sync/push', JSON.stringify(pushOf(device, at, [last])));
    expect(JSON.parse(body).results).toMatchObject([{ status: 'accepted' }]);
    const headers = { authorization: `Bearer ${accessToken}` };
    expect((await app.inject({ method: 'GET', url: '/api/v1/sync/pull?limit=2000', headers })).statusCode).toBe(200);
  });

  it('as bytes is answered without a failure', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(text, fc.json()), async (bytes) => {
        await send('POST', '/api/v1/sync/push', bytes);
        await send('POST', '/api/v1/auth/login', bytes);
      }),
      { numRuns: 100 },
    );
  });
});

/** As an address can hold it at all. */
const safe = (part: string): string => part.replace(/\p{Surrogate}/gu, '');
