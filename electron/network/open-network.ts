import { hostname } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { app, powerMonitor, type Session, safeStorage, session, shell } from 'electron';
import type { JsonFile } from '#electron/files/json-file.ts';
import type { Log } from '#electron/logs/log.ts';
import { isSpokenTo } from '#electron/network/address.ts';
import { fetchOver } from '#electron/network/chromium-fetch.ts';
import type { Vault } from '#electron/network/kept.ts';
import { Network } from '#electron/network/network.ts';

/** Without `persist:` it lives in memory: no cookie, no cache, nothing of it on disk. No page is ever shown in it. */
const PARTITION = 'deskbell-network';

const ownSession = (): Session => {
  const own = session.fromPartition(PARTITION, { cache: false });
  own.setUserAgent(`Deskbell/${app.getVersion()}`);
  own.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  own.setPermissionCheckHandler(() => false);
  own.webRequest.onBeforeRequest({ urls: ['<all_urls>'] }, ({ url }, answer) => answer({ cancel: !isSpokenTo(url) }));
  return own;
};

/** On Linux without a key store Chromium has a key that everybody knows: a token under it is as good as in the open. */
const hasKeyStore = (): boolean => {
  if (!safeStorage.isEncryptionAvailable()) return false;
  // Runtimes before Electron 26 have no such function, and no such key either.
  const isKnown = process.platform === 'linux' && 'getSelectedStorageBackend' in safeStorage;
  return !isKnown || safeStorage.getSelectedStorageBackend() !== 'basic_text';
};

/** What the key store says no to, or has forgotten, is no token. */
const orNull = (work: () => string): string | null => {
  try {
    return work();
  } catch {
    return null;
  }
};

const vault: Vault = {
  available: hasKeyStore,
  seal: (text) => orNull(() => safeStorage.encryptString(text).toString('base64')),
  unseal: (sealed) => orNull(() => safeStorage.decryptString(Buffer.from(sealed, 'base64'))),
};

/** The way to the server on this machine: Chromium's network with the system's proxies and certificates. */
export const openNetwork = (file: JsonFile, log: Log, bringForward: () => void): Network => {
  const own = ownSession();
  const network = new Network({
    fetch: fetchOver(own),
    file,
    vault,
    now: () => Date.now(),
    steady: () => performance.now(),
    random: Math.random,
    pause: (milliseconds, signal) => setTimeout(milliseconds, undefined, { signal }).catch(() => undefined),
    deviceName: hostname().slice(0, 100),
    openBrowser: (url) =>
      shell.openExternal(url).then(
        () => true,
        () => false,
      ),
    bringForward,
    log: (level, event, fields) => log(level, `network.${event}`, fields),
  });
  powerMonitor.on('resume', () => network.wake());
  return network;
};
