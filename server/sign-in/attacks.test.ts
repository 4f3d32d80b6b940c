import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { v7 as newId } from 'uuid';
import { beforeEach, describe, expect, it } from 'vitest';
import { CLIENT, type Spoil } from '#build/testing/identity-provider.ts';
import { newSecret } from '#server/accounts/tokens.ts';
import { CALLBACK } from '#server/routes/browser-sign-in.ts';
import { type BrowserUnderTest, PUBLIC, SignInAttempt, startWithBrowser } from './under-test.suite.ts';

let server: BrowserUnderTest;
let desk: SignInAttempt;
beforeEach(async () => {
  server = await startWithBrowser();
  desk = new SignInAttempt(server);
});

const over = async (answer: ReturnType<SignInAttempt['finish']>) => {
  const { status, body } = await answer;
  expect([status, body.code]).toEqual([410, 'signInOver']);
};
const codeFor = async (attempt = desk) => (await attempt.throughProvider()).searchParams.get('code');
const ask = (url: URL | string) => server.browser.open(String(url), ({ hostname }) => hostname === '127.0.0.1');

describe('a code on its way to the desk', { timeout: 60_000 }, () => {
  it('SPEC 13.8: is worth nothing without the verifier of the desk that began, and is used up by whoever tries', async () => {
    const code = await codeFor();
    await over(desk.finish(code, { codeVerifier: newSecret() }));
    await over(desk.finish(code));
  });

  it('SPEC 13.8: is worth nothing on another device, nor with the challenge itself', async () => {
    await over(desk.finish(await codeFor(), { device: newId() }));
    const challenge = createHash('sha256').update(desk.verifier).digest('base64url');
    await over(desk.finish(await codeFor(), { codeVerifier: challenge }));
  });

  it('SPEC 13.10: is good once, and of two who bring it one has a session', async () => {
    const code = await codeFor();
    const both = await Promise.all([desk.finish(code), desk.finish(code)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 410]);
    await over(desk.finish(code));
  });

  it('SPEC 13.10: is good for a minute', async () => {
    const code = await codeFor();
    server.later(60_000);
    await over(desk.finish(code));
  });

  it('SPEC 13.10: that nobody gave out is none', async () => over(desk.finish(newSecret())));
});

describe('an answer that the browser brings from the provider', { timeout: 60_000 }, () => {
  const shutPage = async (url: URL | string) => {
    const { status, headers, body } = await ask(url);
    expect(status).toBe(410);
    expect(body).toContain('You can close this window.');
    expect(body).not.toMatch(/<script|<form|http:|https:/);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('cache-control')).toBe('no-store');
  };

  it('SPEC 13.10: is taken once', async () => {
    const callback = await desk.toCallback();
    expect((await ask(callback)).url).toContain('code=');
    await shutPage(callback);
  });

  it('SPEC 13.10: is not used up by somebody who only looks at the address', async () => {
    const callback = await desk.toCallback();
    const looked = await fetch(`${server.address}${callback.pathname}${callback.search}`, { method: 'HEAD' });
    expect(looked.status).toBe(405);
    expect((await ask(callback)).url).toContain('code=');
  });

  it('SPEC 13.10: comes too late after ten minutes', async () => {
    const callback = await desk.toCallback();
    server.later(10 * 60_000);
    await shutPage(callback);
  });

  it.each([
    ['another state', (query: URLSearchParams) => query.set('state', newSecret())],
    ['no state', (query: URLSearchParams) => query.delete('state')],
    ['two states', (query: URLSearchParams) => query.append('state', newSecret())],
  ])('SPEC 13.10: with %s is nobody’s, and the right one is good still', async (_, change) => {
    const callback = await desk.toCallback();
    const changed = new URL(callback);
    change(changed.searchParams);
    await shutPage(changed);
    expect((await ask(callback)).url).toContain('code=');
  });

  it.each([
    ['a code that the provider did not give', (query: URLSearchParams) => query.set('code', newSecret())],
    ['no code', (query: URLSearchParams) => query.delete('code')],
    ['the name of another provider', (query: URLSearchParams) => query.set('iss', 'https://evil.example')],
    ['two codes', (query: URLSearchParams) => query.append('code', 'another')],
  ])('SPEC 13.9: with %s is not believed', async (_, change) => {
    const callback = await desk.toCallback();
    change(callback.searchParams);
    const { searchParams } = new URL((await ask(callback)).url);
    expect(Object.fromEntries(searchParams)).toEqual({ error: 'providerFailed', state: desk.state });
  });

  it('SPEC 13.9: of another person’s sign-in is not believed in the place of one’s own', async () => {
    const theirs = await new SignInAttempt(server).toCallback();
    const own = await desk.toCallback();
    own.searchParams.set('code', theirs.searchParams.get('code') ?? '');
    expect((await ask(own)).url).toContain('error=providerFailed');
  });
});

