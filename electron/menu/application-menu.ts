import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { DeskRequest, DeskSettings } from '#contracts/host/desk-host.ts';
import { say } from '#electron/words/words.ts';

type Action = Extract<DeskRequest, { type: 'action' }>['action'];
type Items = MenuItemConstructorOptions[];

/** What menu and tray can have done. */
export interface MenuActions {
  ask(action: Action): void;
  newWindow(): void;
  zoom(step: -1 | 0 | 1): void;
  reload(): void;
  saveDiagnostics(): void;
  showDataFolder(): void;
  quit(): void;
  setTheme(theme: DeskSettings['theme']): void;
}

const THEMES = ['system', 'light', 'dark', 'contrast'] as const;
const line = { type: 'separator' } as const;
const isMac = process.platform === 'darwin';

const fileMenu = (actions: MenuActions): Items => [
  {
    id: 'newIncident',
    label: say('file.newIncident'),
    accelerator: 'CmdOrCtrl+N',
    click: () => actions.ask('newIncident'),
  },
  { id: 'importIncidents', label: say('file.import'), click: () => actions.ask('importIncidents') },
  line,
  { id: 'settings', label: say('file.settings'), accelerator: 'CmdOrCtrl+,', click: () => actions.ask('settings') },
  { id: 'switchPerson', label: say('file.switchPerson'), click: () => actions.ask('switchPerson') },
  line,
  { role: 'close', label: say('file.closeWindow'), accelerator: 'CmdOrCtrl+W' },
  { id: 'quit', label: say('file.quit'), accelerator: 'CmdOrCtrl+Q', click: () => actions.quit() },
];

const editMenu = (actions: MenuActions): Items => [
  { role: 'undo', label: say('edit.undo') },
  { role: 'redo', label: say('edit.redo') },
  line,
  { role: 'cut', label: say('edit.cut') },
  { role: 'copy', label: say('edit.copy') },
  { role: 'paste', label: say('edit.paste') },
  { role: 'pasteAndMatchStyle', label: say('edit.pastePlain') },
  { role: 'selectAll', label: say('edit.selectAll') },
  line,
  { id: 'search', label: say('edit.search'), accelerator: 'CmdOrCtrl+F', click: () => actions.ask('search') },
];

const themeItem = (actions: MenuActions, current: DeskSettings['theme']) => (theme: (typeof THEMES)[number]) => ({
  id: `theme.${theme}`,
  type: 'radio' as const,
  label: say(`view.theme.${theme}`),
  checked: theme === current,
  click: () => actions.setTheme(theme),
});

const viewMenu = (actions: MenuActions, theme: DeskSettings['theme']): Items => [
  { id: 'commands', label: say('view.commands'), click: () => actions.ask('commands') },
  { id: 'alerts', label: say('view.alerts'), click: () => actions.ask('alerts') },
  line,
  { id: 'theme', label: say('view.theme'), submenu: THEMES.map(themeItem(actions, theme)) },
  { id: 'zoomIn', label: say('view.zoomIn'), accelerator: 'CmdOrCtrl+Plus', click: () => actions.zoom(1) },
  // The same key without Shift, and the number pad's.
  { label: say('view.zoomIn'), accelerator: 'CmdOrCtrl+=', click: () => actions.zoom(1), visible: false },
  { label: say('view.zoomIn'), accelerator: 'CmdOrCtrl+numadd', click: () => actions.zoom(1), visible: false },
  { id: 'zoomOut', label: say('view.zoomOut'), accelerator: 'CmdOrCtrl+-', click: () => actions.zoom(-1) },
  { label: say('view.zoomOut'), accelerator: 'CmdOrCtrl+numsub', click: () => actions.zoom(-1), visible: false },
  { id: 'zoomReset', label: say('view.zoomReset'), accelerator: 'CmdOrCtrl+0', click: () => actions.zoom(0) },
  line,
  { role: 'togglefullscreen', label: say('view.fullScreen') },
  { id: 'reload', label: say('view.reload'), accelerator: 'CmdOrCtrl+R', click: () => actions.reload() },
  ...(app.isPackaged ? [] : ([{ role: 'toggleDevTools', label: say('view.developerTools') }] as Items)),
];

const windowMenu = (actions: MenuActions): Items => [
  { id: 'newWindow', label: say('window.new'), accelerator: 'CmdOrCtrl+Shift+N', click: () => actions.newWindow() },
  { role: 'minimize', label: say('window.minimize') },
  ...(isMac ? ([line, { role: 'front', label: say('window.front') }] as Items) : []),
];

const helpMenu = (actions: MenuActions): Items => [
  { id: 'keyboard', label: say('help.keyboard'), click: () => actions.ask('keyboard') },
  { id: 'saveDiagnostics', label: say('help.diagnostics'), click: () => actions.saveDiagnostics() },
  { id: 'showDataFolder', label: say('help.dataFolder'), click: () => actions.showDataFolder() },
  line,
  { id: 'about', label: say('help.about'), click: () => app.showAboutPanel() },
];

/** The menu of every window, with every action that has no place of its own on the screen. */
export const setApplicationMenu = (actions: MenuActions, settings: DeskSettings): void => {
  const template: Items = [
    ...(isMac ? ([{ role: 'appMenu', label: say('app') }] as Items) : []),
    { id: 'file', label: say('file'), submenu: fileMenu(actions) },
    { id: 'edit', label: say('edit'), submenu: editMenu(actions) },
    { id: 'view', label: say('view'), submenu: viewMenu(actions, settings.theme) },
    { id: 'window', label: say('window'), role: 'window', submenu: windowMenu(actions) },
    { id: 'help', label: say('help'), role: 'help', submenu: helpMenu(actions) },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
};

export const setAboutPanel = (): void =>
  app.setAboutPanelOptions({
    applicationName: say('app'),
    applicationVersion: app.getVersion(),
    version: say('about.runtime', { electron: process.versions.electron, chrome: process.versions.chrome }),
    copyright: say('about.copyright'),
  });
