import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CLIENT, type IdentityProvider, startIdentityProvider, TestBrowser } from '#build/testing/identity-provider.ts';
import type { EngineBridge } from '#contracts/ipc/bridges.ts';
import { type ElectronDesk, launchDesk } from './harness/desk.ts';
import { expect, test } from './harness/fixtures.ts';
import { newProfile, removeProfile } from './harness/profile.ts';
import { ADMIN, type RunningServer, startServer } from './harness/server.ts';

/** Signing in through the system's browser, from the built application: main opens it, listens, and has a session. */

const DEVICE = '01a206fb-8480-7f1f-b4da-e686221071d7';
let desk: ElectronDesk;
let server: RunningServer;
let provider: IdentityProvider;

/** The provider has to know where the server will be. */
const freePort = async (): Promise<number> => {
  const ear = createServer();
  await new Promise<void>((resolve) => ear.listen(0, '127.0.0.1', resolve));
  const { port } = ear.address() as AddressInfo;
  await new Promise((resolve) => ear.close(resolve));
  return port;
};

test.beforeAll(async () => {
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  provider = await startIdentityProvider(`${address}/api/v1/auth/oidc/callback`);
  server = await startServer({
    PORT: String(port),
    PUBLIC_URL: address,
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: CLIENT.clientId,
    OIDC_CLIENT_SECRET: CLIENT.clientSecret,
    OIDC_NAME: 'Example sign-in',
    PASSWORD_SIGN_IN: 'off',
  });
  desk = await launchDesk({ profile: await newProfile() });
});
test.afterAll(async () => {
  await desk.kill();
  await removeProfile(desk.profile);
  await server.remove();
  await provider.close();
});

/** What the engine's page is answered by main. */
const ask = async (
  verb: 'connect' | 'signIn' | 'signInByBrowser' | 'cancelSignIn' | 'state' | 'pull',
  args: unknown,
) => {
  const engine = await desk.page('engine.html');
  const answer = await engine.evaluate(
    ([name, given]) => {
      const { deskbellEngine } = globalThis as unknown as { deskbellEngine: EngineBridge };
      return (deskbellEngine.network[name] as (args: unknown) => Promise<unknown>)(given);
    },
    [verb, args] as const,
  );
  expect(answer).toMatchObject({ ok: true });
  return (answer as { value: unknown }).value;
};

/** In the place of the system's browser: what would be opened is told instead. */
const openedAddress = (): Promise<string> =>
  desk.app.evaluate(
    ({ shell }) =>
      new Promise<string>((resolve) => {
        shell.openExternal = async (url) => resolve(url);
      }),
  );

test('a desk signs in through the browser, where the server takes no passwords', async () => {
  const offers = { password: false, browser: 'Example sign-in' };
  expect(await ask('connect', { address: server.address })).toMatchObject({ ok: true, value: { offers } });
  const login = await ask('signIn', { ...ADMIN, device: DEVICE });
  expect(login).toEqual({ ok: false, error: { code: 'signInWayOff' } });

  provider.who = { sub: 'root', email: ADMIN.email, email_verified: true };
  const opened = openedAddress();
  const signedIn = ask('signInByBrowser', { device: DEVICE });
  const { url, status, body } = await new TestBrowser().open(await opened);
  expect(new URL(url).pathname).toBe('/signed-in');
  expect(status).toBe(200);
  expect(body).toContain('You are signed in');
  const answer = await signedIn;
  expect(answer).toMatchObject({ ok: true, value: { user: { email: ADMIN.email }, device: DEVICE, open: true } });
  const person = (answer as { value: { user: { id: string } } }).value.user.id;
  const page = await ask('pull', { person, device: DEVICE, query: { cursor: '', limit: 10 } });
  expect(page).toMatchObject({ ok: true, value: { body: { begins: true } } });
  await expect(fetch(url)).rejects.toThrow();
});

test('a person whom the server does not know is told so, and a sign-in can be given up', async () => {
  provider.who = { sub: 'stranger', email: 'stranger@desk.example', email_verified: true };
  const opened = openedAddress();
  const refused = ask('signInByBrowser', { device: DEVICE });
  const { body } = await new TestBrowser().open(await opened);
  expect(body).toContain('You are not signed in');
  expect(await refused).toEqual({ ok: false, error: { code: 'personUnknown' } });

  const again = openedAddress();
  const waiting = ask('signInByBrowser', { device: DEVICE });
  await again;
  expect(await ask('cancelSignIn', {})).toEqual({ ok: true, value: null });
  expect(await waiting).toEqual({ ok: false, error: { code: 'signInCancelled' } });
});
