// Before Dexie, which looks for the browser's database once, when it is loaded.
import 'fake-indexeddb/auto';
import { openSharedStore } from '#renderer/data/shared/open-shared-store.ts';
import { createMemoryDisk, createMemoryHost } from '#renderer/platform/memory-host.ts';
import { describeClientStore } from '#sync/client/client-store.suite.ts';
import { nextId } from '../engine-harness.suite.ts';
import { LiveDesk } from '../live-desk.ts';
import { Log } from '../log.ts';
import { Touches } from '../touches.ts';
import { DeskClientStore } from './client-store.ts';
import { SyncBook } from './sync-book.ts';

describeClientStore('journal and Dexie', async () => {
  const host = createMemoryHost(createMemoryDisk());
  const opening = await host.journal.open();
  if (!opening.ok) throw new Error(opening.error.code);
  const log = new Log(host, opening.value, {});
  const desk = new LiveDesk(
    new Touches(
      () => 0,
      () => undefined,
    ),
  );
  const refused = () => undefined;
  const book = new SyncBook({ desk, log: () => log, now: () => 1, refused });
  const shared = await openSharedStore(nextId(), nextId(), refused);
  return DeskClientStore.open({ book, shared, applied: () => undefined });
});
