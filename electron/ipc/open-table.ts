import './zod-jitless.ts';

import { ipcMain } from 'electron';
import type { EngineHost } from '#contracts/host/engine-host.ts';
import type { Attachments } from '#electron/attachments/attachments.ts';
import type { PersonalFiles } from '#electron/files/personal-files.ts';
import { deskHandlers } from '#electron/ipc/desk-handlers.ts';
import { engineHandlers, type NetworkCalls, type OpenedRooms } from '#electron/ipc/engine-handlers.ts';
import { fileHandlers } from '#electron/ipc/file-handlers.ts';
import { registerCalls } from '#electron/ipc/register-calls.ts';
import type { JournalCount } from '#electron/logs/journal-facts.ts';
import type { Log } from '#electron/logs/log.ts';
import type { Notifier } from '#electron/notifications/notifier.ts';
import { boots } from '#electron/settings/boot.ts';
import type { DeskSettingsFile } from '#electron/settings/desk-settings-file.ts';
import type { DeskWindows } from '#electron/windows/desk-windows.ts';
import type { EngineWindow } from '#electron/windows/engine-window.ts';
import type { KnownWindows } from '#electron/windows/known-windows.ts';

/**
 * Puts the IPC table in force. A module of its own, loaded after the first window was made and in the same turn:
 * zod takes as long to load as a window to make, and no page can have asked anything yet.
 */
export const openTable = (deps: {
  readonly storage: () => Promise<OpenedRooms>;
  readonly settings: DeskSettingsFile;
  readonly notifier: Notifier;
  readonly database: EngineHost['database'];
  readonly attachments: () => Promise<Attachments>;
  readonly network: () => Promise<NetworkCalls>;
  readonly desks: DeskWindows;
  readonly windows: KnownWindows;
  readonly engine: EngineWindow;
  readonly files: PersonalFiles;
  readonly journalCount: JournalCount;
  readonly firstRows: () => void;
  readonly log: Log;
}): void => {
  const handlers = {
    ...engineHandlers(deps),
    ...deskHandlers({ ...deps, boots: boots(deps) }),
    ...fileHandlers({ ...deps, windowOf: ({ windowId }) => deps.desks.byId(windowId)?.window ?? null }),
  };
  registerCalls(ipcMain, { handlers, find: deps.windows.find, log: deps.log });
};
