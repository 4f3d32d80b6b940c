import { BrowserWindow } from 'electron';
import type { DeskRequest, DeskRoute } from '#contracts/host/desk-host.ts';
import { APP_ORIGIN } from '#contracts/ipc/bridges.ts';
import { errorFields } from '#electron/logs/error-fields.ts';
import type { Log } from '#electron/logs/log.ts';
import { offerTextMenu } from '#electron/menu/context-menu.ts';
import { windowIcon } from '#electron/menu/icons.ts';
import { backOff } from '#electron/windows/back-off.ts';
import { hardenContents, pagePreferences } from '#electron/windows/harden.ts';
import { SMALLEST } from '#electron/windows/placement.ts';
import type { PlaceKind, WindowPlaces } from '#electron/windows/places.ts';
import { say } from '#electron/words/words.ts';

const PAGE = 'desk.html';

export interface DeskWindowOptions {
  readonly windowId: string;
  readonly kind: PlaceKind;
  readonly route: DeskRoute;
  readonly preload: string;
  readonly background: string;
  readonly places: WindowPlaces;
  readonly others: readonly BrowserWindow[];
  readonly log: Log;
  readonly now: () => number;
  readonly onShown: () => void;
  /** The window does not answer: resolves to true if it shall be loaded anew. */
  readonly askToReload: (window: BrowserWindow) => Promise<boolean>;
}

/** Loads the page again when its process went away: what was typed lies in main, so nothing is lost. */
const reloadWhenGone = (window: BrowserWindow, options: DeskWindowOptions) => {
  const { log, now, windowId } = options;
  const delayAfterCrash = backOff();
  let loadedAt = now();
  window.webContents.on('did-finish-load', () => {
    loadedAt = now();
  });
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    const delay = delayAfterCrash(loadedAt, now());
    log('error', 'window.gone', { windowId, reason, exitCode, delay });
    setTimeout(() => {
      if (!window.isDestroyed()) window.webContents.reload();
    }, delay);
  });
};

/** A page that hangs can be loaded anew; the person decides, because it may only be busy. */
const askWhenUnresponsive = (window: BrowserWindow, { log, windowId, askToReload }: DeskWindowOptions) => {
  let asking = false;
  window.on('unresponsive', async () => {
    log('warn', 'window.unresponsive', { windowId });
    if (asking) return;
    asking = true;
    const reload = await askToReload(window).finally(() => {
      asking = false;
    });
    if (!reload || window.isDestroyed()) return;
    // A hanging page does not obey a reload; ended, it is loaded anew by the rule above.
    window.webContents.forcefullyCrashRenderer();
  });
  window.on('responsive', () => log('info', 'window.responsive', { windowId }));
};

/** Requests wait until the page listens; a page that loads anew has stopped listening. */
const requestQueue = (window: BrowserWindow) => {
  let listening = false;
  let waiting: DeskRequest[] = [];
  window.webContents.on('did-start-navigation', (event) => {
    if (event.isMainFrame && !event.isSameDocument) listening = false;
  });
  return {
    send: (request: DeskRequest) => {
      if (listening) window.webContents.send('request', request);
      else waiting.push(request);
    },
    listen: () => {
      listening = true;
      for (const request of waiting.splice(0)) window.webContents.send('request', request);
    },
    forget: () => {
      waiting = [];
    },
  };
};

/** Opens one visible window. It shows itself with its first paint, so nothing white flashes. */
export const openDeskWindow = (options: DeskWindowOptions) => {
  const { places, kind } = options;
  const opening = places.opening(
    kind,
    options.others.map((other) => other.getNormalBounds()),
  );
  const window = new BrowserWindow({
    ...opening.box,
    minWidth: Math.min(SMALLEST.width, opening.box.width),
    minHeight: Math.min(SMALLEST.height, opening.box.height),
    show: false,
    fullscreen: opening.fullScreen,
    title: say('app'),
    // A Mac and Windows take it from the application itself.
    ...(process.platform === 'linux' ? { icon: windowIcon() } : {}),
    backgroundColor: options.background,
    webPreferences: { ...pagePreferences(options.preload), zoomFactor: places.zoom() },
  });
  if (opening.maximized) window.maximize();
  const requests = requestQueue(window);
  hardenContents(window.webContents, () => PAGE);
  offerTextMenu(window.webContents);
  window.webContents.on('will-prevent-unload', (event) => event.preventDefault());
  window.once('ready-to-show', () => {
    window.show();
    options.onShown();
  });
  window.webContents.on('preload-error', (_event, _path, error) => {
    options.log('error', 'window.preload', errorFields(error));
  });
  places.follow(kind, window);
  reloadWhenGone(window, options);
  askWhenUnresponsive(window, options);
  window.loadURL(`${APP_ORIGIN}/${PAGE}`).catch((error: { readonly code?: unknown }) => {
    options.log('error', 'window.loadFailed', { windowId: options.windowId, code: String(error.code ?? '') });
  });
  return { window, requests, windowId: options.windowId, kind };
};
export type DeskWindow = ReturnType<typeof openDeskWindow> & { route: DeskRoute };
