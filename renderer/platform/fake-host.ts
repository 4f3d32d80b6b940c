import type { Boot, DeskHost, DeskRequest, DeskSettings } from '#contracts/host/desk-host.ts';
import { memoryFileStore } from './files/file-store.ts';
import { pageFiles } from './files/page-files.ts';
import { usualSettings } from './settings-store.ts';

/** A host for tests of screens. */
export interface FakeHost extends DeskHost {
  request(request: DeskRequest): void;
  readonly written: Partial<DeskSettings>[];
  readonly copied: string[];
  readonly opened: unknown[];
  /** Names of attachments that were saved. */
  readonly saved: string[];
}

export function createFakeHost(changes: Partial<Boot> = {}): FakeHost {
  const listeners = new Set<(request: DeskRequest) => void>();
  const written: Partial<DeskSettings>[] = [];
  const copied: string[] = [];
  const opened: unknown[] = [];
  const saved: string[] = [];
  let settings = changes.settings ?? usualSettings;
  return {
    written,
    copied,
    opened,
    saved,
    request: (request) => {
      for (const listener of listeners) listener(request);
    },
    boot: async () => ({
      platform: 'electron',
      version: '0.0.0',
      windowId: 'w-1',
      route: { name: 'queue', queue: 'myWork' },
      person: null,
      firstPage: null,
      language: 'en-GB',
      zone: 'UTC',
      ...changes,
      settings,
    }),
    connectEngine: async () => {
      throw new Error('a fake host has no engine: use createFakeEngine');
    },
    onEngineLost: () => () => undefined,
    onRequest: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    writeSettings: async (change) => {
      written.push(change);
      settings = { ...settings, ...change };
      return settings;
    },
    openWindow: async (route) => void opened.push(route),
    saveFile: async () => true,
    saveDiagnostics: async () => ({ saved: true, path: 'diagnostics.zip' }),
    copyText: async (text) => void copied.push(text),
    showDataFolder: async () => undefined,
    painted: () => undefined,
    files: pageFiles({
      store: memoryFileStore(),
      now: () => Date.now(),
      save: (name) => void saved.push(name),
    }).desk,
  };
}
