import { request } from 'node:http';
import { networkInterfaces } from 'node:os';
import { v7 as newId } from 'uuid';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { TestBrowser } from '#build/testing/identity-provider.ts';
import { problemOf } from '#contracts/api/problems.ts';
import { ADMIN } from '#server/server-under-test.suite.ts';
import { ROOT, startWithBrowser } from '#server/sign-in/under-test.suite.ts';
import { always, JSON_TYPE, type Nastiness, nastyWay } from './nasty-way.suite.ts';
import type { NetworkPorts } from './network.ts';
import { networkUnderTest } from './network-under-test.suite.ts';

const DEVICE = newId();
const PROBLEM = { 'content-type': 'application/problem+json' };

/** A desk that is connected to a server which says what a test wants about a sign-in. */
const toNasty = async (begin: Nastiness, parts: Omit<Partial<NetworkPorts>, 'file'> = {}) => {
  const way = await nastyWay(null);
  onTestFinished(() => way.close());
  const about = JSON.stringify({ product: 'deskbell', protocols: [1] });
  way.nasty = (asked, answer) => (asked.url?.endsWith('/about') ? always(200, JSON_TYPE, about) : begin)(asked, answer);
  const desk = networkUnderTest(parts);
  await desk.network.connect({ address: way.address });
  return { ...desk, way };
};
const sentTo = (authorizeUrl: string) => always(200, JSON_TYPE, JSON.stringify({ authorizeUrl, expiresIn: 600 }));
const PROVIDER = 'https://provider.example/authorize?client_id=deskbell';

/** A desk that waits for its browser: where it listens, and what it wants to hear, as it told the server. */
const waiting = async (parts: Omit<Partial<NetworkPorts>, 'file'> = {}) => {
  let told = { port: 0, state: '' };
  const hear: Nastiness = (asked, answer) => {
    let body = '';
    asked.on('data', (piece) => {
      body += piece;
    });
    asked.on('end', () => {
      told = JSON.parse(body);
      sentTo(PROVIDER)(asked, answer);
    });
    return true;
  };
  const opened = vi.fn(async () => true);
  const desk = await toNasty(hear, { openBrowser: opened, ...parts });
  const answer = desk.network.signInByBrowser({ device: DEVICE });
  await vi.waitFor(() => expect(opened).toHaveBeenCalledWith(PROVIDER));
  const at = (query: Record<string, string>) => `http://127.0.0.1:${told.port}/signed-in?${new URLSearchParams(query)}`;
  return { ...desk, answer, told, at };
};

describe('a sign-in through the browser, at the desk', () => {
  test('SPEC 13.8: ends with a session under the name of this machine, a page that says so, and the desk in front', async () => {
    const server = await startWithBrowser();
    const pages: string[] = [];
    const bringForward = vi.fn();
    const { network, file, logged } = networkUnderTest({
      bringForward,
      openBrowser: async (url) => {
        void server.browser.open(url).then(({ status, headers, body }) => {
          pages.push(`${status} ${headers.get('content-security-policy')} ${body}`);
        });
        return true;
      },
    });
    await network.connect({ address: server.address });
    expect(await network.signInByBrowser({ device: DEVICE })).toMatchObject({
      ok: true,
      value: { user: { email: ADMIN.email }, device: DEVICE, open: true },
    });
    await vi.waitFor(() => expect(pages).toHaveLength(1));
    expect(pages[0]).toMatch(/^200 default-src 'none'/);
    expect(pages[0]).toContain('You are signed in');
    expect(pages[0]).not.toMatch(/<script|http/);
    expect(bringForward).toHaveBeenCalledOnce();
    const admin = await server.login();
    const { body } = await admin.call('GET', `accounts/${admin.tokens.user.id}/devices`);
    expect(body.devices).toContainEqual(expect.objectContaining({ device: DEVICE, name: 'a desk under test' }));
    expect(`${logged.join('')} ${file.text.replaceAll(ADMIN.email, '')}`).not.toMatch(/code|provider|root@/);
  });

  test.each([
    ['personUnknown', { ...ROOT, email: 'nobody@desk.example' }],
    ['emailUnverified', { ...ROOT, email_verified: false }],
    ['signInDeclined', null],
  ])('SPEC 13.12: that is refused says %s, in front, and the page that it was not', async (code, who) => {
    const server = await startWithBrowser();
    server.provider.who = who;
    const bringForward = vi.fn();
    let page = '';
    const { network } = networkUnderTest({
      bringForward,
      openBrowser: async (url) => {
        void server.browser.open(url).then(({ body }) => {
          page = body;
        });
        return true;
      },
    });
    await network.connect({ address: server.address });
    expect(await network.signInByBrowser({ device: DEVICE })).toEqual({ ok: false, error: { code } });
    expect(await network.state()).toMatchObject({ people: [] });
    await vi.waitFor(() => expect(page).toContain('You are not signed in'));
    expect(bringForward).toHaveBeenCalledOnce();
  });

  test.each<[string, Nastiness, object]>([
    [
      'a server that has no such page',
      always(403, PROBLEM, JSON.stringify(problemOf('signInWayOff'))),
      { code: 'signInWayOff' },
    ],
    [
      'a provider that is away',
      always(503, { ...PROBLEM, 'retry-after': '30' }, JSON.stringify(problemOf('providerAway'))),
      { code: 'providerAway', retryAfter: 30 },
    ],
    ['a portal', always(200, { 'content-type': 'text/html' }, '<html>'), { code: 'notOurServer' }],
    ['a page that is not encrypted', sentTo('http://provider.example/'), { code: 'notSecure' }],
    ['a program in the place of a page', sentTo('file:///usr/bin/true'), { code: 'notSecure' }],
    ['a script in the place of a page', sentTo('javascript:alert(1)'), { code: 'notSecure' }],
    ['another application in the place of a page', sentTo('ms-settings:display'), { code: 'notSecure' }],
    ['a page with a name and a password', sentTo('https://a:b@provider.example/'), { code: 'notSecure' }],
    ['a page without end', sentTo(`https://provider.example/${'x'.repeat(9_000)}`), { code: 'notSecure' }],
    ['what is no address', sentTo('--help'), { code: 'notSecure' }],
  ])('SPEC 13.11: opens nothing for %s', async (_, nasty, error) => {
    const openBrowser = vi.fn(async () => true);
    const { network } = await toNasty(nasty, { openBrowser });
    expect(await network.signInByBrowser({ device: DEVICE })).toEqual({ ok: false, error });
    expect(openBrowser).not.toHaveBeenCalled();
  });

  test('without a browser says so', async () => {
    const { network } = await toNasty(sentTo(PROVIDER));
    expect(await network.signInByBrowser({ device: DEVICE })).toEqual({
      ok: false,
      error: { code: 'browserNotOpened' },
    });
  });
});

