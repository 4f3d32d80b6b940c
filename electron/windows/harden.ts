import type { Session, WebContents, WebPreferences } from 'electron';
import { APP_ORIGIN } from '#contracts/ipc/bridges.ts';
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

/** The one thing a page of ours may ask for: that its database is not thrown away when the disk runs low. */
const mayHave = (permission: string, url: string): boolean =>
  permission === 'persistent-storage' && url.startsWith(`${APP_ORIGIN}/`);

/**
 * A proxy that nobody is, for loopback too. No request passes the filter below; this is for the connections no
 * filter and no content policy sees: a relay that WebRTC would talk to, a host's name that would be looked up.
 */
const NOWHERE = { mode: 'fixed_servers', proxyRules: 'socks5://127.0.0.1:1', proxyBypassRules: '<-loopback>' } as const;

/** The session's answers: no permission but one, no device, no request to any host. */
export const hardenSession = (session: Session, developmentServer: URL | null): void => {
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) => {
    answer(mayHave(permission, requestingUrl));
  });
  session.setPermissionCheckHandler((_contents, permission, origin) => mayHave(permission, origin));
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  const outside = ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*', 'file://*/*'];
  session.webRequest.onBeforeRequest({ urls: outside }, ({ url }, answer) => {
    answer({ cancel: developmentServer === null || new URL(url).host !== developmentServer.host });
  });
  if (!developmentServer) void session.setProxy(NOWHERE);
  session.on('will-download', (event) => event.preventDefault());
};

/** Holds one window to its page. `page` is undefined for contents nobody here opened: they go nowhere. */
export const hardenContents = (contents: WebContents, page: () => string | undefined): void => {
  const hold = (event: { preventDefault(): void }, url: string) => {
    const own = page();
    if (own === undefined || !mayNavigate(own, url)) event.preventDefault();
  };
  // The one way out that neither the content policy nor the session's filter sees: a page has no use for it.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event, url) => hold(event, url));
  contents.on('will-redirect', (event, url) => hold(event, url));
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
};
