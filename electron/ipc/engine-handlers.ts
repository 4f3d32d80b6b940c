import type { EngineHost } from '#contracts/host/engine-host.ts';
import type { ChannelOf } from '#contracts/ipc/contract.ts';
import type { Handlers } from '#electron/ipc/answer-call.ts';
import { ok } from '#electron/ipc/answers.ts';
import type { Log } from '#electron/logs/log.ts';
import type { Notifier } from '#electron/notifications/notifier.ts';
import type { EngineWindow } from '#electron/windows/engine-window.ts';

/** What lies on disk, as `openStorage` gives it. */
export type StorageRooms = Pick<EngineHost, 'journal' | 'stages' | 'snapshots' | 'drafts' | 'settings'>;
type EngineHandlers = Pick<Handlers, ChannelOf<'engine'>>;

/** Main's side of every call the engine makes. Storage may still be opening: a call waits for it. */
export const engineHandlers = (deps: {
  readonly storage: () => Promise<StorageRooms>;
  readonly notifier: Notifier;
  readonly engine: EngineWindow;
  readonly log: Log;
}): EngineHandlers => {
  const { storage, notifier, engine, log } = deps;
  return {
    'journal.open': async () => (await storage()).journal.open(),
    'journal.append': async (args) => (await storage()).journal.append(args),
    'journal.read': async (args) => (await storage()).journal.read(args),
    'journal.restartAt': async (args) => (await storage()).journal.restartAt(args),
    'journal.compact': async (args) => (await storage()).journal.compact(args),
    'stages.append': async (args) => (await storage()).stages.append(args),
    'stages.seal': async (args) => (await storage()).stages.seal(args),
    'stages.read': async (args) => (await storage()).stages.read(args),
    'stages.discard': async (args) => (await storage()).stages.discard(args),
    'snapshots.latest': async () => (await storage()).snapshots.latest(),
    'snapshots.writePage': async (args) => (await storage()).snapshots.writePage(args),
    'snapshots.readPage': async (args) => (await storage()).snapshots.readPage(args),
    'snapshots.commit': async (args) => (await storage()).snapshots.commit(args),
    'drafts.list': async () => (await storage()).drafts.list(),
    'drafts.put': async (draft) => (await storage()).drafts.put(draft),
    'drafts.remove': async ({ draftId }) => (await storage()).drafts.remove(draftId),
    'settings.read': async () => (await storage()).settings.read(),
    'settings.write': async ({ values }) => (await storage()).settings.write(values),
    'notifications.show': async (request) => ok(await notifier.show(request)),
    'notifications.badge': ({ count }) => {
      notifier.badge(count);
      return ok(null);
    },
    'engine.log': ({ level, event, fields }) => {
      log(level, `engine.${event}`, fields);
      return ok(null);
    },
    'engine.ready': () => {
      engine.ready();
      return ok(null);
    },
    'engine.alive': () => {
      engine.alive();
      return ok(null);
    },
    'engine.finished': () => {
      engine.finished();
      return ok(null);
    },
  };
};
