import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { v7 as newId } from 'uuid';
import type { PushRequest } from '#contracts/sync/wire.ts';
import { PROTOCOL } from '#contracts/sync/wire.ts';
import { ADMIN, type ServerUnderTest, startServer } from '#server/server-under-test.suite.ts';
import type { KeptFile, Vault } from './kept.ts';
import { type NastyWay, nastyWay } from './nasty-way.suite.ts';
import { Network, type NetworkPorts } from './network.ts';

/** A file in memory whose disk can fail. */
export interface TestFile extends KeptFile {
  /** As it lies on disk. */
  text: string;
  failing: boolean;
}
export const testFile = (text = ''): TestFile => {
  const file: TestFile = {
    text,
    failing: false,
    read: () => (file.text === '' ? undefined : JSON.parse(file.text)),
    write: async (value) => {
      await setTimeout(1);
      if (file.failing) throw new Error('ENOSPC');
      file.text = JSON.stringify(value);
    },
  };
  return file;
};

/** A key store that opens what it sealed under the same key. */
export const testVault = (key = 'key', available = true): Vault => ({
  available: () => available,
  seal: (text) => Buffer.from(`${key}:${text}`).toString('base64'),
  unseal: (sealed) => {
    const text = Buffer.from(sealed, 'base64').toString();
    return text.startsWith(`${key}:`) ? text.slice(key.length + 1) : null;
  },
});

/** Short, so that a test that waits for an end waits not long; long enough for a busy machine. */
export const limits = {
  small: { time: 5_000, bytes: 64 * 1024 },
  push: { time: 5_000, bytes: 1024 * 1024 },
  page: { time: 5_000, bytes: 8 * 1024 * 1024 },
};

export interface NetworkUnderTest {
  readonly network: Network;
  readonly file: TestFile;
  readonly logged: string[];
  /** Waits of the stream, in milliseconds. None of them takes any time. */
  readonly waits: number[];
}

export const networkUnderTest = (
  parts: Partial<NetworkPorts> & { readonly file?: TestFile } = {},
): NetworkUnderTest => {
  const file = parts.file ?? testFile();
  const logged: string[] = [];
  const waits: number[] = [];
  const network = new Network({
    fetch: (url, init) => fetch(url, init),
    vault: testVault(),
    now: () => Date.now(),
    steady: () => performance.now(),
    random: () => 0.5,
    pause: async (milliseconds, given) => {
      // A farewell is waited for in earnest; the stream's waits are only noted.
      if (milliseconds === 5_000) await setTimeout(milliseconds, undefined, { signal: given }).catch(() => undefined);
      else waits.push(milliseconds);
      await setTimeout(5);
    },
    openBrowser: async () => false,
    bringForward: () => undefined,
    deviceName: 'a desk under test',
    log: (level, event, fields) => void logged.push(JSON.stringify({ level, event, ...fields })),
    limits,
    ...parts,
    file,
  });
  return { network, file, logged, waits };
};

export interface Surroundings {
  readonly server: ServerUnderTest;
  readonly way: NastyWay;
}

/** Our own server, listening, with a way to it on which a test can do harm. */
export const surroundings = async (parts: Parameters<typeof startServer>[0] = {}): Promise<Surroundings> => {
  const server = await startServer(parts);
  await server.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = server.app.server.address() as AddressInfo;
  return { server, way: await nastyWay(`http://127.0.0.1:${port}`) };
};

export const DEVICE = newId();
export const account = { ...ADMIN, device: DEVICE };

export const pushOf = (commands: PushRequest['commands'] = [], device = DEVICE): PushRequest => ({
  protocol: PROTOCOL,
  device,
  sentAt: 0,
  commands,
});
