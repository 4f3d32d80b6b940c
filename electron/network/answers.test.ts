import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { problemOf } from '#contracts/api/problems.ts';
import { always, endless, HTML, JSON_TYPE, type Nastiness, type NastyWay, nastyWay } from './nasty-way.suite.ts';
import { limits, networkUnderTest } from './network-under-test.suite.ts';

const PROBLEM = { 'content-type': 'application/problem+json' };
const about = JSON.stringify({ product: 'deskbell', protocols: [1] });
describe('an answer at an address', () => {
  let way: NastyWay;
  beforeEach(async () => {
    way = await nastyWay(null);
  });
  afterEach(() => way.close());

  const connect = async (nasty: Nastiness, small = limits.small) => {
    way.nasty = nasty;
    const { network } = networkUnderTest({ limits: { ...limits, small } });
    const answer = await network.connect({ address: way.address });
    expect(await network.state()).toMatchObject({ mode: answer.ok ? 'connected' : 'alone' });
    return answer.ok ? 'ok' : answer.error;
  };

  test('of our server is taken', async () => {
    expect(await connect(always(200, JSON_TYPE, about))).toBe('ok');
  });

  test.each<[string, Nastiness, object]>([
    [
      'a page of a captive portal',
      always(200, HTML, '<html>Welcome! Please accept our terms.'),
      { code: 'notOurServer' },
    ],
    ['a page that calls itself JSON', always(200, JSON_TYPE, '<html>'), { code: 'notOurServer' }],
    ['the JSON of another program', always(200, JSON_TYPE, '{"status":"ok"}'), { code: 'notOurServer' }],
    ['JSON that ends in the middle', always(200, JSON_TYPE, about.slice(0, 20)), { code: 'notOurServer' }],
    ['JSON that is called text', always(200, { 'content-type': 'text/plain' }, about), { code: 'notOurServer' }],
    ['no body', always(200, JSON_TYPE, ''), { code: 'notOurServer' }],
    ['no content', always(204, {}, ''), { code: 'notOurServer' }],
    ['a portal that says what it is', always(511, HTML, '<html>'), { code: 'notOurServer' }],
    [
      'a proxy that wants a password',
      always(401, { ...HTML, 'www-authenticate': 'Basic' }, '<html>'),
      { code: 'notOurServer' },
    ],
    ['a proxy that has no such page', always(404, HTML, '<html>'), { code: 'notOurServer' }],
    [
      'the problem of another program',
      always(401, PROBLEM, '{"type":"about:blank","title":"?","status":401,"code":"notSignedIn"}'),
      { code: 'notOurServer' },
    ],
    [
      'our own server without this route',
      always(404, PROBLEM, JSON.stringify(problemOf('notFound'))),
      { code: 'notOurServer' },
    ],
    [
      'a server of another protocol',
      always(200, JSON_TYPE, '{"product":"deskbell","protocols":[7]}'),
      { code: 'versionTooOld' },
    ],
    ['a failing server', always(500, HTML, '<html>'), { code: 'serverFailed' }],
    ['a proxy before a server that is away', always(502, HTML, '<html>'), { code: 'serverFailed' }],
    ['a proxy that waited in vain', always(504, HTML, '<html>'), { code: 'timedOut' }],
    ['a server that asks to wait', always(503, { ...HTML, 'retry-after': '7' }, ''), { code: 'busy', retryAfter: 7 }],
    ['a server that does not say how long', always(429, { ...HTML, 'retry-after': 'soon' }, ''), { code: 'busy' }],
    [
      'a server that asks for ten years',
      always(429, { 'retry-after': '315360000' }, ''),
      { code: 'busy', retryAfter: 86_400 },
    ],
    [
      'our server with a problem of a later version',
      always(418, PROBLEM, '{"type":"urn:deskbell:problem:teapot","title":"?","status":418,"code":"teapot"}'),
      { code: 'serverFailed' },
    ],
    ['an endless page', endless(200, HTML), { code: 'notOurServer' }],
    ['endless JSON', endless(200, JSON_TYPE), { code: 'answerTooLarge' }],
    ['a connection that is cut', (asked) => asked.socket.destroy() !== null, { code: 'offline' }],
    [
      'a body that is cut',
      (_asked, answer) => {
        answer.writeHead(200, { ...JSON_TYPE, 'content-length': '1000' });
        answer.write(about, () => answer.destroy());
        return true;
      },
      { code: 'offline' },
    ],
  ])('SPEC 16.9: %s is told apart', async (_what, nasty, fault) => {
    expect(await connect(nasty)).toEqual(fault);
  });

  test('a date to wait for is told in seconds, by the clock of whoever asks for it', async () => {
    const date = 'Mon, 05 Jan 2026 09:00:00 GMT';
    const until = 'Mon, 05 Jan 2026 09:00:30 GMT';
    const busy = always(503, { ...HTML, date, 'retry-after': until }, '');
    expect(await connect(busy)).toEqual({ code: 'busy', retryAfter: 30 });
  });

  test('SPEC 16.12: no answer, and an answer that never ends, are given up after a time, and their connections too', async () => {
    const short = { time: 200, bytes: 1_000_000 };
    expect(await connect(() => true, short)).toEqual({ code: 'timedOut' });
    const drip: Nastiness = (_asked, answer) => {
      answer.writeHead(200, JSON_TYPE);
      const timer = setInterval(() => answer.write(' '), 20);
      answer.on('close', () => clearInterval(timer));
      return true;
    };
    expect(await connect(drip, short)).toEqual({ code: 'timedOut' });
    await expect.poll(() => way.open()).toBe(0);
  });

  test.each([301, 302, 303, 307, 308])('a redirect (%i) is not followed, wherever it leads', async (status) => {
    const elsewhere = await nastyWay(null);
    elsewhere.nasty = always(200, JSON_TYPE, about);
    const location = `${elsewhere.address}/api/v1/about`;
    expect(await connect(always(status, { location }, ''))).toEqual({ code: 'notOurServer' });
    expect(elsewhere.passed).toEqual([]);
    await elsewhere.close();
  });

  test('a server that speaks no TLS where TLS was asked for proves nothing', async () => {
    const { network } = networkUnderTest();
    const address = way.address.replace('http:', 'https:');
    expect(await network.connect({ address })).toEqual({ ok: false, error: { code: 'certificate' } });
  });
});
