import type { PortMessage } from '#contracts/ipc/contract.ts';

const isPortMessage = (data: unknown): data is PortMessage =>
  typeof data === 'object' && data !== null && 'type' in data && data.type === 'deskbell.port' && 'id' in data;

/**
 * Listens for message ports the preload hands over by `window.postMessage`. Only this window itself, on its own
 * origin, can send one; nothing else ever has a handle on it.
 */
export const onPort = (listener: (port: MessagePort, id: string) => void): void => {
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    const port = event.ports[0];
    if (event.source !== window || event.origin !== location.origin || !port) return;
    if (isPortMessage(event.data)) listener(port, event.data.id);
  });
};
