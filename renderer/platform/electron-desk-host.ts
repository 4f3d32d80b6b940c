import type { Boot, DeskHost } from '#contracts/host/desk-host.ts';
import type { DeskBridge } from '#contracts/ipc/bridges.ts';
import { events } from '#contracts/ipc/contract.ts';
import type { Port } from '#contracts/platform.ts';
import { onPort } from '#renderer/platform/electron-ports.ts';
import { electronDeskFiles } from '#renderer/platform/files/electron-files.ts';
import { parseAnswer, valueFrom } from '#renderer/platform/parse-answer.ts';

declare global {
  interface Window {
    /** Put there by the desk's preload; absent in a plain browser. */
    readonly deskbell?: DeskBridge;
  }
}

/** Ports by connection: the port and the answer that names it may arrive in either order. */
const connections = () => {
  const arrived = new Map<string, Port>();
  const awaited = new Map<string, (port: Port) => void>();
  onPort((port, id) => {
    const take = awaited.get(id);
    awaited.delete(id);
    if (take) take(port);
    else arrived.set(id, port);
  });
  return (id: string): Promise<Port> => {
    const port = arrived.get(id);
    arrived.delete(id);
    return port ? Promise.resolve(port) : new Promise((resolve) => awaited.set(id, resolve));
  };
};

/** A visible window's machine under Electron: main, behind the preload's bridge. */
export const electronDeskHost = (bridge: DeskBridge): DeskHost => {
  const { desk, on } = bridge;
  const portOf = connections();
  let listening = false;
  return {
    boot: async () => (await valueFrom('desk.boot', desk.boot({}))) satisfies Boot,
    connectEngine: async () => {
      const { connection } = await valueFrom('desk.connectEngine', desk.connectEngine({}));
      return portOf(connection);
    },
    onEngineLost: (listener) => on.engineLost(() => listener()),
    onRequest: (listener) => {
      const stop = on.request((payload) => listener(events.request.payload.parse(payload)));
      if (!listening) {
        listening = true;
        void valueFrom('desk.listening', desk.listening({}));
      }
      return stop;
    },
    writeSettings: (changes) => valueFrom('desk.writeSettings', desk.writeSettings({ changes })),
    openWindow: async (route) => void (await valueFrom('desk.openWindow', desk.openWindow({ route }))),
    saveFile: async (args) => {
      const saved = await parseAnswer('desk.saveFile', desk.saveFile(args));
      return saved.ok && saved.value;
    },
    saveDiagnostics: async () => {
      const outcome = await parseAnswer('desk.saveDiagnostics', desk.saveDiagnostics({}));
      return outcome.ok ? outcome.value : { saved: false };
    },
    copyText: async (text) => void (await valueFrom('desk.copyText', desk.copyText({ text }))),
    showDataFolder: async () => void (await valueFrom('desk.showDataFolder', desk.showDataFolder({}))),
    painted: () => void desk.painted({}),
    files: electronDeskFiles(bridge),
  };
};
