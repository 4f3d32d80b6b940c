import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { aboutAnswer } from '#contracts/api/about.ts';
import { PROBLEM_CODES, problem } from '#contracts/api/problems.ts';
import { SYNC_LIMITS } from '#contracts/sync/wire.ts';
import { ADMIN, pushOf, recorded, startServer } from '#server/server-under-test.suite.ts';
import { StoreError } from '#server/store/driver.ts';
import { createMemoryLog } from '#sync/authority/memory-log.ts';

type Raw = { statusCode: number; headers: Record<string, unknown>; body: string };

/** Each refusal is a problem document whose code is in the table. */
const codeOf = ({ statusCode, headers, body }: Raw): string => {
  expect(headers['content-type']).toMatch(/^application\/problem\+json/);
  const document = problem.parse(JSON.parse(body));
  expect(document.status).toBe(statusCode);
  expect(PROBLEM_CODES).toContain(document.code);
  expect(document.type).toBe(`urn:deskbell:problem:${document.code}`);
  return `${statusCode} ${document.code}`;
};

/** What a server answers to bytes on a bare connection, sent in pieces. */
const overSocket = (port: number, pieces: readonly string[], pause = 0) =>
  new Promise<string>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.on('data', (data) => {
      answer += data;
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', (error) => (answer === '' ? reject(error) : resolve(answer)));
    socket.on('connect', async () => {
      for (const piece of pieces) {
        socket.write(piece);
        await sleep(pause);
      }
    });
  });

const listening = async (arrival?: number) => {
  const server = await startServer(arrival === undefined ? {} : { arrival });
  await server.app.listen({ host: '127.0.0.1', port: 0 });
  const address = server.app.server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return { ...server, port: address.port };
};

