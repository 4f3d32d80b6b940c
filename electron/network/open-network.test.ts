import { beforeEach, describe, expect, test, vi } from 'vitest';
import { testFile } from './network-under-test.suite.ts';

type Asked = Readonly<Record<string, unknown>>;
type Answer = (answer: { readonly cancel: boolean }) => void;
const fake = vi.hoisted(() => ({
  partitions: [] as unknown[][],
  filter: (_details: { readonly url: string }, _answer: Answer): void => undefined,
  asked: [] as Asked[],
  headers: [] as unknown[],
  resumed: (): void => undefined,
  store: { available: true, backend: 'gnome_libsecret' as string | null, failing: false },
}));

vi.mock('electron', async () => {
  const { EventEmitter } = await import('node:events');
  const { Readable } = await import('node:stream');
  const request = (asked: Asked) => {
    fake.asked.push(asked);
    const about = Buffer.from('{"product":"deskbell","protocols":[1]}');
    const headers = { 'content-type': ['application/json'] };
    const message = Object.assign(Readable.from([about]), { statusCode: 200, headers });
    const going = new EventEmitter();
    return Object.assign(going, {
      setHeader: (name: string, value: string) => fake.headers.push([name, value]),
      abort: () => undefined,
      end: () => void setImmediate(() => going.emit('response', message)),
    });
  };
  const own = {
    setUserAgent: () => undefined,
    setPermissionRequestHandler: () => undefined,
    setPermissionCheckHandler: () => undefined,
    webRequest: {
      onBeforeRequest: (_urls: unknown, filter: typeof fake.filter) => {
        fake.filter = filter;
      },
    },
  };
  const may = () => {
    if (fake.store.failing) throw new Error('the key store is locked');
  };
  const safeStorage = {
    isEncryptionAvailable: () => fake.store.available,
    encryptString: (text: string) => {
      may();
      return Buffer.from(`sealed ${text}`);
    },
    decryptString: (sealed: Buffer) => {
      may();
      return sealed.toString().slice('sealed '.length);
    },
  };
  const newer = { ...safeStorage, getSelectedStorageBackend: () => fake.store.backend };
  return {
    net: { request },
    app: { getVersion: () => '1.2.3' },
    powerMonitor: {
      on: (_name: string, listener: () => void) => {
        fake.resumed = listener;
      },
    },
    get safeStorage() {
      return fake.store.backend === null ? safeStorage : newer;
    },
    session: {
      fromPartition: (...asked: unknown[]) => {
        fake.partitions.push(asked);
        return own;
      },
    },
  };
});

const { openNetwork } = await import('./open-network.ts');
const address = 'https://desk.example.org';
const connected = async () => {
  const network = openNetwork({ ...testFile(), settled: async () => undefined }, vi.fn(), vi.fn());
  await network.connect({ address });
  return network;
};

beforeEach(() => {
  fake.partitions.length = 0;
  fake.asked.length = 0;
  fake.headers.length = 0;
  fake.store = { available: true, backend: 'gnome_libsecret', failing: false };
});

describe('the network of main', () => {
  test('is a session of its own, in memory, without a cache', async () => {
    await connected();
    expect(fake.partitions).toEqual([[expect.not.stringMatching(/^persist:/), { cache: false }]]);
  });

  test('asks without cookies, cache or redirects', async () => {
    await connected();
    expect(fake.asked).toMatchObject([
      {
        url: `${address}/api/v1/about`,
        method: 'GET',
        credentials: 'omit',
        useSessionCookies: false,
        cache: 'no-store',
        redirect: 'error',
      },
    ]);
    expect(fake.headers).toEqual([['accept', 'application/json']]);
  });

  test.each([
    ['https://desk.example.org/api/v1/about', false],
    ['http://127.0.0.1:8460/api/v1/about', false],
    ['http://desk.example.org/', true],
    ['ws://127.0.0.1:8460/', true],
    ['file:///etc/passwd', true],
  ])('a request to %s is stopped by the session itself: %s', async (url, cancel) => {
    await connected();
    const answer = vi.fn();
    fake.filter({ url }, answer);
    expect(answer).toHaveBeenCalledWith({ cancel });
  });

  test.each([
    ['a key store', { available: true, backend: 'gnome_libsecret', failing: false }, 'kept'],
    ['no key store', { available: false, backend: 'unknown', failing: false }, 'noEncryption'],
    ['a key that everybody knows', { available: true, backend: 'basic_text', failing: false }, 'noEncryption'],
    ['an older runtime with a key store', { available: true, backend: null, failing: false }, 'kept'],
  ])('with %s tokens are told as %s', async (_what, store, tokens) => {
    vi.spyOn(process, 'platform', 'get').mockReturnValue('linux');
    fake.store = store;
    expect(await (await connected()).state()).toMatchObject({ tokens });
    vi.restoreAllMocks();
  });

  test('wakes with the machine', async () => {
    const network = await connected();
    const wake = vi.spyOn(network, 'wake');
    fake.resumed();
    expect(wake).toHaveBeenCalledOnce();
  });
});