describe('an ID token', { timeout: 60_000 }, () => {
  const with_ =
    (more: JWTPayload): Spoil =>
    (claims, sign) =>
      sign({ ...claims, ...more });
  const segment = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const without =
    (name: string): Spoil =>
    ({ [name]: _, ...claims }, sign) =>
      sign(claims);
  const seconds = () => Math.floor(Date.now() / 1_000);

  it('is believed while it is as it should be, and while clocks are off by less than a minute', async () => {
    server.provider.spoil = (claims, sign) => sign({ ...claims, exp: seconds() - 40, iat: seconds() - 100 });
    expect((await desk.throughProvider()).searchParams.get('code')).not.toBeNull();
  });

  it.each<[string, Spoil]>([
    ['of another sign-in', with_({ nonce: 'another' })],
    ['of no sign-in', without('nonce')],
    ['for somebody else', with_({ aud: 'another client' })],
    ['for several, of whom another is meant', with_({ aud: [CLIENT.clientId, 'other'], azp: 'other' })],
    ['of another issuer', with_({ iss: 'https://evil.example' })],
    ['that has expired', (claims, sign) => sign({ ...claims, exp: seconds() - 70, iat: seconds() - 100 })],
    ['without an end', without('exp')],
    ['about nobody', without('sub')],
    ['that is not signed', async (claims) => `${segment({ alg: 'none', typ: 'JWT' })}.${segment(claims)}.`],
    [
      'signed with another key',
      async (claims) => {
        const { privateKey } = await generateKeyPair('RS256');
        return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'one' }).sign(privateKey);
      },
    ],
    [
      'signed with what the client knows',
      async (claims) =>
        new SignJWT(claims)
          .setProtectedHeader({ alg: 'HS256', kid: 'one' })
          .sign(new TextEncoder().encode(CLIENT.clientSecret.padEnd(32))),
    ],
    [
      'whose claims were changed',
      async (claims, sign) => {
        const [head, , signature] = (await sign(claims)).split('.');
        return `${head}.${segment({ ...claims, email: 'other@desk.example' })}.${signature}`;
      },
    ],
    ['that is none', async () => 'nonsense'],
  ])('SPEC 13.9: %s is not believed', async (_, spoil) => {
    server.provider.spoil = spoil;
    const { searchParams } = await desk.throughProvider();
    expect(Object.fromEntries(searchParams)).toEqual({ error: 'providerFailed', state: desk.state });
    expect(server.logged.join('')).toContain('a sign-in at the provider failed');
  });
});

describe('where the browser goes in the end', { timeout: 60_000 }, () => {
  it.each<[string, Record<string, unknown>]>([
    ['an address', { redirect: 'https://evil.example/' }],
    ['an address by its name in OAuth', { redirect_uri: 'https://evil.example/' }],
    ['a host', { host: 'evil.example' }],
    ['a port that is more than a port', { port: '80@evil.example' }],
    ['a port as a text', { port: '51234' }],
    ['a port that belongs to the system', { port: 80 }],
    ['a port that is none', { port: 65_536 }],
    ['half a port', { port: 51_234.5 }],
    ['a state that would be more than one', { state: `${newSecret().slice(0, 40)}&a=` }],
    ['a state that ends the line', { state: `${newSecret().slice(0, 41)}\r\n` }],
  ])('SPEC 13.11: is not for anybody to say: %s', async (_, more) => {
    const { status, body } = await server.call('POST', 'auth/oidc/begin', desk.request(more));
    expect([status, body.code]).toEqual([400, 'argumentsInvalid']);
  });

  it('SPEC 13.11: is this machine and the path of the desk, whatever the browser brings', async () => {
    const part = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('//evil.example', '%0d%0a', '..', '\0', '@'));
    const name = fc.oneof(fc.constantFrom('state', 'code', 'iss', 'error', 'port', 'redirect_uri', 'response'), part);
    const callback = await desk.toCallback();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(name, part), { maxLength: 6 }), fc.boolean(), async (pairs, known) => {
        const query = new URLSearchParams(pairs.map(([key, value]) => [safe(key), safe(value)]));
        if (known && !query.has('state')) query.set('state', (await fresh()) ?? '');
        asked += 1;
        const { statusCode, headers } = await server.app.inject({
          url: `${CALLBACK}?${query}`,
          remoteAddress: `10.0.${(asked >> 8) & 255}.${asked & 255}`,
        });
        expect([303, 410]).toContain(statusCode);
        if (statusCode === 303) expect(headers.location).toMatch(LOOPBACK);
      }),
      { numRuns: 150 },
    );
    const raw = await server.app.inject({ url: `${CALLBACK}?%zz&state=%ff&&==?` });
    expect(raw.statusCode).toBe(410);
    expect((await ask(callback)).url).toContain('code=');
  });
  let asked = 0;
  const LOOPBACK = /^http:\/\/127\.0\.0\.1:51234\/signed-in\?(code|error)=[A-Za-z0-9_-]+&state=[A-Za-z0-9_-]{43}$/;
  const safe = (part: string) => part.replace(/\p{Surrogate}/gu, '');
  const fresh = async () => {
    const { body } = await server.app
      .inject({
        method: 'POST',
        url: '/api/v1/auth/oidc/begin',
        payload: desk.request(),
        remoteAddress: `10.1.${(asked >> 8) & 255}.${asked & 255}`,
      })
      .then((answer) => ({ body: answer.json() as { authorizeUrl: string } }));
    return new URL(body.authorizeUrl).searchParams.get('state');
  };

  it('SPEC 13.11: the provider is told the server’s own address to come back to, and a challenge of its own', async () => {
    const { searchParams, origin } = new URL(await desk.begin());
    expect(origin).toBe(server.provider.issuer);
    expect(searchParams.get('redirect_uri')).toBe(`${PUBLIC}${CALLBACK}`);
    expect(searchParams.get('code_challenge_method')).toBe('S256');
    expect(searchParams.get('code_challenge')).not.toBe(desk.request().codeChallenge);
    expect(searchParams.get('state')).not.toBe(desk.state);
  });
});
