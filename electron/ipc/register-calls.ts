import type { IpcMainInvokeEvent } from 'electron';
import { CHANNELS } from '#contracts/ipc/contract.ts';
import { answerCall, type FindWindow, type Handlers, type Sender } from '#electron/ipc/answer-call.ts';
import type { Log } from '#electron/logs/log.ts';

/** As much of `ipcMain` as is used here; nobody else touches it. */
export interface IpcHost {
  handle(channel: string, listener: (event: IpcMainInvokeEvent, ...sent: unknown[]) => unknown): void;
}

/** A frame that is gone by now, or going, is nobody's: its properties throw. */
export const senderOf = (event: Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>): Sender => {
  try {
    const frame = event.senderFrame;
    return {
      webContentsId: event.sender.id,
      isMainFrame: frame !== null && frame.parent === null && frame === event.sender.mainFrame,
      origin: frame?.origin ?? '',
    };
  } catch {
    return { webContentsId: -1, isMainFrame: false, origin: '' };
  }
};

/** Registers every row of the table. */
export const registerCalls = (
  ipc: IpcHost,
  deps: { readonly handlers: Handlers; readonly find: FindWindow; readonly log: Log },
): void => {
  for (const channel of CHANNELS) {
    ipc.handle(channel, (event, ...sent) => answerCall(channel, senderOf(event), sent, deps));
  }
};
