import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { vi } from 'vitest';
import { safeName } from '#contracts/files/names.ts';
import { describeFilesHost, type FilesFixture } from '#contracts/host/files-host.suite.ts';
import { APP_ORIGIN, type DeskBridge, type EngineBridge } from '#contracts/ipc/bridges.ts';
import { CHANNELS, calls } from '#contracts/ipc/contract.ts';
import { openedIn } from '#electron/attachments/attachments-under-test.suite.ts';
import { answerCall, type Handlers } from '#electron/ipc/answer-call.ts';
import { fileHandlers } from '#electron/ipc/file-handlers.ts';
import { electronDeskFiles, electronEngineFiles } from '#renderer/platform/files/electron-files.ts';

const find = (webContentsId: number) =>
  ({ kind: webContentsId === 1 ? 'engine' : 'desk', windowId: `w${webContentsId}`, webContentsId }) as const;

type Listener = (payload: unknown) => void;

/** Both preloads' bridges with everything between them and main, except that no process boundary is crossed but a copy. */
const bridgesTo = (handlers: Handlers, listeners: Set<Listener>): EngineBridge & DeskBridge => {
  const subscribe = (listener: Listener) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  const files: Record<string, unknown> = {};
  for (const channel of CHANNELS.filter((name) => name.startsWith('files.'))) {
    const sender = { webContentsId: calls[channel].from === 'engine' ? 1 : 2, isMainFrame: true, origin: APP_ORIGIN };
    files[channel.slice('files.'.length)] = async (args: unknown) =>
      structuredClone(await answerCall(channel, sender, [structuredClone(args)], { handlers, find, log: vi.fn() }));
  }
  return { files, on: { fileChanged: subscribe, fileMoved: subscribe } } as unknown as EngineBridge & DeskBridge;
};

const fixture = async (): Promise<FilesFixture> => {
  const root = mkdtempSync(join(tmpdir(), 'deskbell-files-'));
  const listeners = new Set<Listener>();
  const { attachments } = await openedIn(join(root, 'attachments'), {
    changed: (state) => {
      for (const listener of listeners) listener(structuredClone(state));
    },
  });
  let chosen: string | null = null;
  let written = new Uint8Array();
  const files = {
    choosePath: async (_window: unknown, name: string) => {
      chosen = join(root, safeName(name));
      return chosen;
    },
    writePieces: async (_path: string, pieces: AsyncIterable<Uint8Array>) => {
      const all: Buffer[] = [];
      for await (const piece of pieces) all.push(Buffer.from(piece));
      written = Buffer.concat(all);
    },
  };
  const handlers = fileHandlers({ attachments: async () => attachments, files, windowOf: () => null });
  const bridge = bridgesTo(handlers as Handlers, listeners);
  return {
    desk: electronDeskFiles(bridge),
    engine: electronEngineFiles(bridge),
    saved: () => (chosen === null ? null : { name: basename(chosen), bytes: written }),
    dispose: async () => {
      await attachments.close();
      rmSync(root, { recursive: true });
    },
  };
};

describeFilesHost('main, through the IPC table', fixture);
