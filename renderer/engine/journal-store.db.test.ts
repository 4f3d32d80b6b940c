// Before Dexie, which looks for the browser's database once, when it is loaded.
import 'fake-indexeddb/auto';
import { DeskStore } from '#renderer/data/desk-store.ts';
import { openDeskDb } from '#renderer/data/open-desk-db.ts';
import { createMemoryHost } from '#renderer/platform/memory-host.ts';
import { authorityStoreSuite } from '#sync/authority/authority-store.suite.ts';
import { journalStore } from './journal-store.ts';
import { LiveDesk } from './live-desk.ts';
import { Log } from './log.ts';
import { Touches } from './touches.ts';

let made = 0;

/** The desk's store, its database following after every batch: what is gathered next comes out of the tables. */
authorityStoreSuite('journal and Dexie', async () => {
  made += 1;
  const host = createMemoryHost();
  const opened = await host.journal.open();
  const db = await openDeskDb(`authority ${made}`, () => undefined);
  if (!opened.ok || !db.ok) throw new Error('no desk');
  const desk = new LiveDesk(
    new Touches(
      () => 0,
      (_, callback) => callback(),
    ),
  );
  desk.store = await DeskStore.on(db.value);
  const store = journalStore({
    desk,
    log: new Log(host, opened.value, {}),
    now: () => 0,
    refused: () => undefined,
    committed: () => undefined,
  });
  return {
    store: {
      ...store,
      commit: async (batch) => {
        const committed = await store.commit(batch);
        if (desk.store) await desk.overlay.writeTo(desk.store);
        desk.forgetCached();
        return committed;
      },
    },
    fail: (fault) => {
      host.disk.failing = fault === 'diskFull' ? 'diskFull' : fault === null ? null : 'ioError';
    },
  };
});
