import { v7 as newId } from 'uuid';
import { describe, expect, it } from 'vitest';
import { newSecret } from '#server/accounts/tokens.ts';
import { ADMIN, startServer } from '#server/server-under-test.suite.ts';
import { NAME, ROOT, SignInAttempt, startWithBrowser } from './under-test.suite.ts';

describe('signing in through the browser', { timeout: 60_000 }, () => {
  it.each([
    ['that has a secret', true],
    ['that is public', false],
  ])('SPEC 13.8: a provider vouches for somebody, and a client %s has a session', async (_, secret) => {
    const server = await startWithBrowser({}, { secret });
    const desk = new SignInAttempt(server);
    const arrived = await desk.throughProvider();
    expect(arrived.origin).toBe(`http://127.0.0.1:${desk.port}`);
    expect(arrived.searchParams.get('state')).toBe(desk.state);
    const { status, body } = await desk.finish(arrived.searchParams.get('code'));
    expect(status).toBe(200);
    expect(body.user).toMatchObject({ email: ADMIN.email, name: 'Root', role: 'administrator' });
    const pulled = await server.call('GET', 'sync/pull', undefined, String(body.accessToken));
    expect(pulled.status).toBe(200);
    const devices = await server.call(
      'GET',
      `accounts/${(body.user as { id: string }).id}/devices`,
      undefined,
      String(body.accessToken),
    );
    expect(devices.body.devices).toMatchObject([{ device: desk.device, name: 'Desk 3' }]);
  });

  it('SPEC 13.9: nothing of the provider reaches the desk, and nothing of the person reaches the log', async () => {
    const server = await startWithBrowser();
    const desk = new SignInAttempt(server);
    const arrived = await desk.throughProvider();
    expect([...arrived.searchParams.keys()].sort()).toEqual(['code', 'state']);
    const { body } = await desk.finish(arrived.searchParams.get('code'));
    expect(Object.keys(body).sort()).toEqual(['accessExpiresIn', 'accessToken', 'block', 'refreshToken', 'user']);
    const logged = server.logged.join('');
    for (const secret of [ROOT.email, ROOT.name, desk.state, arrived.searchParams.get('code'), desk.device]) {
      expect(logged).not.toContain(secret);
    }
    const figures = (await server.app.inject({ url: '/metrics' })).body;
    expect(figures).toContain('deskbell_browser_sign_ins_total{outcome="begun"} 1');
    expect(figures).toContain('deskbell_browser_sign_ins_total{outcome="good"} 1');
  });

  it('is offered by name, and a server without a provider says so', async () => {
    const server = await startWithBrowser();
    expect((await server.call('GET', 'about')).body.signIn).toEqual({ password: true, browser: NAME });
    const without = await startServer();
    expect((await without.call('GET', 'about')).body.signIn).toEqual({ password: true, browser: null });
    const desk = new SignInAttempt({ ...without, browser: server.browser });
    const begun = await without.call('POST', 'auth/oidc/begin', desk.request());
    expect([begun.status, begun.body.code]).toEqual([403, 'signInWayOff']);
    expect((await desk.finish(newSecret())).body.code).toBe('signInWayOff');
  });

  it('SPEC 13.13: can be the only way in', async () => {
    const server = await startWithBrowser({ passwordSignIn: false });
    expect((await server.call('GET', 'about')).body.signIn).toEqual({ password: false, browser: NAME });
    const login = await server.call('POST', 'auth/login', { ...ADMIN, device: newId() });
    expect([login.status, login.body.code]).toEqual([403, 'signInWayOff']);
    const desk = new SignInAttempt(server);
    const { status, body } = await desk.finish((await desk.throughProvider()).searchParams.get('code'));
    expect(status).toBe(200);
    const { refreshToken } = body;
    expect((await server.call('POST', 'auth/refresh', { refreshToken })).status).toBe(200);
  });

  it('the provider is asked for nothing before somebody signs in, and for its metadata once an hour', async () => {
    const server = await startWithBrowser();
    await server.call('GET', 'about');
    expect(server.provider.asked).toEqual([]);
    await new SignInAttempt(server).begin();
    await new SignInAttempt(server).begin();
    expect(server.provider.asked).toEqual(['/.well-known/openid-configuration']);
    server.later(61 * 60_000);
    await new SignInAttempt(server).begin();
    expect(server.provider.asked).toHaveLength(2);
  });
});
