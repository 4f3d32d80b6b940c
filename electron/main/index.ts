import { app, dialog } from 'electron';
import { openLog } from '#electron/logs/log.ts';
import { mark } from '#electron/logs/marks.ts';
import { readStartRequest } from '#electron/main/arguments.ts';
import { desk } from '#electron/main/desk.ts';
import { guardProcess } from '#electron/main/guard-process.ts';
import { foldersIn, settleUserData } from '#electron/main/paths.ts';
import { leaveWithoutLock } from '#electron/main/refused-start.ts';
import { registerAppScheme } from '#electron/protocol/app-protocol.ts';

/** The development server, for `npm run dev` alone: a package never looks at the environment for it. */
const developmentServer = (): URL | null => {
  const address = app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL;
  return address ? new URL(address) : null;
};

const run = (): void => {
  // Links windows and notifications to deskbell.desktop, the file a Linux package brings.
  if (process.platform === 'linux') app.setDesktopName('deskbell.desktop');
  if (process.platform === 'win32') app.setAppUserModelId('app.deskbell.desktop');
  const server = developmentServer();
  const folders = foldersIn(settleUserData(server !== null));
  const request = readStartRequest(process.argv);
  if (!app.requestSingleInstanceLock({ words: process.argv })) {
    const { showErrorBox: tell } = dialog;
    const [ready, exit] = [() => app.whenReady(), (code: number) => app.exit(code)];
    void leaveWithoutLock({ profile: folders.userData, ready, tell, exit });
    return;
  }
  registerAppScheme();
  const journal = openLog(folders.logs);
  guardProcess(journal.log, journal.flush);
  mark(journal.log, 'main', { version: app.getVersion(), electron: process.versions.electron });
  const started = desk({ folders, server, log: journal.log, flushLog: journal.flush });
  app
    .whenReady()
    .then(() => started.start(request))
    .catch((error: unknown) => {
      journal.log('error', 'main.startFailed', { name: error instanceof Error ? error.name : typeof error });
      journal.flush();
      app.exit(1);
    });
};

run();
