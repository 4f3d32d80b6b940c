import { isAbsolute, join, resolve } from 'node:path';
import { app } from 'electron';

/** Where the profile lies: as the switch says, else the system's place; development keeps apart from real work. */
export const settleUserData = (isDevelopment: boolean): string => {
  const wanted = app.commandLine.getSwitchValue('user-data-dir');
  if (wanted !== '') app.setPath('userData', isAbsolute(wanted) ? wanted : resolve(wanted));
  else if (isDevelopment) app.setPath('userData', `${app.getPath('userData')}-development`);
  return app.getPath('userData');
};

export const foldersIn = (userData: string) => ({
  userData,
  logs: join(userData, 'logs'),
  data: join(userData, 'data'),
  deskSettings: join(userData, 'desk-settings.json'),
  windows: join(userData, 'windows.json'),
  network: join(userData, 'network.json'),
});
export type Folders = ReturnType<typeof foldersIn>;

/** The built files, beside the bundle of main. */
export const builtFiles = {
  renderer: join(__dirname, '../renderer'),
  deskPreload: join(__dirname, '../preload/desk.cjs'),
  enginePreload: join(__dirname, '../preload/engine.cjs'),
};
