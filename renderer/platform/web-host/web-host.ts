import type { EngineHost } from '#contracts/host/engine-host.ts';
import { browserFileStore } from '../files/browser-file-store.ts';
import { pageFiles } from '../files/page-files.ts';
import { newId } from '../ids.ts';
import type { WindowPorts } from '../window-ports.ts';
import { createWindowPorts } from '../window-ports.ts';
import { JOURNAL_DATABASE, JournalDatabase } from './journal-database.ts';
import { noNetwork } from './no-network.ts';
import { webDrafts } from './web-drafts.ts';
import { webJournal } from './web-journal.ts';
import { webNotifications } from './web-notifications.ts';
import { webSettings } from './web-settings.ts';
import { webSnapshots } from './web-snapshots.ts';
import { webStages } from './web-stages.ts';

export interface WebHostOptions {
  readonly databaseName?: string;
  /** Follows a clicked notification: brings a window there. */
  readonly openLink?: (link: string) => void;
  readonly log?: EngineHost['log'];
}

export interface WebHost extends EngineHost {
  readonly connectWindow: WindowPorts['connectWindow'];
  /** Closes the database; nothing depends on it. */
  close(): void;
}

/**
 * The engine's host in a plain browser: a strictly durable IndexedDB database in place of the journal's files.
 * Works in a window, a worker and a SharedWorker alike.
 */
export function createWebHost(options: WebHostOptions = {}): WebHost {
  const db = new JournalDatabase(options.databaseName ?? JOURNAL_DATABASE);
  const drafts = webDrafts(db);
  const ports = createWindowPorts();
  return {
    journal: webJournal(db, newId, drafts.consumed),
    stages: webStages(db),
    snapshots: webSnapshots(db),
    drafts: drafts.parts,
    settings: webSettings(db),
    notifications: webNotifications(options.openLink ?? (() => undefined)),
    // A page of a plain browser can't: the person clears this site's data.
    database: { reset: async () => false, room: async () => null },
    network: noNetwork,
    files: pageFiles({ store: browserFileStore(), now: () => Date.now(), save: () => undefined }).engine,
    onWindow: ports.onWindow,
    connectWindow: ports.connectWindow,
    log: options.log ?? (() => undefined),
    close: () => db.close(),
  };
}
