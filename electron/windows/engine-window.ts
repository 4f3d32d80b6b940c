import { BrowserWindow, MessageChannelMain, type MessagePortMain } from 'electron';
import { APP_ORIGIN } from '#contracts/ipc/bridges.ts';
import type { EventOf, EventPayload } from '#contracts/ipc/contract.ts';
import { errorFields } from '#electron/logs/error-fields.ts';
import type { Log } from '#electron/logs/log.ts';
import { backOff } from '#electron/windows/back-off.ts';
import { hardenContents, pagePreferences } from '#electron/windows/harden.ts';
import { watchHeart } from '#electron/windows/heart.ts';
import type { KnownWindows } from '#electron/windows/known-windows.ts';

const PAGE = 'engine.html';

interface Waiting {
  readonly windowId: string;
  readonly port: MessagePortMain;
}
interface Running {
  readonly window: BrowserWindow;
  readonly heart: ReturnType<typeof watchHeart>;
  readonly startedAt: number;
  /** The page listens for ports. */
  ready: boolean;
}

/**
 * The hidden window in which the engine lives, restarted with growing delays whenever its process goes away.
 * It outlives every visible window.
 */
export const engineWindow = (deps: {
  readonly preload: string;
  readonly windows: KnownWindows;
  readonly log: Log;
  readonly now: () => number;
}) => {
  const { windows, log, now } = deps;
  const delayAfterCrash = backOff();
  let running: Running | null = null;
  let waiting: Waiting[] = [];
  let stopped = false;
  let onFinished: (() => void) | null = null;

  const handOver = ({ windowId, port }: Waiting) => {
    running?.window.webContents.postMessage('windowPort', { windowId }, [port]);
  };

  const lost = (what: string) => {
    const past = running;
    if (!past) return;
    running = null;
    past.heart.stop();
    waiting = [];
    if (!past.window.isDestroyed()) past.window.destroy();
    if (stopped) return;
    windows.tellDesks('engineLost', {});
    const delay = delayAfterCrash(past.startedAt, now());
    log('error', 'engine.lost', { what, delay });
    setTimeout(start, delay);
  };

  const start = () => {
    if (running || stopped) return;
    const window = new BrowserWindow({
      show: false,
      paintWhenInitiallyHidden: false,
      skipTaskbar: true,
      title: 'Deskbell engine',
      webPreferences: { ...pagePreferences(deps.preload), backgroundThrottling: false },
    });
    const { webContents } = window;
    const heart = watchHeart({
      ask: () => webContents.send('areYouThere', {}),
      given: () => {
        log('error', 'engine.unresponsive');
        webContents.forcefullyCrashRenderer();
      },
      excused: () => webContents.isDevToolsOpened(),
    });
    running = { window, heart, startedAt: now(), ready: false };
    windows.add({ kind: 'engine', windowId: 'engine' }, webContents);
    hardenContents(webContents, () => PAGE);
    webContents.on('render-process-gone', (_event, { reason, exitCode }) => lost(`${reason}:${exitCode}`));
    webContents.on('preload-error', (_event, _path, error) => log('error', 'engine.preload', errorFields(error)));
    webContents.on('did-fail-load', (_event, code) => lost(`load:${code}`));
    window.on('closed', () => lost('closed'));
    window.loadURL(`${APP_ORIGIN}/${PAGE}`).catch(() => undefined);
    log('info', 'engine.started', { webContents: webContents.id });
  };

  /** Asks the engine to end what it has begun; resolves when it did, or has gone, or after `limit` milliseconds. */
  const finish = (limit: number): Promise<void> =>
    new Promise((resolve) => {
      if (!running?.ready) return resolve();
      const timer = setTimeout(() => {
        log('warn', 'engine.finishTimedOut', { limit });
        resolve();
      }, limit);
      onFinished = () => {
        clearTimeout(timer);
        resolve();
      };
      running.window.once('closed', onFinished);
      running.window.webContents.send('finish', {});
    });

  return {
    start,
    /** Makes a channel between a window and the engine; the engine gets its end as soon as it listens. */
    connect: (windowId: string): MessagePortMain => {
      const { port1, port2 } = new MessageChannelMain();
      if (running?.ready) handOver({ windowId, port: port2 });
      else waiting.push({ windowId, port: port2 });
      return port1;
    },
    ready: () => {
      if (!running) return;
      running.ready = true;
      running.heart.start();
      log('info', 'engine.ready', { after: Math.round(now() - running.startedAt) });
      for (const port of waiting.splice(0)) handOver(port);
    },
    /** Sends an event to the engine's page; one that does not listen yet looks for itself when it starts. */
    tell: <E extends EventOf<'engine'>>(name: E, payload: EventPayload<E>): void => {
      if (running?.ready) running.window.webContents.send(name, payload);
    },
    alive: () => running?.heart.beat(),
    finished: () => onFinished?.(),
    finish,
    stop: () => {
      stopped = true;
      lost('stopped');
    },
    isRunning: () => running !== null,
    processId: () => running?.window.webContents.getOSProcessId(),
  };
};
export type EngineWindow = ReturnType<typeof engineWindow>;
