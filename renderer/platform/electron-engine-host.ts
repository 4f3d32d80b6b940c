import type { EngineHost, JournalError, JournalErrorCode, JournalResult } from '#contracts/host/engine-host.ts';
import type { NetworkHost } from '#contracts/host/network.ts';
import type { EngineBridge } from '#contracts/ipc/bridges.ts';
import { type CallResult, type Channel, events } from '#contracts/ipc/contract.ts';
import { onPort } from '#renderer/platform/electron-ports.ts';
import { electronEngineFiles } from '#renderer/platform/files/electron-files.ts';
import { parseAnswer, valueFrom } from '#renderer/platform/parse-answer.ts';

declare global {
  interface Window {
    /** Put there by the engine's preload; absent in a plain browser. */
    readonly deskbellEngine?: EngineBridge;
  }
}

/** Codes of the boundary itself, in the words the engine knows. */
const journalCodes: Readonly<Record<string, JournalErrorCode>> = {
  staleFence: 'staleFence',
  unexpectedLsn: 'unexpectedLsn',
  diskFull: 'diskFull',
  newerFormat: 'newerFormat',
  tooLarge: 'tooLarge',
  notFound: 'notFound',
  badArguments: 'badArguments',
};

const journalError = (code: string, detail: string | undefined): JournalError => ({
  code: journalCodes[code] ?? 'ioError',
  detail: detail ?? code,
});

/** The way to the server: faults of the network are values, a boundary that refuses what we send is a bug. */
const networkOver = ({ network, on }: Pick<EngineBridge, 'network' | 'on'>): NetworkHost => ({
  state: () => valueFrom('network.state', network.state({})),
  connect: (args) => valueFrom('network.connect', network.connect(args)),
  signIn: (args) => valueFrom('network.signIn', network.signIn(args)),
  signInByBrowser: (args) => valueFrom('network.signInByBrowser', network.signInByBrowser(args)),
  cancelSignIn: () => valueFrom('network.cancelSignIn', network.cancelSignIn({})),
  signOut: (args) => valueFrom('network.signOut', network.signOut(args)),
  disconnect: () => valueFrom('network.disconnect', network.disconnect({})),
  push: async (args) => {
    const answer = await parseAnswer('network.push', network.push(args));
    if (answer.ok) return answer.value;
    if (answer.error.code === 'tooLarge') return { ok: false, error: { code: 'tooLarge' } };
    throw new Error(`network.push: ${answer.error.code}`);
  },
  pull: (args) => valueFrom('network.pull', network.pull(args)),
  subject: (args) => valueFrom('network.subject', network.subject(args)),
  find: (args) => valueFrom('network.find', network.find(args)),
  size: (args) => valueFrom('network.size', network.size(args)),
  look: (args) => void network.look(args).catch(() => undefined),
  onPresence: (listener) => on.presence((payload) => listener(events.presence.payload.parse(payload))),
  onPoke: (listener) => on.poke((payload) => listener(events.poke.payload.parse(payload))),
});

/** The engine's machine under Electron: main, behind the preload's bridge. */
export const electronEngineHost = (bridge: EngineBridge): EngineHost => {
  const { journal, stages, snapshots, drafts, settings, notifications, database, engine, on } = bridge;
  const open = new Set<Promise<unknown>>();
  let beforeFinish: () => Promise<void> = async () => undefined;

  const ask = async <C extends Channel>(channel: C, answer: Promise<unknown>): JournalResult<CallResult<C>> => {
    open.add(answer);
    try {
      const parsed = await parseAnswer(channel, answer);
      return parsed.ok ? parsed : { ok: false, error: journalError(parsed.error.code, parsed.error.detail) };
    } finally {
      open.delete(answer);
    }
  };
  const finish = async () => {
    await beforeFinish().catch(() => undefined);
    while (open.size > 0) await Promise.allSettled(open);
    await engine.finished({});
  };
  // The database can be rebuilt, but Chromium need not throw it away when the disk runs low.
  void globalThis.navigator?.storage?.persist?.();
  on.areYouThere(() => void engine.alive({}));
  on.finish(() => void finish());

  return {
    journal: {
      open: () => ask('journal.open', journal.open({})),
      append: (args) => ask('journal.append', journal.append(args)),
      read: (args) => ask('journal.read', journal.read(args)),
      restartAt: (args) => ask('journal.restartAt', journal.restartAt(args)),
      compact: (args) => ask('journal.compact', journal.compact(args)),
    },
    stages: {
      append: (args) => ask('stages.append', stages.append(args)),
      seal: (args) => ask('stages.seal', stages.seal(args)),
      read: (args) => ask('stages.read', stages.read(args)),
      discard: (args) => ask('stages.discard', stages.discard(args)),
    },
    snapshots: {
      latest: () => ask('snapshots.latest', snapshots.latest({})),
      writePage: (args) => ask('snapshots.writePage', snapshots.writePage(args)),
      readPage: (args) => ask('snapshots.readPage', snapshots.readPage(args)),
      commit: (args) => ask('snapshots.commit', snapshots.commit(args)),
    },
    drafts: {
      list: () => ask('drafts.list', drafts.list({})),
      put: (draft) => ask('drafts.put', drafts.put(draft)),
      remove: (draftId) => ask('drafts.remove', drafts.remove({ draftId })),
    },
    settings: {
      read: () => ask('settings.read', settings.read({})),
      write: (values) => ask('settings.write', settings.write({ values })),
    },
    notifications: {
      show: (request) => valueFrom('notifications.show', notifications.show(request)),
      badge: async (count) => void (await valueFrom('notifications.badge', notifications.badge({ count }))),
    },
    database: {
      reset: () => valueFrom('database.reset', database.reset({})),
      room: () => valueFrom('database.room', database.room({})).catch(() => null),
    },
    network: networkOver(bridge),
    files: electronEngineFiles(bridge),
    onWindow: (listener) => {
      onPort(listener);
      void engine.ready({});
    },
    onFinish: (listener) => {
      beforeFinish = listener;
    },
    log: (level, event, fields) => void engine.log(fields ? { level, event, fields } : { level, event }),
  };
};
