import { v7 as newId } from 'uuid';
import { SyncClient } from '#sync/client/client.ts';
import { createMemoryClientStore, type MemoryClientStore } from '#sync/client/memory-client-store.ts';
import type { Reply, Transport } from '#sync/client/ports.ts';
import { DeviceLine } from './ask.ts';
import type { BenchDevice } from './furnish.ts';

/** What was asked, how long it took in milliseconds, and the answer. */
export type Told = (what: 'push' | 'pull', took: number, status: number, body: unknown) => void;

export interface SimulatedDevice {
  readonly client: SyncClient;
  readonly store: MemoryClientStore;
  readonly line: DeviceLine;
}

/** The pure client over real HTTP, with what it holds in memory; `told` hears of every answer. */
export async function simulatedDevice(
  url: string,
  device: BenchDevice,
  at: number,
  told: Told,
  store = createMemoryClientStore(),
): Promise<SimulatedDevice> {
  const line = new DeviceLine(url, device, at);
  const ask = async (what: 'push' | 'pull', method: 'GET' | 'POST', path: string, sent?: unknown): Promise<Reply> => {
    const began = performance.now();
    try {
      const { status, body } = await line.ask(method, path, sent);
      told(what, performance.now() - began, status, body);
      if (status === 200) return { kind: 'answered', body, serverNow: null };
      return status === 401 ? { kind: 'signInNeeded' } : { kind: 'busy', retryAfter: 1 };
    } catch {
      told(what, performance.now() - began, 0, null);
      return { kind: 'unreachable' };
    }
  };
  const transport: Transport = {
    push: (_person, request) => ask('push', 'POST', '/api/v1/sync/push', request),
    pull: (_person, _device, { cursor, limit }) =>
      ask('pull', 'GET', `/api/v1/sync/pull?limit=${limit}&cursor=${encodeURIComponent(cursor)}`),
    subject: (_person, id) => ask('pull', 'GET', `/api/v1/sync/subjects/${id}`),
  };
  let named = false;
  const client = await SyncClient.open({
    store,
    transport,
    now: Date.now,
    random: Math.random,
    newId: () => {
      if (named) return newId();
      named = true;
      return device.device;
    },
    zone: 'UTC',
  });
  client.signIn(device.person);
  return { client, store, line };
}
