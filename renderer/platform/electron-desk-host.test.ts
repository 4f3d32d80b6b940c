import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { DeskBridge } from '#contracts/ipc/bridges.ts';
import { DEFAULT_DESK_SETTINGS } from '#contracts/ipc/desk-settings.ts';
import { electronDeskHost } from '#renderer/platform/electron-desk-host.ts';

const boot = {
  platform: 'electron',
  version: '1.0.0',
  windowId: 'w1',
  route: { name: 'settings' },
  settings: DEFAULT_DESK_SETTINGS,
  person: null,
  firstPage: null,
  language: 'en',
  zone: 'UTC',
} as const;
const answer = (value: unknown) => vi.fn(async () => ({ ok: true, value }));

const origin = 'app://deskbell';
const page = Object.assign(new EventTarget(), { location: { origin } });
const hand = (data: unknown, port: object, from: { source?: unknown; origin?: string } = {}) =>
  page.dispatchEvent(Object.assign(new Event('message'), { data, ports: [port], source: page, origin, ...from }));

const bridgeWith = (desk: Partial<DeskBridge['desk']>, on: Partial<DeskBridge['on']> = {}): DeskBridge => {
  const none = answer(null);
  const all = { boot: none, connectEngine: none, writeSettings: none, openWindow: none, saveFile: none };
  const more = { saveDiagnostics: none, copyText: none, showDataFolder: none, painted: none, listening: none };
  const deaf = () => vi.fn();
  const events = { engineLost: deaf, request: deaf, enginePort: deaf, fileChanged: deaf };
  const added = { begin: none, append: none, finish: none, abandon: none };
  const files = { ...added, state: none, picture: none, saveAs: none, fetch: none };
  return { desk: { ...all, ...more, ...desk }, files, on: { ...events, ...on } };
};

beforeEach(() => {
  vi.stubGlobal('window', page);
  vi.stubGlobal('location', page.location);
});
afterEach(() => vi.unstubAllGlobals());

describe('the desk host under Electron', () => {
  test('boot is what main answers, parsed again', async () => {
    expect(await electronDeskHost(bridgeWith({ boot: answer(boot) })).boot()).toEqual(boot);
    await expect(electronDeskHost(bridgeWith({ boot: answer({ ...boot, settings: {} }) })).boot()).rejects.toThrow();
  });

  test('a coded refusal of what cannot be refused is a bug and throws its code', async () => {
    const refused = vi.fn(async () => ({ ok: false, error: { code: 'foreignSender' } }));
    await expect(electronDeskHost(bridgeWith({ boot: refused })).boot()).rejects.toThrow('desk.boot: foreignSender');
  });

  test.each(['before', 'after'])('a port that arrives %s its answer is the one connected', async (when) => {
    const port = { name: 'port' };
    const arrive = () => hand({ type: 'deskbell.port', id: 'c1' }, port);
    const connectEngine = vi.fn(async () => {
      if (when === 'before') arrive();
      return { ok: true, value: { connection: 'c1' } };
    });
    const connected = electronDeskHost(bridgeWith({ connectEngine })).connectEngine();
    if (when === 'after') setTimeout(arrive, 1);
    expect(await connected).toBe(port);
  });

  test('a port from another window, origin or conversation is not taken', async () => {
    const port = { name: 'port' };
    const connectEngine = answer({ connection: 'c1' });
    const connected = electronDeskHost(bridgeWith({ connectEngine })).connectEngine();
    const message = { type: 'deskbell.port', id: 'c1' };
    hand(message, { name: 'foreign' }, { source: {} });
    hand(message, { name: 'foreign' }, { origin: 'https://example.org' });
    hand({ ...message, type: 'other' }, { name: 'foreign' });
    hand({ ...message, id: 'c2' }, { name: 'foreign' });
    hand(message, port);
    expect(await connected).toBe(port);
  });

  test('main is told once that the page listens, and each request is parsed', () => {
    const listening = answer(null);
    const heard: unknown[] = [];
    let send: (payload: unknown) => void = () => undefined;
    const request = (listener: (payload: unknown) => void) => {
      send = listener;
      return vi.fn();
    };
    const host = electronDeskHost(bridgeWith({ listening }, { request }));
    host.onRequest(() => undefined);
    host.onRequest((asked) => heard.push(asked));
    expect(listening).toHaveBeenCalledTimes(1);
    send({ type: 'action', action: 'newIncident' });
    expect(heard).toEqual([{ type: 'action', action: 'newIncident' }]);
    expect(() => send({ type: 'action', action: 'resolveEverything' })).toThrow();
  });
});
