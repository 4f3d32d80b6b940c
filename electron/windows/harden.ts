import type { Session, WebContents, WebPreferences } from 'electron';
import { mayNavigate } from '#electron/windows/navigation-policy.ts';

/** What every page runs with: a sandbox, its own world, no Node, and nothing that reaches for a network. */
export const pagePreferences = (preload: string): WebPreferences => ({
  preload,
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  // Dictionaries would be fetched from a host outside.
  spellcheck: false,
  v8CacheOptions: 'bypassHeatCheck',
});

/** The session's answers: no permission, no device, no request to any host. */
export const hardenSession = (session: Session, developmentServer: URL | null): void => {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  const outside = ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*', 'file://*/*'];
  session.webRequest.onBeforeRequest({ urls: outside }, ({ url }, answer) => {
    answer({ cancel: developmentServer === null || new URL(url).host !== developmentServer.host });
  });
  session.on('will-download', (event) => event.preventDefault());
};

/** Holds one window to its page. `page` is undefined for contents nobody here opened: they go nowhere. */
export const hardenContents = (contents: WebContents, page: () => string | undefined): void => {
  const hold = (event: { preventDefault(): void }, url: string) => {
    const own = page();
    if (own === undefined || !mayNavigate(own, url)) event.preventDefault();
  };
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event, url) => hold(event, url));
  contents.on('will-redirect', (event, url) => hold(event, url));
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
};
