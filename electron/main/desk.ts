import { app, nativeTheme, session } from 'electron';
import type { DeskRoute, DeskSettings } from '#contracts/host/desk-host.ts';
import { jsonFile } from '#electron/files/json-file.ts';
import { personalFiles } from '#electron/files/personal-files.ts';
import { countJournal } from '#electron/logs/journal-facts.ts';
import type { Log } from '#electron/logs/log.ts';
import { mark } from '#electron/logs/marks.ts';
import { followAppEvents } from '#electron/main/app-events.ts';
import type { StartRequest } from '#electron/main/arguments.ts';
import { askToReload } from '#electron/main/hung-window.ts';
import { menuActions } from '#electron/main/menu-actions.ts';
import { builtFiles, type Folders } from '#electron/main/paths.ts';
import { drainBeforeQuit } from '#electron/main/quitting.ts';
import { storageIn } from '#electron/main/storage.ts';
import { setAboutPanel, setApplicationMenu } from '#electron/menu/application-menu.ts';
import { tray } from '#electron/menu/tray.ts';
import { notifier } from '#electron/notifications/notifier.ts';
import { serveApp } from '#electron/protocol/app-protocol.ts';
import { deskSettingsFile } from '#electron/settings/desk-settings-file.ts';
import { deskWindows } from '#electron/windows/desk-windows.ts';
import { engineWindow } from '#electron/windows/engine-window.ts';
import { hardenSession } from '#electron/windows/harden.ts';
import { knownWindows } from '#electron/windows/known-windows.ts';
import { windowPlaces } from '#electron/windows/places.ts';

const now = () => performance.now();
const CANVAS = { light: '#f6f4f0', dark: '#171614' } as const;

const themeSource = (theme: DeskSettings['theme']) => (theme === 'contrast' ? 'system' : theme);

/** Everything of the desk that is main's, put together once. Nothing here waits: what is slow starts after the window. */
export const desk = (deps: {
  readonly folders: Folders;
  readonly server: URL | null;
  readonly log: Log;
  readonly flushLog: () => void;
}) => {
  const { folders, log } = deps;
  const storage = storageIn(folders.data, log);
  const settings = deskSettingsFile(jsonFile(folders.deskSettings), log);
  const places = windowPlaces(jsonFile(folders.windows));
  const windows = knownWindows();
  const journalCount = countJournal(now);
  const engine = engineWindow({ preload: builtFiles.enginePreload, windows, log, now });
  const home = (): DeskRoute => ({ name: 'queue', queue: settings.get().lastQueue });
  const desks = deskWindows({
    preload: builtFiles.deskPreload,
    windows,
    places,
    log,
    now,
    background: () => (nativeTheme.shouldUseDarkColors ? CANVAS.dark : CANVAS.light),
    home,
    askToReload,
    onOpened: () => mark(log, 'windowCreated'),
    onAllClosed: () => {
      if (!quitting.isQuitting() && !settings.get().closeToTray) app.quit();
    },
  });
  const icon = tray(
    {
      show: () => desks.bringForwardOrOpen(),
      newIncident: () => desks.ask({ type: 'action', action: 'newIncident' }),
      quit: () => app.quit(),
    },
    log,
  );
  const notes = notifier({
    log,
    openLink: (link) => desks.showLink(link),
    onBadge: (count) => icon.setCount(count),
    allowed: () => settings.get().notifications,
  });
  const files = personalFiles({
    dataFolder: folders.data,
    log,
    makeDiagnostics: async () => {
      const { diagnostics } = await import('#electron/logs/diagnostics.ts');
      const opened = await storage.opened();
      return diagnostics({
        folders,
        settings: settings.get(),
        storage: opened.ok ? opened.value : null,
        journal: journalCount.facts(),
      });
    },
  });
  const quitting = drainBeforeQuit({
    log,
    closeWindows: desks.closeAll,
    finishEngine: (limit) => engine.finish(limit),
    closeFiles: async () => {
      engine.stop();
      await Promise.all([places.settled(), storage.close()]);
    },
    lastWords: () => {
      notes.closeAll();
      icon.stop();
      deps.flushLog();
    },
  });

  const actions = menuActions({ desks, places, settings, files, log });
  const applySettings = (changed: DeskSettings) => {
    nativeTheme.themeSource = themeSource(changed.theme);
    setApplicationMenu(actions, changed);
  };
  settings.onChange((changed) => {
    applySettings(changed);
    desks.tellAll({ type: 'settingsChanged', settings: changed });
  });

  const events = followAppEvents(desks, log);

  return {
    /** The window first, then what it needs a moment later: the engine beside it, the IPC table, the data folder. */
    start: async (request: StartRequest): Promise<void> => {
      mark(log, 'ready');
      hardenSession(session.defaultSession, deps.server);
      serveApp(builtFiles.renderer, deps.server);
      applySettings(settings.get());
      events.begin(request);
      engine.start();
      const { openTable } = await import('#electron/ipc/open-table.ts');
      const table = {
        storage: storage.opened,
        settings,
        notifier: notes,
        desks,
        windows,
        engine,
        files,
        journalCount,
        log,
      };
      openTable(table);
      storage.begin();
      setAboutPanel();
      await icon.start();
      const { registerLinks } = await import('#electron/links/register-links.ts');
      registerLinks(log);
    },
  };
};
