import { v7 as newId } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { LoginAnswer } from '#contracts/api/auth.ts';
import { ADMIN, startServer } from '#server/server-under-test.suite.ts';

const credentials = (more: object = {}) => ({ ...ADMIN, device: newId(), ...more });

describe('signing in', () => {
  it('gives tokens and says who signed in, as the directory has them', async () => {
    const { call } = await startServer();
    const { status, body } = await call<LoginAnswer>('POST', 'auth/login', credentials());
    expect(status).toBe(200);
    expect(body).toMatchObject({
      accessExpiresIn: 900,
      user: { name: 'Root', email: ADMIN.email, role: 'administrator', teamIds: [] },
      block: 'A2',
    });
  });

  it('knows an e-mail however its case is written', async () => {
    const { call } = await startServer();
    expect((await call('POST', 'auth/login', credentials({ email: ' ROOT@desk.example' }))).status).toBe(200);
  });

  it.each([
    ['a wrong password', { password: 'wrong horse battery' }],
    ['an e-mail that nobody has', { email: 'nobody@desk.example' }],
    ['SQL in the e-mail', { email: `root@desk.example' OR '1'='1` }],
    ['SQL in the password', { password: `' OR 1=1; DROP TABLE accounts; --` }],
  ])('answers %s like any other', async (_, wrong) => {
    const { call } = await startServer();
    const answer = await call('POST', 'auth/login', credentials(wrong));
    expect(answer).toMatchObject({
      status: 401,
      headers: { 'www-authenticate': 'Bearer', 'content-type': expect.stringMatching(/^application\/problem\+json/) },
      body: { code: 'credentialsWrong', status: 401 },
    });
    expect(Object.keys(answer.body).sort()).toEqual(['code', 'status', 'title', 'type']);
  });

  it('does the same work for an unknown e-mail as for a wrong password', async () => {
    const { services } = await startServer();
    const asked: (string | null)[] = [];
    const { isRight } = services.passwords;
    services.passwords.isRight = async (password, kept) => {
      asked.push(kept);
      return isRight(password, kept);
    };
    expect(await services.accounts.signIn('nobody@desk.example', 'whatever it is')).toBeNull();
    expect(await services.accounts.signIn(ADMIN.email, 'whatever it is')).toBeNull();
    expect(asked).toEqual([null, expect.stringMatching(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)]);
  });

  it('holds whoever tries too often, known e-mail or not, and says for how long', async () => {
    const loginLimits = { accountFromAddress: 3, account: 100, address: 100, window: 60 };
    const { call } = await startServer({ loginLimits });
    for (const email of [ADMIN.email, 'nobody@desk.example']) {
      const tries = credentials({ email, password: 'wrong horse battery' });
      for (let tried = 0; tried < 3; tried += 1) expect((await call('POST', 'auth/login', tries)).status).toBe(401);
      const held = await call('POST', 'auth/login', { ...tries, password: ADMIN.password });
      expect(held).toMatchObject({ status: 429, body: { code: 'tooManyAttempts' } });
      expect(Number(held.headers['retry-after'])).toBeGreaterThan(0);
      expect(Number(held.headers['retry-after'])).toBeLessThanOrEqual(60);
    }
  });

  it('holds an address that goes through e-mails, and an account that is tried from many addresses', async () => {
    const loginLimits = { accountFromAddress: 100, account: 4, address: 4, window: 60 };
    const { app, call } = await startServer({ loginLimits, trustProxy: true });
    for (let tried = 0; tried < 4; tried += 1) {
      await call('POST', 'auth/login', credentials({ email: `p${tried}@desk.example` }));
    }
    expect((await call('POST', 'auth/login', credentials())).body).toMatchObject({ code: 'tooManyAttempts' });
    const from = (address: string) =>
      app.inject({
        method: 'POST',
        url: '/api/v1/auth/login',
        payload: credentials({ password: 'wrong horse battery' }),
        headers: { 'x-forwarded-for': address },
      });
    const codes: string[] = [];
    for (let at = 1; at <= 5; at += 1) codes.push((await from(`192.0.2.${at}`)).json().code);
    expect(codes.slice(0, 3)).toEqual(Array(3).fill('credentialsWrong'));
    expect(codes.at(-1)).toBe('tooManyAttempts');
  });

  it('lets the right password in again and again', async () => {
    const loginLimits = { accountFromAddress: 2, account: 3, address: 3, window: 60 };
    const { login } = await startServer({ loginLimits });
    for (let at = 0; at < 6; at += 1) await login();
  });
});

