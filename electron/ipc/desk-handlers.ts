import { randomUUID } from 'node:crypto';
import type { Boot } from '#contracts/host/desk-host.ts';
import type { ChannelOf } from '#contracts/ipc/contract.ts';
import type { PersonalFiles } from '#electron/files/personal-files.ts';
import type { Handlers, KnownWindow } from '#electron/ipc/answer-call.ts';
import { fail, ok } from '#electron/ipc/answers.ts';
import type { Log } from '#electron/logs/log.ts';
import { mark } from '#electron/logs/marks.ts';
import type { Boots } from '#electron/settings/boot.ts';
import type { DeskSettingsFile } from '#electron/settings/desk-settings-file.ts';
import type { DeskWindows } from '#electron/windows/desk-windows.ts';
import type { EngineWindow } from '#electron/windows/engine-window.ts';
import type { KnownWindows } from '#electron/windows/known-windows.ts';

/** Whether a window can show its first rows out of what it was given, without the engine. */
const paintsAlone = ({ route, firstPage }: Boot): boolean => route.name === 'queue' && firstPage?.queue === route.queue;

type DeskHandlers = Pick<Handlers, Exclude<ChannelOf<'desk'>, `files.${string}`>>;

/** Main's side of every call a visible window makes. */
export const deskHandlers = (deps: {
  readonly boots: Boots;
  readonly settings: DeskSettingsFile;
  readonly desks: DeskWindows;
  readonly windows: KnownWindows;
  readonly engine: EngineWindow;
  readonly files: PersonalFiles;
  /** Told once the first rows are on screen, or when none will be before the engine has answered. */
  readonly firstRows: () => void;
  readonly log: Log;
}): DeskHandlers => {
  const { boots, settings, desks, windows, engine, files, firstRows, log } = deps;
  const windowOf = (caller: KnownWindow) => desks.byId(caller.windowId)?.window ?? null;
  return {
    'desk.boot': async (_args, caller) => {
      mark(log, 'bootAsked', { windowId: caller.windowId });
      const desk = desks.byId(caller.windowId);
      if (!desk) return fail('notFound');
      const boot = await boots.bootFor(desk);
      if (!paintsAlone(boot)) firstRows();
      return ok(boot);
    },
    'desk.connectEngine': (_args, caller) => {
      const contents = windows.contentsOf(caller.webContentsId);
      if (!contents) return fail('notFound');
      const connection = randomUUID();
      contents.postMessage('enginePort', { connection }, [engine.connect(caller.windowId)]);
      return ok({ connection });
    },
    'desk.writeSettings': ({ changes }) => settings.change(changes),
    'desk.openWindow': ({ route }) => {
      desks.openFor(route);
      return ok(null);
    },
    'desk.saveFile': (args, caller) => files.saveText(windowOf(caller), args),
    'desk.saveDiagnostics': (_args, caller) => files.saveDiagnostics(windowOf(caller)),
    'desk.copyText': ({ text }) => {
      files.copy(text);
      return ok(null);
    },
    'desk.showDataFolder': async () => {
      await files.showDataFolder();
      return ok(null);
    },
    'desk.painted': (_args, caller) => {
      mark(log, 'painted', { windowId: caller.windowId });
      firstRows();
      return ok(null);
    },
    'desk.listening': (_args, caller) => {
      desks.byId(caller.windowId)?.requests.listen();
      return ok(null);
    },
  };
};
