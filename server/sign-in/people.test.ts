import { describe, expect, it } from 'vitest';
import type { Claims } from '#build/testing/identity-provider.ts';
import { SYSTEM_ACTOR } from '#domain/activity/activity.ts';
import type { Role } from '#domain/directory/directory.ts';
import { createMemoryAccounts } from '#server/accounts/memory-accounts.ts';
import { ADMIN } from '#server/server-under-test.suite.ts';
import { createMemoryLog } from '#sync/authority/memory-log.ts';
import { createMemorySignIns } from './memory-sign-ins.ts';
import { type BrowserUnderTest, ROOT, SignInAttempt, startWithBrowser } from './under-test.suite.ts';

const MIA = { sub: 'mia', email: 'Mia@Desk.example', email_verified: true, name: 'Mia of the provider' };

/** What the desk hears of whoever sits at the browser. */
const outcome = async (server: BrowserUnderTest, who: Claims | null = server.provider.who) => {
  server.provider.who = who;
  const desk = new SignInAttempt({ call: server.call, browser: server.newBrowser() });
  const { searchParams } = await desk.throughProvider();
  const code = searchParams.get('code');
  return { desk, code, error: searchParams.get('error') };
};
const signIn = async (server: BrowserUnderTest, who: Claims) => {
  const { desk, code, error } = await outcome(server, who);
  if (error !== null) return error;
  const { status, body } = await desk.finish(code);
  return status === 200 ? (body.user as { id: string; name: string; role: Role; email: string }) : String(body.code);
};

describe('whoever the provider vouches for', { timeout: 60_000 }, () => {
  it.each<[string, Claims]>([
    ['is not verified', { ...ROOT, email_verified: false }],
    ['may be verified or not', { sub: 'root', email: ADMIN.email }],
    ['is verified in another word', { ...ROOT, email_verified: 'true' }],
    ['is missing', { sub: 'root', email_verified: true }],
  ])('SPEC 13.12: is refused when their e-mail %s', async (_, who) => {
    const server = await startWithBrowser({}, { newcomers: 'agent' });
    expect(await signIn(server, who)).toBe('emailUnverified');
  });

  it('SPEC 13.12: is refused without an account, and nothing is made for them', async () => {
    const server = await startWithBrowser();
    expect(await signIn(server, MIA)).toBe('personUnknown');
    expect(await server.services.accounts.list()).toHaveLength(1);
    expect(server.logged.join('')).not.toMatch(/mia/i);
  });

  it('SPEC 13.12: is who has the account with this e-mail, however it is written, with name and role of the directory', async () => {
    const server = await startWithBrowser();
    await server.newcomer(await server.login(), 'supervisor', 'mia@desk.example');
    expect(await signIn(server, MIA)).toMatchObject({
      email: 'mia@desk.example',
      role: 'supervisor',
      name: /A supervisor/,
    });
  });

  it('SPEC 13.12: is not somebody whose e-mail only looks the same', async () => {
    const server = await startWithBrowser({}, { newcomers: 'agent' });
    for (const email of ['ｒoot@desk.example', 'root@des\u212a.example', 'root@desk．example']) {
      expect(await signIn(server, { ...ROOT, sub: email, email })).toBe('personUnknown');
    }
  });

  it('SPEC 13.4: is refused once deactivated, also between the provider and the desk', async () => {
    const server = await startWithBrowser();
    const admin = await server.login();
    const mia = await server.newcomer(admin, 'agent', 'mia@desk.example');
    const { desk, code } = await outcome(server, MIA);
    await admin.call('POST', `accounts/${mia.tokens.user.id}/deactivate`);
    expect((await desk.finish(code)).body.code).toBe('signInOver');
    expect(await signIn(server, MIA)).toBe('personDeactivated');
  });

  it('who says no, or whom the provider refuses, is told so at the desk', async () => {
    const server = await startWithBrowser();
    expect((await outcome(server, null)).error).toBe('declined');
  });
});