describe('a session', () => {
  it('ends the earlier one of its person on its device, and no other', async () => {
    const { login } = await startServer();
    const [first, other] = [await login(), await login()];
    const second = await login(ADMIN.email, ADMIN.password, first.device);
    expect((await first.call('GET', 'sync/pull')).body).toMatchObject({ code: 'notSignedIn' });
    expect((await second.call('GET', 'sync/pull')).status).toBe(200);
    expect((await other.call('GET', 'sync/pull')).status).toBe(200);
  });

  it('goes on with new tokens after a refresh, and the old access token is no longer good', async () => {
    const { call, login } = await startServer();
    const desk = await login();
    const { refreshToken } = desk.tokens;
    const { status, body } = await call<LoginAnswer>('POST', 'auth/refresh', { refreshToken });
    expect(status).toBe(200);
    expect(body.user).toEqual(desk.tokens.user);
    expect((await desk.call('GET', 'sync/pull')).status).toBe(401);
    expect((await call('GET', 'sync/pull', undefined, body.accessToken)).status).toBe(200);
  });

  it('ends as a whole when a refresh token comes a second time', async () => {
    const { call, login } = await startServer();
    const { refreshToken } = (await login()).tokens;
    const second = (await call<LoginAnswer>('POST', 'auth/refresh', { refreshToken })).body;
    const third = (await call<LoginAnswer>('POST', 'auth/refresh', { refreshToken: second.refreshToken })).body;
    const reused = await call('POST', 'auth/refresh', { refreshToken });
    expect(reused).toMatchObject({ status: 401, body: { code: 'sessionEnded' } });
    expect((await call('POST', 'auth/refresh', { refreshToken: third.refreshToken })).status).toBe(401);
    expect((await call('GET', 'sync/pull', undefined, third.accessToken)).status).toBe(401);
  });

  it('SPEC 13.5: moves to another device when its desk had to take a new id', async () => {
    const { call, login, clock } = await startServer();
    const { refreshToken, block: former } = (await login()).tokens;
    const device = newId();
    const { accessToken, block } = (await call<LoginAnswer>('POST', 'auth/refresh', { refreshToken, device })).body;
    expect([former, block]).toEqual(['A2', 'A3']);
    const push = { protocol: 1, device, sentAt: clock.now, commands: [] };
    expect((await call('POST', 'sync/push', push, accessToken)).status).toBe(200);
  });

  it('needs a refresh after a quarter of an hour, and a new sign-in after sixty days of silence', async () => {
    const { call, login, clock } = await startServer();
    const desk = await login();
    clock.now += 15 * 60_000;
    expect((await desk.call('GET', 'sync/pull')).body).toMatchObject({ code: 'notSignedIn' });
    clock.now += 60 * 24 * 3_600_000;
    const { refreshToken } = desk.tokens;
    expect((await call('POST', 'auth/refresh', { refreshToken })).body).toMatchObject({ code: 'sessionEnded' });
  });

  it('is over with the logout, refresh token and all', async () => {
    const { call, login } = await startServer();
    const desk = await login();
    expect((await desk.call('POST', 'auth/logout')).status).toBe(204);
    expect((await desk.call('POST', 'auth/logout')).status).toBe(401);
    const { refreshToken } = desk.tokens;
    expect((await call('POST', 'auth/refresh', { refreshToken })).status).toBe(401);
  });

  it.each(['', 'x', 'x.y', 'a.b.c', `${'a'.repeat(43)}.${'b'.repeat(43)}`])('is not refreshed by %j', async (token) => {
    const { call } = await startServer();
    const { status } = await call('POST', 'auth/refresh', { refreshToken: token });
    expect(status).toBe(token === '' ? 400 : 401);
  });

  it('SPEC 7.9: is known as revoked once the directory says that its person has left', async () => {
    const { call, login, newcomer, services } = await startServer();
    const agent = await newcomer(await login(), 'agent');
    const person = await services.directory.person(agent.tokens.user.id);
    if (person === null) throw new Error('nobody');
    await services.directory.savePerson('deskbell', { ...person, active: false });
    const { refreshToken } = agent.tokens;
    expect((await call('POST', 'auth/refresh', { refreshToken })).body).toMatchObject({ code: 'sessionRevoked' });
  });

  it('leaves neither tokens nor passwords in the log', async () => {
    const { login, logged } = await startServer();
    const desk = await login();
    await desk.call('GET', 'sync/pull');
    const text = logged.join('');
    expect(text).toContain('/api/v1/auth/login');
    for (const secret of [ADMIN.password, ADMIN.email, desk.tokens.accessToken, desk.tokens.refreshToken]) {
      expect(text).not.toContain(secret);
    }
  });
});
