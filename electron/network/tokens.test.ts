import type { IncomingMessage, ServerResponse } from 'node:http';
import { v7 as newId } from 'uuid';
import { expect, test } from 'vitest';
import { problemOf } from '#contracts/api/problems.ts';
import { always, HTML } from './nasty-way.suite.ts';
import { pushOf, testFile } from './network-under-test.suite.ts';
import { describeSignedIn, REFRESH } from './signed-in.suite.ts';

const PROBLEM = { 'content-type': 'application/problem+json' };

describeSignedIn('the tokens of a desk', (t) => {
  test('SPEC 16.10: an access token that ran out is renewed once, however many ask at a time, and nobody notices', async () => {
    t.runOut();
    const codes = await Promise.all(Array.from({ length: 8 }, () => t.push()));
    expect(codes).toEqual(Array.from({ length: 8 }, () => 'ok'));
    expect(t.refreshes()).toBe(1);
  });

  test('a token known to run out is renewed before it is sent', async () => {
    t.runOut(true);
    expect(await t.push()).toBe('ok');
    expect(t.around.way.passed.slice(-2).map(({ line }) => line)).toEqual([REFRESH, 'POST /api/v1/sync/push']);
  });

  test('SPEC 16.10: a rotated token is on disk before anything is asked under it', async () => {
    t.runOut();
    const before = t.desk.file.text;
    let onDisk = '';
    t.around.way.nasty = (asked) => {
      if (asked.url?.endsWith('/sync/push')) onDisk = t.desk.file.text;
      return false;
    };
    expect(await t.push()).toBe('ok');
    expect(onDisk).not.toBe(before);
    expect(onDisk).toBe(t.desk.file.text);
  });

  test('a desk killed at any moment after a rotation begins again without anybody signing in', async () => {
    for (let turn = 0; turn < 3; turn += 1) {
      t.runOut();
      expect(await t.push()).toBe('ok');
      t.desk = t.begin({ file: testFile(t.desk.file.text) });
      expect(await t.push()).toBe('ok');
    }
  });

  test('a refresh that never reached the server is tried again with the same token', async () => {
    t.runOut();
    t.around.way.nasty = (asked) => asked.url?.endsWith('/auth/refresh') === true && asked.socket.destroy() !== null;
    expect(await t.push()).toBe('offline');
    t.around.way.nasty = () => false;
    expect(await t.push()).toBe('ok');
  });

  test('a refresh that fails is tried once for all who wait for it, and says to each why', async () => {
    t.runOut(true);
    t.around.way.nasty = always(503, { ...HTML, 'retry-after': '7' }, '');
    const codes = await Promise.all(Array.from({ length: 8 }, () => t.push()));
    expect(codes).toEqual(Array.from({ length: 8 }, () => 'busy'));
    expect(t.refreshes()).toBe(1);
  });

  test('two device ids that take turns at once end no session', async () => {
    t.runOut(true);
    const other = newId();
    const codes = await Promise.all([t.push(), t.push(pushOf([], other)), t.push(), t.push(pushOf([], other))]);
    for (const code of codes) expect(['ok', 'serverFailed']).toContain(code);
    expect(await t.push(pushOf([], other))).toBe('ok');
    expect(await t.push()).toBe('ok');
  });

  test('SPEC 7.9: when the answer to a refresh is lost, the person signs in again and nobody else could have', async () => {
    t.runOut();
    t.around.way.swallow = (line) => line === REFRESH;
    expect(await t.push()).toBe('offline');
    t.around.way.swallow = () => false;
    const answer = await t.desk.network.push({ person: t.person, request: pushOf() });
    expect(answer).toEqual({ ok: false, error: { code: 'signInNeeded' } });
    const { people } = { people: [], ...(await t.desk.network.state()) };
    expect(people).toMatchObject([{ user: { id: t.person }, open: false }]);
    expect(people).toEqual([expect.not.objectContaining({ revoked: true })]);
    const asked = t.refreshes();
    expect(await t.push()).toBe('signInNeeded');
    expect(t.refreshes()).toBe(asked);
    expect(await t.signIn(t.desk.network)).toBe(t.person);
    expect(await t.push()).toBe('ok');
  });

  test('SPEC 16.9: a portal, a failing server and one that is busy end no session, whatever they answer', async () => {
    t.runOut();
    for (const [status, expected] of [
      [401, 'notOurServer'],
      [403, 'notOurServer'],
      [200, 'notOurServer'],
      [500, 'serverFailed'],
      [503, 'busy'],
    ] as const) {
      t.around.way.nasty = always(status, HTML, '<html>');
      expect(await t.push()).toBe(expected);
    }
    t.around.way.nasty = () => false;
    expect(await t.push()).toBe('ok');
  });

  test('what the server can not read of a refresh is not said of the push that waits for it', async () => {
    t.runOut();
    t.around.way.nasty = (asked, answer) =>
      asked.url?.endsWith('/auth/refresh') === true && always(413, HTML, '')(asked, answer);
    expect(await t.push()).toBe('serverFailed');
  });

  test('SPEC 7.9: a session ended on purpose says so to whoever asks, in the next run too, until they sign in', async () => {
    const pushed = () => t.desk.network.push({ person: t.person, request: pushOf() });
    const revoked = { ok: false, error: { code: 'signInNeeded', revoked: true } };
    await t.around.server.services.sessions.endAllOf(t.person);
    expect([await pushed(), await pushed()]).toEqual([revoked, revoked]);
    expect(await t.desk.network.state()).toMatchObject({ people: [{ open: false, revoked: true }] });
    t.desk = t.begin({ file: testFile(t.desk.file.text) });
    expect(await t.desk.network.state()).toMatchObject({ people: [{ open: false, revoked: true }] });
    expect(await pushed()).toEqual(revoked);
    expect(await t.signIn(t.desk.network)).toBe(t.person);
    expect(await pushed()).toMatchObject({ ok: true });
    const { people } = { people: [], ...(await t.desk.network.state()) };
    expect(people).toEqual([expect.not.objectContaining({ revoked: true })]);
  });

  /** Requests to this route wait until they are let go, and are answered like this then, by nobody else. */
  const heldAt = (route: string, answered: (asked: IncomingMessage, answer: ServerResponse) => unknown) => {
    let letGo = (): void => undefined;
    const reached = new Promise<void>((tell) => {
      t.around.way.nasty = (asked, answer) => {
        if (asked.url?.endsWith(route) !== true) return false;
        letGo = () => void answered(asked, answer);
        tell();
        return true;
      };
    });
    return { reached, letGo: () => letGo() };
  };

  test('SPEC 7.9: who signs out hears nothing of a purpose of others, however late the server answers', async () => {
    const held = heldAt('/auth/logout', ({ socket }) => socket.destroy());
    const out = t.desk.network.signOut({ person: t.person });
    await held.reached;
    await t.around.server.services.sessions.endAllOf(t.person);
    const answer = await t.desk.network.push({ person: t.person, request: pushOf() });
    expect(answer).toEqual({ ok: false, error: { code: 'signInNeeded' } });
    held.letGo();
    await out;
    expect(await t.desk.network.state()).toMatchObject({ people: [] });
  });

  test('SPEC 7.9: what is said of a session that was does not hold for the one that its person has now', async () => {
    t.runOut(true);
    const revoked = always(401, PROBLEM, JSON.stringify(problemOf('sessionRevoked')));
    const held = heldAt('/auth/refresh', revoked);
    const pushed = t.push();
    await held.reached;
    expect(await t.signIn(t.desk.network)).toBe(t.person);
    held.letGo();
    expect(await pushed).toBe('ok');
    expect(await t.desk.network.state()).toMatchObject({ people: [{ open: true }] });
  });

  test('a session that the server believes on another device is told its device', async () => {
    let said = false;
    t.around.way.nasty = (asked, answer) => {
      if (said || !asked.url?.endsWith('/sync/push')) return false;
      said = true;
      return always(403, PROBLEM, JSON.stringify(problemOf('foreignDevice')))(asked, answer);
    };
    expect(await t.push()).toBe('ok');
    expect(t.refreshes()).toBe(1);
  });
});
