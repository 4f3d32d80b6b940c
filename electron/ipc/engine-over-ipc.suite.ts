import { vi } from 'vitest';
import type { EngineHost } from '#contracts/host/engine-host.ts';
import type { NetworkHost } from '#contracts/host/network.ts';
import { APP_ORIGIN, type EngineBridge } from '#contracts/ipc/bridges.ts';
import { CHANNELS, calls } from '#contracts/ipc/contract.ts';
import { answerCall, type Handlers } from '#electron/ipc/answer-call.ts';
import { ok } from '#electron/ipc/answers.ts';
import { engineHandlers, type StorageRooms } from '#electron/ipc/engine-handlers.ts';
import { countJournal } from '#electron/logs/journal-facts.ts';
import { electronEngineHost } from '#renderer/platform/electron-engine-host.ts';

const sender = { webContentsId: 1, isMainFrame: true, origin: APP_ORIGIN };
const find = () => ({ kind: 'engine', windowId: 'engine', webContentsId: 1 }) as const;

/** The preload's bridge with everything between it and main, except that no process boundary is crossed but a copy. */
const bridgeTo = (handlers: Handlers, network: NetworkHost): EngineBridge => {
  const none = () => vi.fn();
  const poke = (listener: (payload: unknown) => void) => network.onPoke((told) => listener(structuredClone(told)));
  const presence = (listener: (payload: unknown) => void) =>
    network.onPresence((told) => listener(structuredClone(told)));
  const bridge: Record<string, Record<string, unknown>> = {
    on: { windowPort: none, areYouThere: none, finish: none, poke, presence, fileMoved: none },
  };
  for (const channel of CHANNELS.filter((name) => calls[name].from === 'engine')) {
    const [area = '', verb = ''] = channel.split('.');
    bridge[area] = {
      ...bridge[area],
      [verb]: async (args: unknown) =>
        structuredClone(await answerCall(channel, sender, [structuredClone(args)], { handlers, find, log: vi.fn() })),
    };
  }
  return bridge as unknown as EngineBridge;
};

export interface BehindIpc {
  readonly rooms: StorageRooms;
  readonly database: EngineHost['database'];
  readonly network: NetworkHost;
}

/** The engine's host as its page has it, over main's own handlers. */
export const engineHostOver = ({ rooms, database, network }: BehindIpc): EngineHost => {
  const notifier = { show: async () => ({ shown: true }) as const, badge: vi.fn(), closeAll: vi.fn() };
  const engine = { ready: vi.fn(), alive: vi.fn(), finished: vi.fn() };
  const handlers = engineHandlers({
    storage: async () => ok(rooms),
    notifier,
    database,
    network: async () => network,
    engine,
    journalCount: countJournal(() => 0),
    log: vi.fn(),
  });
  return electronEngineHost(bridgeTo(handlers as Handlers, network));
};
