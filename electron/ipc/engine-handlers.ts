import type { IpcError } from '#contracts/errors.ts';
import type { EngineHost } from '#contracts/host/engine-host.ts';
import type { NetworkHost } from '#contracts/host/network.ts';
import type { ChannelOf } from '#contracts/ipc/contract.ts';
import type { Handlers } from '#electron/ipc/answer-call.ts';
import { ok } from '#electron/ipc/answers.ts';
import type { JournalCount } from '#electron/logs/journal-facts.ts';
import type { Log } from '#electron/logs/log.ts';
import type { Notifier } from '#electron/notifications/notifier.ts';
import type { EngineWindow } from '#electron/windows/engine-window.ts';

/** What lies on disk, as `openStorage` gives it, or why it can't be had just now. */
export type StorageRooms = Pick<EngineHost, 'journal' | 'stages' | 'snapshots' | 'drafts' | 'settings'>;
export type OpenedRooms =
  | { readonly ok: true; readonly value: StorageRooms }
  | { readonly ok: false; readonly error: IpcError };
/** What the engine reaches of the network by calls; pokes and presence go the other way. */
export type NetworkCalls = Omit<NetworkHost, 'onPoke' | 'onPresence'>;
type EngineHandlers = Pick<Handlers, Exclude<ChannelOf<'engine'>, `files.${string}`>>;

/** Main's side of every call the engine makes. Storage may still be opening: a call waits for it. */
export const engineHandlers = (deps: {
  readonly storage: () => Promise<OpenedRooms>;
  readonly notifier: Notifier;
  readonly database: EngineHost['database'];
  readonly network: () => Promise<NetworkCalls>;
  readonly engine: Pick<EngineWindow, 'ready' | 'alive' | 'finished'>;
  readonly journalCount: Pick<JournalCount, 'open' | 'append'>;
  readonly log: Log;
}): EngineHandlers => {
  const { storage, notifier, database, network, engine, journalCount, log } = deps;
  const on =
    <A, T>(work: (rooms: StorageRooms, args: A) => Promise<T>) =>
    async (args: A) => {
      const opened = await storage();
      return opened.ok ? work(opened.value, args) : opened;
    };
  const overNetwork =
    <A, T>(work: (calls: NetworkCalls, args: A) => Promise<T>) =>
    async (args: A) =>
      ok(await work(await network(), args));
  return {
    'journal.open': on((rooms) => journalCount.open(rooms.journal)),
    'journal.append': on((rooms, args) => journalCount.append(rooms.journal, args)),
    'journal.read': on((rooms, args) => rooms.journal.read(args)),
    'journal.restartAt': on((rooms, args) => rooms.journal.restartAt(args)),
    'journal.compact': on((rooms, args) => rooms.journal.compact(args)),
    'stages.append': on((rooms, args) => rooms.stages.append(args)),
    'stages.seal': on((rooms, args) => rooms.stages.seal(args)),
    'stages.read': on((rooms, args) => rooms.stages.read(args)),
    'stages.discard': on((rooms, args) => rooms.stages.discard(args)),
    'snapshots.latest': on((rooms) => rooms.snapshots.latest()),
    'snapshots.writePage': on((rooms, args) => rooms.snapshots.writePage(args)),
    'snapshots.readPage': on((rooms, args) => rooms.snapshots.readPage(args)),
    'snapshots.commit': on((rooms, args) => rooms.snapshots.commit(args)),
    'drafts.list': on((rooms) => rooms.drafts.list()),
    'drafts.put': on((rooms, draft) => rooms.drafts.put(draft)),
    'drafts.remove': on((rooms, { draftId }) => rooms.drafts.remove(draftId)),
    'settings.read': on((rooms) => rooms.settings.read()),
    'settings.write': on((rooms, { values }) => rooms.settings.write(values)),
    'notifications.show': async (request) => ok(await notifier.show(request)),
    'notifications.badge': ({ count }) => {
      notifier.badge(count);
      return ok(null);
    },
    'database.reset': async () => ok(await database.reset()),
    'database.room': async () => ok(await database.room()),
    'network.state': overNetwork((calls) => calls.state()),
    'network.connect': overNetwork((calls, args) => calls.connect(args)),
    'network.signIn': overNetwork((calls, args) => calls.signIn(args)),
    'network.signInByBrowser': overNetwork((calls, args) => calls.signInByBrowser(args)),
    'network.cancelSignIn': overNetwork((calls) => calls.cancelSignIn()),
    'network.signOut': overNetwork((calls, args) => calls.signOut(args)),
    'network.disconnect': overNetwork((calls) => calls.disconnect()),
    'network.push': overNetwork((calls, args) => calls.push(args)),
    'network.pull': overNetwork((calls, args) => calls.pull(args)),
    'network.subject': overNetwork((calls, args) => calls.subject(args)),
    'network.find': overNetwork((calls, args) => calls.find(args)),
    'network.size': overNetwork((calls, args) => calls.size(args)),
    'network.look': overNetwork(async (calls, args) => {
      calls.look(args);
      return null;
    }),
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
