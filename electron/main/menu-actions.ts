import { app, BrowserWindow } from 'electron';
import type { PersonalFiles } from '#electron/files/personal-files.ts';
import { errorFields } from '#electron/logs/error-fields.ts';
import type { Log } from '#electron/logs/log.ts';
import type { MenuActions } from '#electron/menu/application-menu.ts';
import type { DeskSettingsFile } from '#electron/settings/desk-settings-file.ts';
import type { DeskWindows } from '#electron/windows/desk-windows.ts';
import type { WindowPlaces } from '#electron/windows/places.ts';
import { nextZoom } from '#electron/windows/zoom.ts';

/** What the application menu does. Whatever belongs to the process is asked of a window. */
export const menuActions = (deps: {
  readonly desks: DeskWindows;
  readonly places: WindowPlaces;
  readonly settings: DeskSettingsFile;
  readonly files: PersonalFiles;
  readonly log: Log;
}): MenuActions => {
  const { desks, places, settings, files, log } = deps;
  const logFailure = (event: string) => (error: unknown) => log('error', event, errorFields(error));

  return {
    ask: (action) => desks.ask({ type: 'action', action }),
    newWindow: () => desks.openNew(),
    zoom: (step) => {
      const factor = nextZoom(places.zoom(), step);
      places.setZoom(factor);
      for (const { window } of desks.all()) window.webContents.setZoomFactor(factor);
    },
    reload: () => desks.focused()?.window.webContents.reload(),
    saveDiagnostics: () =>
      void files.saveDiagnostics(BrowserWindow.getFocusedWindow()).catch(logFailure('diagnostics.failed')),
    showDataFolder: () => void files.showDataFolder().catch(logFailure('file.folderNotShown')),
    quit: () => app.quit(),
    setTheme: (theme) => void settings.change({ theme }),
  };
};
