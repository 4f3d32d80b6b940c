import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holds } from '#domain/property.suite.ts';
import { deskOn, fates, kinds, NOW, note, recording, TestServer } from './client-world.suite.ts';
import { createMemoryClientStore } from './memory-client-store.ts';
import type { Reply } from './ports.ts';
import { waitBeforeRetry } from './retry.ts';

const served = () => new TestServer().furnish();

describe('trying again', () => {
  it('SPEC 16.4: waits exponentially longer with full jitter, up to five minutes', () => {
    const property = fc.property(
      fc.nat(5_000),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (failures, random) => {
        const wait = waitBeforeRetry({ failures, retryAfter: null }, random);
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(wait).toBeLessThan(Math.min(300_000, 1_000 * 2 ** failures) || 1);
      },
    );
    holds('backoff', property);
    const most = [1, 2, 3, 20].map((failures) => waitBeforeRetry({ failures, retryAfter: null }, 0.999_999_9));
    expect(most).toEqual([1_999, 3_999, 7_999, 299_999]);
    expect(waitBeforeRetry({ failures: 20, retryAfter: null }, 0)).toBe(0);
  });

  it('SPEC 16.5: never comes back before the server asked it to', () => {
    const property = fc.property(
      fc.nat(50),
      fc.nat(86_400_000),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (...given) => {
        const [failures, retryAfter, random] = given;
        expect(waitBeforeRetry({ failures, retryAfter }, random)).toBeGreaterThanOrEqual(retryAfter);
      },
    );
    holds('Retry-After', property);
  });

  it('SPEC 16.4: begins from the start after a success', async () => {
    const server = await served();
    const { client } = await deskOn(server);
    server.instead = () => ({ kind: 'unreachable' });
    expect([await client.round(), await client.round(), await client.round()]).toEqual([1_000, 2_000, 4_000]);
    server.instead = () => ({ kind: 'busy', retryAfter: 60_000 });
    expect(await client.round()).toBe(68_000);
    server.instead = null;
    expect(await client.round()).toBeNull();
    server.instead = () => ({ kind: 'unreachable' });
    expect(await client.round()).toBe(1_000);
  });
});

describe('what a person is told', () => {
  const TROUBLES: readonly [string, Reply][] = [
    ['offline', { kind: 'unreachable' }],
    ['notOurServer', { kind: 'answered', body: '<html>Welcome to our WLAN</html>', serverNow: null }],
    ['notOurServer', { kind: 'answered', body: { expected: 1, results: 'none' }, serverNow: null }],
    ['notOurServer', { kind: 'notOurs' }],
    ['versionTooOld', { kind: 'versionTooOld' }],
    ['signInNeeded', { kind: 'signInNeeded' }],
  ];

  it.each(TROUBLES)('SPEC 16.6: is %s, by its name, and no command is lost', async (state, reply) => {
    const server = await served();
    const desk = await deskOn(server);
    await desk.client.record(recording('one', 'incident 1'));
    await desk.client.record(note('two', 'incident 1'));
    expect(await kinds(desk.client)).toEqual(['loading', 'sending']);
    server.instead = () => reply;
    await desk.client.round();
    const waits = state === 'signInNeeded';
    const said = [{ kind: state }, { kind: 'loading' }, { kind: 'sending', count: 2 }];
    expect(await desk.client.states()).toMatchObject(waits ? [{ kind: state, waiting: 2 }, { kind: 'loading' }] : said);
    const { client } = await desk.again();
    server.instead = null;
    await client.round();
    expect(fates(client)).toEqual({ one: 'accepted', two: 'accepted' });
    expect(await client.states()).toEqual([{ kind: 'upToDate' }]);
  });

  it('SPEC 16.6: is since when it is offline', async () => {
    const server = await served();
    let now = NOW;
    const { client } = await deskOn(server, { now: () => now });
    server.instead = () => ({ kind: 'unreachable' });
    await client.round();
    now += 60_000;
    await client.round();
    expect((await client.states())[0]).toEqual({ kind: 'offline', since: NOW });
  });

  it('SPEC 16.6: is that the session has ended in the middle, and what was sent till then counts', async () => {
    const server = await served();
    const { client } = await deskOn(server);
    await client.record(recording('one', 'incident 1'));
    server.instead = (what) => (what === 'pull' ? { kind: 'signInNeeded' } : null);
    await client.round();
    expect(fates(client)).toEqual({ one: 'accepted' });
    expect(await kinds(client)).toEqual(['signInNeeded', 'loading']);
    server.instead = null;
    expect(await client.round()).toBeNull();
    client.signIn('ann');
    await client.round();
    expect(await kinds(client)).toEqual(['upToDate']);
  });

  it('SPEC 13.6, 16.6: is that somebody has to come back for whom commands wait, whoever else is there', async () => {
    const server = await served();
    const { client } = await deskOn(server);
    await client.record(recording('by ann', 'incident 1'));
    client.signOut('ann');
    client.signIn('ben');
    await client.round();
    expect(await client.states()).toEqual([{ kind: 'signInNeeded', waiting: 1 }]);
    client.signIn('ann');
    await client.round();
    expect(await kinds(client)).toEqual(['upToDate']);
  });

  it('SPEC 16.7: is by how much the clock is off, and everything goes on', async () => {
    const server = await served();
    const ahead = 10 * 365 * 24 * 3_600_000;
    const { client } = await deskOn(server, { now: () => server.now + ahead });
    await client.record(recording('one', 'incident 1'));
    await client.round();
    expect(await client.states()).toEqual([{ kind: 'clockOff', by: ahead }, { kind: 'upToDate' }]);
    const near = await deskOn(server, { now: () => server.now - 60_000 });
    await near.client.round();
    expect(await kinds(near.client)).toEqual(['upToDate']);
  });

  it('SPEC 16.8: a disk that took nothing, or says so, costs no command and doubles none', async () => {
    const server = await served();
    const store = createMemoryClientStore();
    let full: 'before' | 'after' | null = null;
    const spied = {
      ...store,
      append: async (frames: Parameters<typeof store.append>[0]) => {
        if (full === 'before') throw new Error('disk full');
        await store.append(frames);
        if (full === 'after') throw new Error('disk full');
      },
    };
    const { client } = await deskOn(server, { store, spied });
    await client.round();
    full = 'before';
    await expect(client.record(recording('not taken', 'incident 1'))).rejects.toThrow('disk full');
    full = 'after';
    await expect(client.record(recording('taken', 'incident 2'))).rejects.toThrow('disk full');
    full = null;
    await client.record(recording('taken', 'incident 2'));
    await client.record(note('next', 'incident 2'));
    expect((await client.effective(['incident 2'])).get('incident 2')?.pending).toEqual(['taken', 'next']);
    await client.round();
    expect(fates(client)).toEqual({ taken: 'accepted', next: 'accepted' });
  });
});
