/**
 * What a visible window needs from the machine it runs on. Electron's preload offers it as `window.deskbell`;
 * the plain browser has its own implementation in renderer/platform.
 */

import type { QueueRow } from '#contracts/engine/protocol.ts';
import type { DeskFiles } from '#contracts/host/files-host.ts';
import type { Port } from '#contracts/platform.ts';
import type { Id } from '#domain/activity/activity.ts';
import type { Person } from '#domain/directory/directory.ts';
import type { QueueId } from '#domain/queue/queues.ts';

/** Everything the first paint needs, in one call; read from files, so it needs neither engine nor database. */
export interface Boot {
  readonly platform: 'electron' | 'browser';
  readonly version: string;
  readonly windowId: string;
  /** What this window was opened for. */
  readonly route: DeskRoute;
  readonly settings: DeskSettings;
  readonly person: Person | null;
  /** The last first page the engine stored, painted until the engine answers. */
  readonly firstPage: FirstPage | null;
  readonly language: string;
  readonly zone: string;
}

export interface FirstPage {
  readonly queue: QueueId;
  readonly personId: Id;
  readonly total: number;
  readonly counts: Readonly<Record<QueueId, number | null>>;
  readonly rows: readonly QueueRow[];
  readonly lsn: number;
}

export type DeskRoute =
  | { readonly name: 'queue'; readonly queue: QueueId }
  | { readonly name: 'incident'; readonly idOrNumber: string }
  | { readonly name: 'settings' }
  | { readonly name: 'directory' };

/** Personal and device settings. Kept by main in one file; unknown keys of a newer build are kept. */
export interface DeskSettings {
  readonly theme: 'system' | 'light' | 'dark' | 'contrast';
  readonly density: 'compact' | 'normal' | 'roomy';
  readonly language: 'system' | 'en' | 'en-XA' | 'ar-XB';
  readonly afterSave: 'next' | 'stay' | 'close';
  readonly singleKeys: boolean;
  /** Overrides of the key map: action name → key ('' switches it off). */
  readonly keys: Readonly<Record<string, string>>;
  readonly closeToTray: boolean;
  readonly notifications: boolean;
  readonly lastQueue: QueueId;
}

/** What main asks a window to do: menu items, tray, deep links, a clicked notification. Navigation only. */
export type DeskRequest =
  | { readonly type: 'navigate'; readonly route: DeskRoute }
  | {
      readonly type: 'action';
      readonly action:
        | 'newIncident'
        | 'importIncidents'
        | 'search'
        | 'keyboard'
        | 'commands'
        | 'switchPerson'
        | 'alerts'
        | 'settings';
    }
  | { readonly type: 'settingsChanged'; readonly settings: DeskSettings };

export type DiagnosticsOutcome = { readonly saved: true; readonly path: string } | { readonly saved: false };

export interface DeskHost {
  boot(): Promise<Boot>;
  /** A fresh port to the running engine; called again after the engine was restarted (see `onEngineLost`). */
  connectEngine(): Promise<Port>;
  /** The engine process went away (crash, reload). Unanswered calls are resent under the same ids. */
  onEngineLost(listener: () => void): () => void;
  onRequest(listener: (request: DeskRequest) => void): () => void;
  writeSettings(changes: Partial<DeskSettings>): Promise<DeskSettings>;
  /** A further desk window, or an incident in a window of its own. */
  openWindow(route: DeskRoute): Promise<void>;
  /** Offers a file to save through the system's dialog. False if the person chose not to. */
  saveFile(args: { suggestedName: string; text: string }): Promise<boolean>;
  saveDiagnostics(): Promise<DiagnosticsOutcome>;
  copyText(text: string): Promise<void>;
  /** Where the data lies, for the settings screen and trouble screens. */
  showDataFolder(): Promise<void>;
  /** Called once when the first rows are on screen, for start measurements. */
  painted(): void;
  /** Bytes of attachments. */
  readonly files: DeskFiles;
}
