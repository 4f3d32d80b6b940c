import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { APP_ORIGIN } from '#contracts/ipc/bridges.ts';
import { CHANNELS, calls, EVENTS, events, type WindowKind } from '#contracts/ipc/contract.ts';

type Listener = (event: unknown, payload: unknown) => void;
const fake = vi.hoisted(() => ({
  exposed: new Map<string, Readonly<Record<string, Readonly<Record<string, (value: unknown) => unknown>>>>>(),
  invoked: [] as unknown[][],
  listeners: new Map<string, Set<(event: unknown, payload: unknown) => void>>(),
}));

vi.mock('electron', () => ({
  contextBridge: { exposeInMainWorld: (name: string, api: never) => void fake.exposed.set(name, api) },
  ipcRenderer: {
    invoke: (...sent: unknown[]) => {
      fake.invoked.push(sent);
      return Promise.resolve('answer');
    },
    on: (name: string, listener: Listener) => {
      fake.listeners.set(name, (fake.listeners.get(name) ?? new Set()).add(listener));
    },
    off: (name: string, listener: Listener) => fake.listeners.get(name)?.delete(listener),
  },
}));

const postMessage = vi.fn();
const emit = (name: string, payload: unknown, ports: unknown[] = []) => {
  for (const listener of fake.listeners.get(name) ?? []) listener({ sender: 'secret', ports }, payload);
};

beforeAll(async () => {
  vi.stubGlobal('location', { origin: APP_ORIGIN });
  vi.stubGlobal('window', { postMessage });
  await import('#electron/preload/desk.ts');
  await import('#electron/preload/engine.ts');
});
beforeEach(() => {
  fake.invoked.length = 0;
  postMessage.mockClear();
});

const bridges = [
  ['desk', 'deskbell'],
  ['engine', 'deskbellEngine'],
] as const;

describe.each(bridges)('the preload of %s', (kind: WindowKind, name) => {
  const own = CHANNELS.filter((channel) => calls[channel].from === kind);
  const ownEvents = EVENTS.filter((event) => events[event].to === kind);
  const bridge = () => fake.exposed.get(name) ?? {};

  test('exposes one function for every row of its kind, and none besides', () => {
    const functions = Object.entries(bridge()).flatMap(([area, verbs]) =>
      Object.keys(verbs).map((verb) => `${area}.${verb}`),
    );
    expect(functions.sort()).toEqual([...own, ...ownEvents.map((event) => `on.${event}`)].sort());
  });

  test.each(own)('%s calls its channel with its one argument and no more', async (channel) => {
    const [area = '', verb = ''] = channel.split('.');
    const call = bridge()[area]?.[verb] as (...sent: unknown[]) => Promise<unknown>;
    expect(await call({ a: 1 }, 'surplus')).toBe('answer');
    expect(fake.invoked).toEqual([[channel, { a: 1 }]]);
  });

  test.each(ownEvents)('%s reaches the page as its payload alone, until it unsubscribes', (event) => {
    const heard: unknown[][] = [];
    const subscribe = bridge().on?.[event] as (listener: (...args: unknown[]) => void) => () => void;
    const stop = subscribe((...args) => void heard.push(args));
    emit(event, { some: 'payload' });
    stop();
    emit(event, { some: 'more' });
    expect(heard).toEqual([[{ some: 'payload' }]]);
  });
});

describe('message ports', () => {
  test.each([
    ['enginePort', 'connection'],
    ['windowPort', 'windowId'],
  ])('that come with %s are handed to the page of our own origin only', (event, member) => {
    emit(event, { [member]: 'x1' }, ['port']);
    expect(postMessage.mock.calls).toEqual([[{ type: 'deskbell.port', id: 'x1' }, APP_ORIGIN, ['port']]]);
  });
});

test('a page of another origin finds no bridge', async () => {
  vi.resetModules();
  fake.exposed.clear();
  vi.stubGlobal('location', { origin: 'https://example.org' });
  await import('#electron/preload/desk.ts');
  await import('#electron/preload/engine.ts');
  expect(fake.exposed.size).toBe(0);
});