describe('newcomers', { timeout: 60_000 }, () => {
  const people = (server: BrowserUnderTest) => server.services.directory.people();

  it('SPEC 13.12: become what the server was told, under the name that the provider has for them, and stay that', async () => {
    const server = await startWithBrowser({}, { newcomers: 'requester' });
    const first = await signIn(server, MIA);
    expect(first).toMatchObject({ name: MIA.name, role: 'requester', email: 'mia@desk.example' });
    expect(await signIn(server, { ...MIA, name: 'Renamed' })).toEqual(first);
    expect(await people(server)).toHaveLength(2);
    const wordless = { sub: 'bo', email: 'bo@desk.example', email_verified: true, name: 'x'.repeat(300) };
    expect(await signIn(server, wordless)).toMatchObject({ name: 'bo' });
  });

  it('SPEC 13.12: whom the directory knows keep what it says of them', async () => {
    const server = await startWithBrowser({}, { newcomers: 'requester' });
    const [root] = await people(server);
    if (root === undefined) throw new Error('nobody is there');
    const known = {
      ...root,
      id: 'ada',
      name: 'Ada',
      mail: 'Ada@desk.example',
      role: 'supervisor' as const,
      room: '3.14',
    };
    await server.services.directory.savePerson(SYSTEM_ACTOR, known);
    const ada = { sub: 'ada', email: 'ada@desk.example', email_verified: true, name: 'Countess' };
    expect(await signIn(server, ada)).toMatchObject({ id: 'ada', name: 'Ada', role: 'supervisor' });
    expect(await server.services.directory.person('ada')).toEqual(known);
  });

  it('SPEC 13.4: who left do not come back by themselves', async () => {
    const server = await startWithBrowser({}, { newcomers: 'requester' });
    const [root] = await people(server);
    if (root === undefined) throw new Error('nobody is there');
    await server.services.directory.savePerson(SYSTEM_ACTOR, {
      ...root,
      id: 'bo',
      mail: 'bo@desk.example',
      active: false,
    });
    const bo = { sub: 'bo', email: 'bo@desk.example', email_verified: true };
    expect(await signIn(server, bo)).toBe('personDeactivated');
    expect(await people(server)).toHaveLength(2);
  });

  it('SPEC 13.12: have one account, even when they come twice at the same moment', async () => {
    const server = await startWithBrowser({}, { newcomers: 'requester' });
    const both = await Promise.all([signIn(server, MIA), signIn(server, MIA)]);
    expect(both.map((one) => (typeof one === 'string' ? one : one.email))).toEqual(Array(2).fill('mia@desk.example'));
    expect(await server.services.accounts.list()).toHaveLength(2);
    expect(await people(server)).toHaveLength(2);
  });

  it('SPEC 13.12: who got an e-mail that somebody had before are not that somebody', async () => {
    const log = createMemoryLog('epoch');
    const before = await startWithBrowser({ log }, { newcomers: 'requester' });
    const first = await signIn(before, MIA);
    if (typeof first === 'string') throw new Error(first);
    const person = await before.services.directory.person(first.id);
    if (person === null) throw new Error('the newcomer is not there');
    await before.services.directory.savePerson(SYSTEM_ACTOR, { ...person, mail: 'mia.now@desk.example' });
    // The same directory, and accounts made anew.
    const after = await startWithBrowser({ log }, { newcomers: 'requester' });
    const second = await signIn(after, { ...MIA, sub: 'another mia' });
    expect(second).toMatchObject({ email: 'mia@desk.example' });
    expect(second).not.toMatchObject({ id: first.id });
    expect(await people(after)).toHaveLength(3);
  });

  it('whose password nobody knows cannot be signed in as by one', async () => {
    const server = await startWithBrowser({}, { newcomers: 'requester' });
    await signIn(server, MIA);
    const login = { email: MIA.email, password: '', device: 'd' };
    expect((await server.call('POST', 'auth/login', { ...login, password: 'hash' })).body.code).toBe(
      'credentialsWrong',
    );
  });
});

describe('two nodes', { timeout: 60_000 }, () => {
  it('SPEC 13.10: are one: what begins at one comes back at the other, and is finished at the first', async () => {
    const shared = { log: createMemoryLog('epoch'), accounts: createMemoryAccounts() };
    const signIns = createMemorySignIns();
    const here = await startWithBrowser(shared, { signIns });
    const there = await startWithBrowser(shared, { signIns, identities: here.provider });
    // The browser finds the other node behind the same address.
    const desk = new SignInAttempt({ call: here.call, browser: there.browser });
    const arrived = await desk.throughProvider();
    const { status, body } = await desk.finish(arrived.searchParams.get('code'));
    expect(status).toBe(200);
    expect((await there.call('GET', 'sync/pull', undefined, String(body.accessToken))).status).toBe(200);
  });
});

describe('a provider that is away', { timeout: 60_000 }, () => {
  it.each([
    ['has a fault', (server: BrowserUnderTest) => void Object.assign(server.provider, { broken: 500 })],
    ['cannot be reached', (server: BrowserUnderTest) => server.provider.close()],
  ])('SPEC 13.14: and %s is told with a time to come back', async (_, trouble) => {
    const server = await startWithBrowser();
    await trouble(server);
    const { status, headers, body } = await server.call('POST', 'auth/oidc/begin', new SignInAttempt(server).request());
    expect([status, body.code, headers['retry-after']]).toEqual([503, 'providerAway', '30']);
    expect((await server.call('GET', 'about')).status).toBe(200);
    await server.login();
  });

  it('SPEC 13.14: is asked again by the next sign-in', async () => {
    const server = await startWithBrowser();
    server.provider.broken = 503;
    const desk = new SignInAttempt(server);
    expect((await server.call('POST', 'auth/oidc/begin', desk.request())).status).toBe(503);
    server.provider.broken = null;
    expect((await desk.throughProvider()).searchParams.get('code')).not.toBeNull();
  });

  it('SPEC 13.14: when the browser comes back is told at the desk', async () => {
    const server = await startWithBrowser();
    const desk = new SignInAttempt(server);
    const callback = await desk.toCallback();
    server.provider.broken = 502;
    const { url } = await server.browser.open(callback.href, ({ hostname }) => hostname === '127.0.0.1');
    expect(url).toContain('error=providerAway');
  });

  it('SPEC 13.14: so many sign-ins wait and no more, and from one address so many begin', async () => {
    const full = { ...createMemorySignIns(), begin: async () => false };
    const server = await startWithBrowser({}, { signIns: full });
    const begin = () => server.call('POST', 'auth/oidc/begin', new SignInAttempt(server).request());
    const { status, headers, body } = await begin();
    expect([status, body.code, headers['retry-after']]).toEqual([503, 'busy', '30']);
    for (let at = 1; at < 60; at += 1) await begin();
    expect((await begin()).body.code).toBe('tooManyRequests');
  });
});
