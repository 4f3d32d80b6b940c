import type { EngineHost } from '#contracts/host/engine-host.ts';
import type { Port } from '#contracts/platform.ts';

export interface WindowPorts {
  readonly onWindow: EngineHost['onWindow'];
  /** Hands a window's port to the engine, at once or as soon as it listens. */
  connectWindow(port: Port, windowId: string): void;
}

/** Windows may come before the engine listens: their ports wait. */
export function createWindowPorts(): WindowPorts {
  const listeners = new Set<(port: Port, windowId: string) => void>();
  const waiting: { readonly port: Port; readonly windowId: string }[] = [];
  return {
    onWindow(listener) {
      listeners.add(listener);
      for (const { port, windowId } of waiting.splice(0)) listener(port, windowId);
    },
    connectWindow(port, windowId) {
      if (listeners.size === 0) waiting.push({ port, windowId });
      for (const listener of listeners) listener(port, windowId);
    },
  };
}
