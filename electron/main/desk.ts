import { app, nativeTheme, session } from 'electron';
import type { DeskSettings } from '#contracts/host/desk-host.ts';
import type { Poke, Present } from '#contracts/host/network.ts';
import { databaseFiles } from '#electron/files/database-files.ts';
import { jsonFile } from '#electron/files/json-file.ts';
import { personalFiles } from '#electron/files/personal-files.ts';
import { countJournal } from '#electron/logs/journal-facts.ts';
import type { Log } from '#electron/logs/log.ts';
import { mark } from '#electron/logs/marks.ts';
import { followAppEvents } from '#electron/main/app-events.ts';
import type { StartRequest } from '#electron/main/arguments.ts';
import { attachmentsOf } from '#electron/main/attachments.ts';
import { askToReload } from '#electron/main/hung-window.ts';
import { menuActions } from '#electron/main/menu-actions.ts';
import { networkIn } from '#electron/main/network.ts';
import { builtFiles, type Folders } from '#electron/main/paths.ts';
import { drainBeforeQuit } from '#electron/main/quitting.ts';
import { storageIn } from '#electron/main/storage.ts';
import { atMost, signal } from '#electron/main/waiting.ts';
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

interface Ground {
  readonly folders: Folders;
  readonly server: URL | null;
  readonly log: Log;
  readonly flushLog: () => void;
}

const CANVAS = { light: '#f6f4f0', dark: '#171614' } as const;
/** The icon beside the clock takes the system a moment, which the first window has more use for. */
const ICON_WAITS_AT_MOST = 3_000;
/**
 * The first rows come out of a file and need no engine; started beside them, it would take half of a small machine
 * from them.
 */
const ENGINE_WAITS_AT_MOST = 1_500;

/** A token that is just being renewed is written down before the program ends, if the server answers so soon. */
const NETWORK_MAY_TAKE = 2_000;

const now = () => performance.now();
const background = () => (nativeTheme.shouldUseDarkColors ? CANVAS.dark : CANVAS.light);
const themeSource = (theme: DeskSettings['theme']) => (theme === 'contrast' ? 'system' : theme);

/** What lies on this device: settings, window places, and the data folder, which opens in the background. */
const onDevice = ({ folders, log }: Ground) => ({
  settings: deskSettingsFile(jsonFile(folders.deskSettings), log),
  places: windowPlaces(jsonFile(folders.windows)),
  storage: storageIn(folders.data, log),
  journalCount: countJournal(now),
});
type Device = ReturnType<typeof onDevice>;

/** The engine's window and the visible ones. `shown` happens with the first of these, `firstRows` with its rows. */
const allWindows = ({ log }: Ground, { settings, places }: Device) => {
  const windows = knownWindows();
  const shown = signal();
  const firstRows = signal();
  const after = { allClosed: (): void => undefined };
  const desks = deskWindows({
    preload: builtFiles.deskPreload,
    windows,
    places,
    log,
    now,
    background,
    home: () => ({ name: 'queue', queue: settings.get().lastQueue }),
    askToReload,
    onOpened: () => mark(log, 'windowCreated'),
    onShown: () => {
      mark(log, 'shown');
      shown.resolve();
    },
    onAllClosed: () => after.allClosed(),
  });
  const engine = engineWindow({ preload: builtFiles.enginePreload, windows, log, now });
  return { windows, desks, engine, shown, firstRows, after };
};
type Windows = ReturnType<typeof allWindows>;

/** What shows itself outside the windows: the icon beside the clock, notifications, the system's file dialogs. */
const besideWindows = ({ folders, log }: Ground, device: Device, { desks }: Windows) => {
  const icon = tray(
    {
      show: desks.bringForwardOrOpen,
      newIncident: () => desks.ask({ type: 'action', action: 'newIncident' }),
      quit: () => app.quit(),
    },
    log,
  );
  const notes = notifier({
    log,
    openLink: (link) => desks.showLink(link),
    onBadge: icon.setCount,
    allowed: () => device.settings.get().notifications,
  });
  const makeDiagnostics = async () => {
    const { diagnostics } = await import('#electron/logs/diagnostics.ts');
    const opened = await device.storage.opened();
    const storage = opened.ok ? opened.value : null;
    return diagnostics({ folders, settings: device.settings.get(), storage, journal: device.journalCount.facts() });
  };
  return { icon, notes, files: personalFiles({ dataFolder: folders.data, log, makeDiagnostics }) };
};

/** Everything of the desk that is main's, put together once. Nothing here waits: what is slow starts after the window. */
export const desk = (ground: Ground) => {
  const { log, server } = ground;
  const device = onDevice(ground);
  const visible = allWindows(ground, device);
  const beside = besideWindows(ground, device, visible);
  const { settings, places, storage } = device;
  const { desks, engine } = visible;
  const tell = {
    poke: (poke: Poke) => engine.tell('poke', poke),
    presence: (present: Present) => engine.tell('presence', present),
  };
  const network = networkIn(ground.folders.network, log, tell, desks.bringForwardOrOpen);

  const attachments = attachmentsOf({
    folder: ground.folders.data,
    log,
    network: network.opened,
    changed: (state) => {
      engine.tell('fileMoved', state);
      visible.windows.tellDesks('fileChanged', state);
    },
  });

  const quitting = drainBeforeQuit({
    log,
    closeWindows: desks.closeAll,
    finishEngine: engine.finish,
    closeFiles: async () => {
      engine.stop();
      await Promise.all([
        places.settled(),
        storage.close(),
        atMost(attachments.close(), NETWORK_MAY_TAKE),
        atMost(network.close(), NETWORK_MAY_TAKE),
      ]);
    },
    lastWords: () => {
      beside.notes.closeAll();
      beside.icon.stop();
      ground.flushLog();
    },
  });
  visible.after.allClosed = () => {
    if (!quitting.isQuitting() && !settings.get().closeToTray) app.quit();
  };

  const actions = menuActions({ desks, places, settings, files: beside.files, log });
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
    /** The window first, then what it needs a moment later: the IPC table, the data folder, the engine. */
    start: async (request: StartRequest): Promise<void> => {
      mark(log, 'ready');
      hardenSession(session.defaultSession, server);
      serveApp(builtFiles.renderer, server);
      applySettings(settings.get());
      events.begin(request);
      const { openTable } = await import('#electron/ipc/open-table.ts');
      openTable({
        ...device,
        ...visible,
        ...beside,
        storage: storage.opened,
        notifier: beside.notes,
        network: network.opened,
        attachments: attachments.opened,
        firstRows: visible.firstRows.resolve,
        database: databaseFiles(session.defaultSession, ground.folders.userData, log),
        log,
      });
      storage.begin();
      if (!request.hidden) await atMost(visible.firstRows.happened, ENGINE_WAITS_AT_MOST);
      engine.start();
      if (!request.hidden) await atMost(visible.shown.happened, ICON_WAITS_AT_MOST);
      setAboutPanel();
      await beside.icon.start();
      const { registerLinks } = await import('#electron/links/register-links.ts');
      registerLinks(log);
    },
  };
};
