import { ipcRenderer } from 'electron';
import { APP_ORIGIN } from '#contracts/ipc/bridges.ts';
import type { CallArgs, Channel, EventName, PortMessage } from '#contracts/ipc/contract.ts';

/** The function for one channel. It takes one argument, so a page can't send more than the table allows. */
export const call =
  <C extends Channel>(channel: C) =>
  (args: CallArgs<C>): Promise<unknown> =>
    ipcRenderer.invoke(channel, args);

/** The subscription to one event. The page's listener sees the payload, never Electron's event. */
export const subscription =
  (name: EventName) =>
  (listener: (payload: unknown) => void): (() => void) => {
    const forward = (_event: unknown, payload: unknown) => listener(payload);
    ipcRenderer.on(name, forward);
    return () => void ipcRenderer.off(name, forward);
  };

/** Hands the port that comes with an event to the page, which the context bridge itself can't do. */
export const forwardPort = (name: EventName, idOf: 'connection' | 'windowId'): void => {
  ipcRenderer.on(name, (event, payload: Readonly<Record<string, string>>) => {
    const message: PortMessage = { type: 'deskbell.port', id: payload[idOf] ?? '' };
    window.postMessage(message, APP_ORIGIN, [...event.ports]);
  });
};

/** A bridge is offered to our own pages only; nothing else is ever loaded, and would find nothing. */
export const isOurPage = (): boolean => location.origin === APP_ORIGIN;
