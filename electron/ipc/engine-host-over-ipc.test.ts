import { vi } from 'vitest';
import type { EngineHost } from '#contracts/host/engine-host.ts';
import { describeEngineHost, type HostFixture } from '#contracts/host/engine-host-contract.suite.ts';
import { APP_ORIGIN, type EngineBridge } from '#contracts/ipc/bridges.ts';
import { CHANNELS, calls } from '#contracts/ipc/contract.ts';
import { answerCall, type Handlers } from '#electron/ipc/answer-call.ts';
import { ok } from '#electron/ipc/answers.ts';
import { engineHandlers } from '#electron/ipc/engine-handlers.ts';
import { countJournal } from '#electron/logs/journal-facts.ts';
import { fileFixture } from '#electron/storage/test-host.suite.ts';
import { electronEngineHost } from '#renderer/platform/electron-engine-host.ts';

const sender = { webContentsId: 1, isMainFrame: true, origin: APP_ORIGIN };
const find = () => ({ kind: 'engine', windowId: 'engine', webContentsId: 1 }) as const;

/** The preload's bridge with everything between it and main, except that no process boundary is crossed but a copy. */
const bridgeTo = (handlers: Handlers): EngineBridge => {
  const bridge: Record<string, Record<string, unknown>> = {
    on: { windowPort: () => vi.fn(), areYouThere: () => vi.fn(), finish: () => vi.fn() },
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

const overIpc = (rooms: EngineHost): EngineHost => {
  const notifier = { show: async () => ({ shown: true }) as const, badge: vi.fn(), closeAll: vi.fn() };
  const engine = { ready: vi.fn(), alive: vi.fn(), finished: vi.fn() };
  const storage = async () => ok(rooms);
  const database = rooms.database;
  const journalCount = countJournal(() => 0);
  const handlers = engineHandlers({ storage, notifier, database, engine, journalCount, log: vi.fn() });
  return electronEngineHost(bridgeTo(handlers as Handlers));
};

const fixture = async (): Promise<HostFixture> => {
  const files = await fileFixture();
  return { host: overIpc(files.host), restart: async () => overIpc(await files.restart()), dispose: files.dispose };
};

describeEngineHost('files, through the IPC table', fixture);
