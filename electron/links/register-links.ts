import { app } from 'electron';
import { LINK_SCHEME } from '#contracts/ipc/deep-link.ts';
import type { Log } from '#electron/logs/log.ts';

/**
 * Makes this application the one that opens `deskbell://` links, where its package has not done so already: on
 * Linux the desktop file names the scheme, and asking the system there would start a slow script at every start.
 */
export const registerLinks = (log: Log): void => {
  if (!app.isPackaged || process.platform === 'linux') return;
  if (app.isDefaultProtocolClient(LINK_SCHEME)) return;
  log('info', 'links.registered', { done: app.setAsDefaultProtocolClient(LINK_SCHEME) });
};