describe('the ear of a desk', () => {
  const status = (url: string, headers: Record<string, string> = {}, method = 'GET') =>
    new Promise<number | string>((resolve) => {
      const asked = request(url, { method, headers }, (answer) => resolve(answer.resume().statusCode ?? 0));
      asked.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'failed'));
      asked.end();
    });

  test('SPEC 13.11: hears one request, with its own state, under its own address, and on this machine alone', async () => {
    const { answer, told, at } = await waiting();
    const good = at({ error: 'declined', state: told.state });
    expect(await status(at({ code: 'x', state: 'another' }))).toBe(404);
    expect(await status(at({ code: 'x' }))).toBe(404);
    expect(await status(`${good}&state=another`)).toBe(404);
    expect(await status(good.replace('signed-in', 'elsewhere'))).toBe(404);
    expect(await status(good, { host: `evil.example:${told.port}` })).toBe(404);
    expect(await status(good, {}, 'POST')).toBe(404);
    const outside = Object.values(networkInterfaces()).flatMap((some) => some ?? []);
    for (const { address, family, internal } of outside) {
      if (internal || family !== 'IPv4') continue;
      expect(await status(good.replace('127.0.0.1', address))).toBe('ECONNREFUSED');
    }
    expect(await status(good)).toBe(200);
    expect(await answer).toEqual({ ok: false, error: { code: 'signInDeclined' } });
    expect(await status(good)).toBe('ECONNREFUSED');
  });

  test('SPEC 13.11: is shut when the time is up, and when the sign-in is given up', async () => {
    const late = await waiting({ browserTime: 50 });
    expect(await late.answer).toEqual({ ok: false, error: { code: 'signInOver' } });
    expect(await status(late.at({ code: 'x', state: late.told.state }))).toBe('ECONNREFUSED');
    const given = await waiting();
    await given.network.cancelSignIn();
    expect(await given.answer).toEqual({ ok: false, error: { code: 'signInCancelled' } });
    expect(await status(given.at({ code: 'x', state: given.told.state }))).toBe('ECONNREFUSED');
    const left = await waiting();
    await left.network.disconnect();
    expect(await left.answer).toEqual({ ok: false, error: { code: 'signInCancelled' } });
  });

  test('what it hears that is no answer of our server signs nobody in', async () => {
    const { answer, told, at } = await waiting();
    const { body } = await new TestBrowser().open(at({ error: '<b>what</b>', state: told.state }));
    expect(body).toContain('You are not signed in');
    expect(body).not.toContain('what');
    expect(await answer).toEqual({ ok: false, error: { code: 'serverFailed' } });
  });
});
