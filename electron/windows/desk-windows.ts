import { BrowserWindow } from 'electron';
import type { DeskRequest, DeskRoute } from '#contracts/host/desk-host.ts';
import { parseLink } from '#contracts/ipc/deep-link.ts';
import type { Log } from '#electron/logs/log.ts';
import { type DeskWindow, openDeskWindow } from '#electron/windows/desk-window.ts';
import type { KnownWindows } from '#electron/windows/known-windows.ts';
import type { WindowPlaces } from '#electron/windows/places.ts';

const sameRoute = (a: DeskRoute, b: DeskRoute): boolean => JSON.stringify(a) === JSON.stringify(b);

const bringForward = (window: BrowserWindow) => {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
};

/** All visible windows: opening, finding, bringing forward, asking them to go somewhere. */
export const deskWindows = (deps: {
  readonly preload: string;
  readonly windows: KnownWindows;
  readonly places: WindowPlaces;
  readonly log: Log;
  readonly now: () => number;
  readonly background: () => string;
  /** Where a window opens that was asked for nothing in particular. */
  readonly home: () => DeskRoute;
  readonly askToReload: (window: BrowserWindow) => Promise<boolean>;
  readonly onAllClosed: () => void;
  readonly onOpened: () => void;
  readonly onShown: () => void;
}) => {
  /** The one used last comes last. */
  const open: DeskWindow[] = [];
  let count = 0;

  const openNew = (route: DeskRoute, kind: 'desk' | 'incident' = 'desk'): DeskWindow => {
    count += 1;
    const { preload, places, log, now, askToReload, onShown } = deps;
    const others = open.filter((other) => other.kind === kind).map((other) => other.window);
    const windowId = `w${count}`;
    const background = deps.background();
    const opened = openDeskWindow({
      windowId,
      kind,
      route,
      preload,
      background,
      places,
      others,
      log,
      now,
      askToReload,
      onShown,
    });
    const desk: DeskWindow = { ...opened, route };
    open.push(desk);
    deps.windows.add({ kind: 'desk', windowId }, desk.window.webContents);
    desk.window.on('focus', () => {
      open.splice(open.indexOf(desk), 1);
      open.push(desk);
    });
    desk.window.on('closed', () => {
      open.splice(open.indexOf(desk), 1);
      log('info', 'window.closed', { windowId, left: open.length });
      if (open.length === 0) deps.onAllClosed();
    });
    log('info', 'window.opened', { windowId, kind });
    deps.onOpened();
    return desk;
  };

  const lastUsed = () => open.findLast((desk) => desk.kind === 'desk');

  /** Brings a window forward and has it show a place; opens one for it when there is none. */
  const show = (route: DeskRoute): void => {
    const alone = open.find((desk) => desk.kind === 'incident' && sameRoute(desk.route, route));
    const desk = alone ?? lastUsed();
    if (!desk) {
      openNew(route);
      return;
    }
    if (desk !== alone) {
      desk.route = route;
      desk.requests.send({ type: 'navigate', route });
    }
    bringForward(desk.window);
  };

  return {
    openNew: () => void openNew(deps.home()),
    /** What a page asks for: an incident gets a window of its own, and only one. */
    openFor: (route: DeskRoute): void => {
      const there = open.find((desk) => desk.kind === 'incident' && sameRoute(desk.route, route));
      if (there) bringForward(there.window);
      else openNew(route, route.name === 'incident' ? 'incident' : 'desk');
    },
    show,
    showLink: (link: string): boolean => {
      const route = parseLink(link);
      if (route) show(route);
      return route !== null;
    },
    /** What a second start, the tray and the dock do. */
    bringForwardOrOpen: (): void => {
      const desk = lastUsed();
      if (desk) bringForward(desk.window);
      else openNew(deps.home());
    },
    /** Has the window used last (a new one when there is none) do something. */
    ask: (request: DeskRequest): void => {
      const focused = BrowserWindow.getFocusedWindow();
      const desk = open.find(({ window }) => window === focused) ?? lastUsed() ?? openNew(deps.home());
      desk.requests.send(request);
      bringForward(desk.window);
    },
    tellAll: (request: DeskRequest): void => {
      for (const desk of open) desk.requests.send(request);
    },
    byId: (windowId: string): DeskWindow | undefined => open.find((desk) => desk.windowId === windowId),
    focused: (): DeskWindow | undefined => open.find(({ window }) => window.isFocused()),
    all: (): readonly DeskWindow[] => open,
    /** Resolves when the last one is closed and has handed over what was typed. */
    closeAll: async (): Promise<void> => {
      const closed = open.map(({ window }) => new Promise<void>((resolve) => window.once('closed', () => resolve())));
      for (const { window } of [...open]) window.close();
      await Promise.all(closed);
    },
  };
};
export type DeskWindows = ReturnType<typeof deskWindows>;
