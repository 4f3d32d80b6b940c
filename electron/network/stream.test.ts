import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Poke } from '#contracts/host/network.ts';
import { recorded } from '#server/server-under-test.suite.ts';
import { always, endless, HTML, JSON_TYPE, type Nastiness } from './nasty-way.suite.ts';
import {
  account,
  type NetworkUnderTest,
  networkUnderTest,
  type Surroundings,
  surroundings,
} from './network-under-test.suite.ts';

const STREAM = 'GET /api/v1/sync/stream';

describe('the stream of pokes', () => {
  let around: Surroundings;
  let desk: NetworkUnderTest;
  let heard: Poke[];
  let person: string;
  const tries = () => around.way.passed.filter(({ line }) => line === STREAM).length;
  const onStream =
    (nasty: Nastiness): Nastiness =>
    (asked, answer) =>
      asked.url === '/api/v1/sync/stream' && nasty(asked, answer);
  const grow = async () => {
    const admin = await around.server.login();
    await admin.push(recorded('printer'));
  };
  const until = (condition: () => boolean) => expect.poll(condition, { timeout: 20_000 }).toBe(true);

  beforeEach(async () => {
    around = await surroundings();
    desk = networkUnderTest();
    heard = [];
    await desk.network.connect({ address: around.way.address });
    const signedIn = await desk.network.signIn(account);
    if (!signedIn.ok) throw new Error(signedIn.error.code);
    person = signedIn.value.user.id;
  });
  afterEach(async () => {
    await desk.network.close();
    await around.way.close();
  });
  const listen = () => desk.network.onPoke((poke) => heard.push(poke));

  test('tells where the log ends at once, and whenever it grows', async () => {
    listen();
    await until(() => heard.length > 0);
    const from = heard.at(-1)?.throughSeq ?? 0;
    await grow();
    await until(() => (heard.at(-1)?.throughSeq ?? 0) > from);
    expect(tries()).toBe(1);
  });

  test('nothing is opened before somebody listens, nor while nobody is signed in', async () => {
    expect(tries()).toBe(0);
    await desk.network.signOut({ person });
    listen();
    await desk.network.state();
    expect(tries()).toBe(0);
    await desk.network.signIn(account);
    await until(() => heard.length > 0);
  });

  test('SPEC 16.11: a connection that is cut is made anew, after pauses that grow', async () => {
    listen();
    await until(() => heard.length > 0);
    around.way.nasty = onStream((asked) => asked.socket.destroy() !== null);
    around.way.cut();
    await until(() => desk.waits.length >= 9);
    expect(desk.waits.slice(0, 9)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000, 30_000]);
    const before = heard.length;
    around.way.nasty = () => false;
    await until(() => heard.length > before);
  });

  test('a connection that is cut is told at once', async () => {
    listen();
    await until(() => heard.length > 0);
    around.way.nasty = (asked) => asked.socket.destroy() !== null;
    around.way.cut();
    await until(() => heard.at(-1)?.throughSeq === null);
  });

  test('SPEC 16.11: a server that asks to wait is left alone that long', async () => {
    around.way.nasty = onStream(always(503, { ...HTML, 'retry-after': '40' }, ''));
    listen();
    await until(() => desk.waits.length > 0);
    expect(desk.waits[0]).toBe(41_000);
  });

  test.each<[string, Nastiness, string]>([
    ['a page of a portal', always(200, HTML, '<html>'), 'notOurServer'],
    ['a redirect', always(302, { location: 'http://127.0.0.1:1/' }, ''), 'notOurServer'],
    ['a failing server', always(500, HTML, ''), 'serverFailed'],
    [
      'what calls itself events and is a flood',
      (_asked, answer) => {
        answer.writeHead(200, { 'content-type': 'text/event-stream' });
        answer.write('x'.repeat(100_000));
        return true;
      },
      'notOurServer',
    ],
    ['a failing server that never stops saying why', endless(500, JSON_TYPE), 'serverFailed'],
    [
      'events of a later version, then the end',
      always(200, { 'content-type': 'text/event-stream' }, 'event: poke\ndata: {\n\nevent: news\ndata: 1\n\n'),
      'ended',
    ],
  ])('%s is no stream: it is tried again later', async (_what, nasty, code) => {
    around.way.nasty = onStream(nasty);
    listen();
    await until(() => desk.waits.length > 1);
    expect(heard).toEqual([]);
    expect(desk.logged.join()).toContain(`"code":"${code}"`);
    around.way.nasty = () => false;
    await until(() => heard.length > 0);
  });

  test('SPEC 16.11: a connection on which nothing comes any more, not even a sign of life, is given up', async () => {
    desk = networkUnderTest({ file: desk.file, silence: 100 });
    around.way.nasty = onStream((_asked, answer) => {
      answer.writeHead(200, { 'content-type': 'text/event-stream' }).write(': hello\n\n');
      return true;
    });
    listen();
    await until(() => desk.waits.length > 1);
    expect(desk.logged.join()).toContain('"code":"timedOut"');
  });

  test('an access token that ran out is renewed for the stream too', async () => {
    around.server.clock.now += 16 * 60_000;
    listen();
    await until(() => heard.length > 0);
    expect(desk.waits).toEqual([]);
  });

  test('a session that was ended ends the stream, and signing in again begins it', async () => {
    listen();
    await until(() => heard.length > 0);
    await around.server.services.sessions.endAllOf(person);
    await expect.poll(async () => JSON.stringify(await desk.network.state())).toContain('"open":false');
    const before = heard.length;
    const tried = tries();
    await desk.network.signIn(account);
    await until(() => heard.length > before);
    expect(tries()).toBe(tried + 1);
  });

  test('a machine that wakes asks anew at once, whatever it was waiting for', async () => {
    desk = networkUnderTest({ file: desk.file, pause: () => new Promise(() => undefined) });
    around.way.nasty = onStream(always(500, HTML, ''));
    listen();
    await until(() => desk.logged.join().includes('stream.ended'));
    around.way.nasty = () => false;
    desk.network.wake();
    await until(() => heard.length > 0);
  });

  describe('while it waits for a long time', () => {
    const query = { cursor: '', limit: 1 };
    const pull = async () => (await desk.network.pull({ person, device: account.device, query })).ok;
    const waitAfter = async (nasty: Nastiness) => {
      const pause = (_: number, given: AbortSignal) =>
        new Promise<void>((resolve) => given.addEventListener('abort', () => resolve(), { once: true }));
      desk = networkUnderTest({ file: desk.file, pause });
      around.way.nasty = onStream(nasty);
      listen();
      await until(() => desk.logged.join().includes('stream.ended'));
    };
    const everything: Nastiness = (asked) => asked.socket.destroy() !== null;

    test('SPEC 16.11: a request that gets through after one that did not ends the pause, and no other does', async () => {
      await waitAfter(everything);
      const tried = tries();
      expect(await pull()).toBe(true);
      expect(tries()).toBe(tried);
      around.way.nasty = everything;
      expect(await pull()).toBe(false);
      around.way.nasty = () => false;
      expect(await pull()).toBe(true);
      await until(() => heard.length > 0);
      expect(tries()).toBe(tried + 1);
    });

    test('SPEC 16.11: it does not when the server asked for the pause', async () => {
      await waitAfter(always(503, { ...HTML, 'retry-after': '40' }, ''));
      const tried = tries();
      around.way.nasty = everything;
      expect(await pull()).toBe(false);
      around.way.nasty = () => false;
      expect(await pull()).toBe(true);
      expect(await pull()).toBe(true);
      expect(tries()).toBe(tried);
    });
  });

  test('closing ends the connection', async () => {
    listen();
    await until(() => heard.length > 0);
    await desk.network.close();
    await expect.poll(() => around.server.services.streams.count).toBe(0);
  });
});
