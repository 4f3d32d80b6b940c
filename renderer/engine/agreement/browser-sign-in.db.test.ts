// Before Dexie, which looks for the browser's database once, when it is loaded.
import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { testDesk } from '../engine-harness.suite.ts';
import { ADDRESS, testServer } from './memory-server.suite.ts';
import { around, must } from './shared-world.suite.ts';

/** A desk beside a server whose sign-in page lets this person through, or says no. */
const withPage = async (name: 'ann' | null) => {
  const server = await testServer();
  const passes = name === null ? null : await server.signIn(`${name}@desk.test`, name);
  const page = { name: 'Example sign-in', signIn: async () => passes };
  return { server, made: around(testDesk(), { ...server, page }) };
};

describe('signing in through the browser, at a desk', () => {
  it('SPEC 13.8: is offered once the server is found, and whoever is through may join', async () => {
    const { server, made } = await withPage('ann');
    must(await made.window.call('findServer', { address: ADDRESS }));
    await made.connection(({ offers }) => offers?.browser === 'Example sign-in');
    const { personId, open } = must(await made.window.call('signInByBrowser', {}));
    expect({ personId, open }).toEqual({ personId: server.people.ann, open: true });
    must(await made.window.call('join', { personId, mapping: [] }));
    await made.level();
  });

  it('says why when it came to nothing', async () => {
    const { made } = await withPage(null);
    must(await made.window.call('findServer', { address: ADDRESS }));
    expect(await made.window.call('signInByBrowser', {})).toEqual({
      ok: false,
      error: { code: 'network', network: 'signInDeclined' },
    });
  });

  it('is given up by whoever does not want to wait for the browser any more', async () => {
    const server = await testServer();
    const page = { name: 'Example sign-in', signIn: () => new Promise<never>(() => undefined) };
    const made = around(testDesk(), { ...server, page });
    must(await made.window.call('findServer', { address: ADDRESS }));
    const waiting = made.window.call('signInByBrowser', {});
    must(await made.window.call('cancelSignIn', {}));
    expect(await waiting).toMatchObject({ ok: false, error: { network: 'signInCancelled' } });
  });

  it('is not offered by a server without such a page', async () => {
    const made = around(testDesk(), await testServer());
    must(await made.window.call('findServer', { address: ADDRESS }));
    const { offers } = await made.connection(({ mode }) => mode === 'found');
    expect(offers).toEqual({ password: true, browser: null });
    expect(await made.window.call('signInByBrowser', {})).toMatchObject({ error: { network: 'signInWayOff' } });
  });
});
