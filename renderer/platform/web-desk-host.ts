import type { Boot, DeskHost, DeskRequest, DeskRoute, DeskSettings } from '#contracts/host/desk-host.ts';
import { parseLink } from '#contracts/ipc/deep-link.ts';
import { changeDeskSettings, readDeskSettings } from '#contracts/ipc/desk-settings.ts';
import { QUEUE_IDS } from '#domain/queue/queues.ts';
import { browserFileStore } from './files/browser-file-store.ts';
import { pageFiles } from './files/page-files.ts';
import { newId } from './ids.ts';

const SETTINGS = 'deskbell.settings';

/** Where the page's address leads, as `hashOf` writes it. */
export function routeOf(hash: string, settings: DeskSettings): DeskRoute {
  const [, name, rest] = hash.replace(/^#/, '').split('/');
  const queue = QUEUE_IDS.find((each) => each === rest);
  if (name === 'queue' && queue) return { name: 'queue', queue };
  if (name === 'incident' && rest) return { name: 'incident', idOrNumber: decodeURIComponent(rest) };
  if (name === 'settings' || name === 'directory') return { name };
  return { name: 'queue', queue: settings.lastQueue };
}

function stored(): unknown {
  try {
    return JSON.parse(localStorage.getItem(SETTINGS) ?? '{}') as unknown;
  } catch {
    return {};
  }
}

/** Offers a file as a download, the browser's way of saving. */
function download(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

const textFile = (text: string) => new Blob([text], { type: 'text/plain' });

/** A notification clicked anywhere in this browser comes here as a link; the first window that hears it goes there. */
function onLinks(listener: (request: DeskRequest) => void): () => void {
  const channel = new BroadcastChannel('deskbell.links');
  channel.addEventListener('message', ({ data }) => {
    const route = typeof data === 'string' ? parseLink(data) : null;
    if (route) listener({ type: 'navigate', route });
  });
  return () => channel.close();
}

/** A plain browser as the desk's machine: the engine in a SharedWorker, settings in local storage. */
export function webDeskHost(): DeskHost {
  const windowId = newId();
  let settings = readDeskSettings(stored());
  return {
    boot: async (): Promise<Boot> => ({
      platform: 'browser',
      version: import.meta.env.VITE_VERSION ?? '',
      windowId,
      route: routeOf(window.location.hash, settings),
      settings,
      person: null,
      firstPage: null,
      language: navigator.language,
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    }),
    connectEngine: async () => {
      const worker = new SharedWorker(new URL('../entries/web-engine.worker.ts', import.meta.url), {
        type: 'module',
        name: 'deskbell-engine',
      });
      return worker.port;
    },
    // A SharedWorker lives as long as any window does, so it is never lost to a living one.
    onEngineLost: () => () => undefined,
    onRequest: (listener) => {
      const heard = (event: StorageEvent) => {
        if (event.key !== SETTINGS) return;
        settings = readDeskSettings(stored());
        listener({ type: 'settingsChanged', settings });
      };
      window.addEventListener('storage', heard);
      const stop = onLinks(listener);
      return () => {
        window.removeEventListener('storage', heard);
        stop();
      };
    },
    writeSettings: async (changes) => {
      const next = changeDeskSettings(stored(), changes);
      localStorage.setItem(SETTINGS, JSON.stringify(next));
      settings = readDeskSettings(next);
      return settings;
    },
    openWindow: async (route) => {
      const { hashOf } = await import('#renderer/ui/navigation.ts');
      window.open(`${window.location.pathname}${hashOf(route)}`);
    },
    saveFile: async ({ suggestedName, text }) => {
      download(suggestedName, textFile(text));
      return true;
    },
    saveDiagnostics: async () => {
      const facts = { agent: navigator.userAgent, storage: await navigator.storage.estimate() };
      download('deskbell-diagnostics.json', textFile(JSON.stringify(facts, null, 2)));
      return { saved: true, path: 'deskbell-diagnostics.json' };
    },
    copyText: (text) => navigator.clipboard.writeText(text),
    showDataFolder: async () => undefined,
    painted: () => performance.mark('painted'),
    files: pageFiles({
      store: browserFileStore(),
      now: () => Date.now(),
      // Of no type: a browser saves it and does not try to show it.
      save: (name, bytes) => download(name, new Blob([new Uint8Array(bytes)], { type: 'application/octet-stream' })),
    }).desk,
  };
}