describe('refusals of HTTP', () => {
  const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
  const json = { 'content-type': 'application/json' };
  const login = { method: 'POST', url: '/api/v1/auth/login', headers: json } as const;

  it.each([
    ['an address that is none', { method: 'GET', url: '/nowhere' }, '404 notFound'],
    ['an address that cannot be read', { method: 'GET', url: '/api/v1/sync/subjects/%zz' }, '400 notHttp'],
    ['a method that an address does not have', { method: 'DELETE', url: '/api/v1/auth/login' }, '405 methodNotAllowed'],
    ['a preflight: there is no CORS', { method: 'OPTIONS', url: '/api/v1/auth/login' }, '405 methodNotAllowed'],
    [
      'a body of another kind',
      { ...login, headers: { 'content-type': 'text/plain' }, payload: 'x' },
      '415 mediaTypeUnknown',
    ],
    [
      'a form where JSON belongs',
      { ...login, headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: 'x=1' },
      '415 mediaTypeUnknown',
    ],
    ['what is no JSON', { ...login, payload: '{"email"' }, '400 notJson'],
    ['an empty body', { ...login, payload: '' }, '400 notJson'],
    ['no body', { method: 'POST', url: '/api/v1/auth/login' }, '400 argumentsInvalid'],
    [
      'an unknown member',
      { ...login, payload: JSON.stringify({ ...ADMIN, device: 'd', more: 1 }) },
      '400 argumentsInvalid',
    ],
    ['a prototype in JSON', { ...login, payload: '{"__proto__":{"admin":true},"email":"a"}' }, '400 notJson'],
    [
      'a prototype by way of the constructor',
      { ...login, payload: '{"constructor":{"prototype":{"admin":true}}}' },
      '400 notJson',
    ],
    ['a body that is too large', { ...login, payload: JSON.stringify({ email: 'x'.repeat(70_000) }) }, '413 tooLarge'],
    ['a body that is nested too deeply', { ...login, payload: nested(100) }, '400 badJson'],
    ['a body that is nested beyond any stack', { ...login, payload: nested(10_000) }, '400 badJson'],
    ['a number that is none', { ...login, payload: '{"email":1e999}' }, '400 badJson'],
    ['a parameter that is too long', { method: 'GET', url: `/setup/${'x'.repeat(200)}` }, '414 addressTooLong'],
  ] as const)('%s', async (_, request, expected) => {
    const { app } = await startServer();
    expect(codeOf(await app.inject(request))).toBe(expected);
  });

  it('says which methods an address has', async () => {
    const { app } = await startServer();
    const { headers } = await app.inject({ method: 'PATCH', url: '/api/v1/accounts' });
    expect(headers.allow).toBe('GET, HEAD, POST');
  });

  it('refuses a push that is too large, too deep or too long', async () => {
    const { app, login: signIn, clock } = await startServer();
    const { device, tokens } = await signIn();
    const headers = { ...json, authorization: `Bearer ${tokens.accessToken}` };
    const push = (payload: string) => app.inject({ method: 'POST', url: '/api/v1/sync/push', headers, payload });
    const command = { id: 'c', name: 'incident.record', seq: 1, occurredAt: clock.now, recordedAt: clock.now };
    const body = (commands: readonly unknown[]) => JSON.stringify(pushOf(device, clock.now, commands));
    expect(codeOf(await push('x'.repeat(SYNC_LIMITS.pushBytes + 1)))).toBe('413 tooLarge');
    expect(codeOf(await push(body([{ ...command, args: JSON.parse(nested(100)) }])))).toBe('400 badJson');
    const many = Array.from({ length: SYNC_LIMITS.commands + 1 }, () => ({ ...command, args: {} }));
    expect(codeOf(await push(body(many)))).toBe('400 argumentsInvalid');
    expect((await push(body([{ ...command, args: JSON.parse(nested(60)) }]))).statusCode).toBe(200);
  });

  it('SPEC 16.1: holds whoever calls too often, and says for how long', async () => {
    const { app } = await startServer();
    const call = () => app.inject({ method: 'GET', url: `/setup/${'x'.repeat(43)}` });
    for (let at = 0; at < 30; at += 1) expect((await call()).statusCode).toBe(410);
    const held = await call();
    expect(codeOf(held)).toBe('429 tooManyRequests');
    expect(Number(held.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('answers a desk without naming what broke, and writes down where', async () => {
    const log = createMemoryLog('epoch');
    const { app, login: signIn, logged } = await startServer({ log });
    const { tokens } = await signIn();
    const pull = () =>
      app.inject({
        method: 'GET',
        url: '/api/v1/sync/pull',
        headers: { authorization: `Bearer ${tokens.accessToken}` },
      });
    log.read = () => Promise.reject(new Error(`SELECT secret FROM incidents: 'my illness'`));
    const broken = await pull();
    expect(codeOf(broken)).toBe('500 internal');
    expect(broken.body).not.toMatch(/SELECT|illness|\.ts/);
    const line = logged.find((text) => text.includes('the request failed'));
    expect(line).toContain('http.test.ts');
    expect(line).not.toMatch(/SELECT|illness/);
    log.read = () => Promise.reject(new StoreError('unreachable', new Error('my illness')));
    const away = await pull();
    expect(codeOf(away)).toBe('503 unavailable');
    expect(away.headers['retry-after']).toBe('5');
    expect(codeOf(await app.inject({ method: 'GET', url: '/readyz' }))).toBe('503 unavailable');
    expect((await app.inject({ method: 'GET', url: '/healthz' })).statusCode).toBe(200);
    expect(logged.join('')).not.toMatch(/illness/);
  });
});

describe('bare connections', () => {
  it('cuts a body that trickles in', async () => {
    const { port } = await listening(300);
    const head =
      'POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n';
    const answer = await overSocket(port, [head, '{', '"', 'e'], 50);
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(answer).toContain('"code":"requestTimeout"');
  });

  it.each([
    ['nonsense', 'nonsense\r\n\r\n', '"code":"notHttp"'],
    [
      'headers without end',
      `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
      '"code":"headersTooLarge"',
    ],
  ])('answers %s with a problem document', async (_, bytes, code) => {
    const { port } = await listening();
    const answer = await overSocket(port, [bytes]);
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(answer).toContain(code);
  });
});

describe('what every answer carries', () => {
  it('is told to no page of another origin, and may neither be framed nor sniffed', async () => {
    const { app } = await startServer();
    for (const url of ['/healthz', '/nowhere', `/setup/${'x'.repeat(43)}`]) {
      const { headers } = await app.inject({ method: 'GET', url, headers: { origin: 'https://evil.example' } });
      expect(headers).toMatchObject({
        'content-security-policy': expect.stringContaining("default-src 'none'"),
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
      });
      expect(headers).not.toHaveProperty('access-control-allow-origin');
      expect(headers).not.toHaveProperty('x-powered-by');
    }
  });
});

describe('who answers here', () => {
  it('is said to anybody', async () => {
    const { call } = await startServer();
    const { status, body } = await call('GET', 'about');
    expect(status).toBe(200);
    expect(aboutAnswer.parse(body)).toEqual({
      product: 'deskbell',
      protocols: [1],
      signIn: { password: true, browser: null },
    });
  });
});

describe('for those who run it', () => {
  it.each(['', '/api/v1'])('tells at %s whether it is well, its figures and its description', async (prefix) => {
    const { app, login: signIn } = await startServer();
    await (await signIn()).push(recorded('one'));
    const get = async (url: string) => app.inject({ method: 'GET', url: prefix + url });
    expect((await get('/healthz')).json()).toEqual({ status: 'ok' });
    expect((await get('/readyz')).json()).toEqual({ status: 'ok' });
    const figures = (await get('/metrics')).body;
    expect(figures).toContain('deskbell_commands_total 2');
    expect(figures).toContain('deskbell_logins_total{outcome="good"} 1');
    expect(figures).toContain('route="/api/v1/sync/push"');
    const { openapi, paths } = (await get('/openapi.json')).json();
    expect(openapi).toMatch(/^3\./);
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining(['/api/v1/sync/push', '/api/v1/accounts/{personId}/password']),
    );
    expect(Object.keys(paths).some((path) => path.includes('setup'))).toBe(false);
    expect(paths['/api/v1/sync/push'].post.security).toEqual([{ bearer: [] }]);
    expect(paths['/api/v1/auth/login'].post).not.toHaveProperty('security');
    expect(paths['/api/v1/auth/oidc/begin'].post).not.toHaveProperty('security');
    expect(paths['/api/v1/auth/oidc/finish'].post.responses).toHaveProperty('4XX');
  });
});
