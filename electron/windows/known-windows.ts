import type { WebContents } from 'electron';
import type { EventOf, EventPayload } from '#contracts/ipc/contract.ts';
import type { KnownWindow } from '#electron/ipc/answer-call.ts';

/** The windows main opened and has not lost. Whatever is not in here is a foreigner to the IPC table. */
export const knownWindows = () => {
  const byContents = new Map<number, KnownWindow & { readonly contents: WebContents }>();
  return {
    add: (window: Omit<KnownWindow, 'webContentsId'>, contents: WebContents): void => {
      const webContentsId = contents.id;
      byContents.set(webContentsId, { ...window, webContentsId, contents });
      contents.once('destroyed', () => byContents.delete(webContentsId));
    },
    find: (webContentsId: number): KnownWindow | undefined => byContents.get(webContentsId),
    /** The window's contents, while they live. */
    contentsOf: (webContentsId: number): WebContents | undefined => byContents.get(webContentsId)?.contents,
    /** Sends an event to every visible window. */
    tellDesks: <E extends EventOf<'desk'>>(name: E, payload: EventPayload<E>): void => {
      for (const { kind, contents } of byContents.values()) {
        if (kind === 'desk' && !contents.isDestroyed()) contents.send(name, payload);
      }
    },
  };
};
export type KnownWindows = ReturnType<typeof knownWindows>;
