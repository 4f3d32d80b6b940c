import { contextBridge } from 'electron';
import type { EngineBridge } from '#contracts/ipc/bridges.ts';
import { call, forwardPort, isOurPage, subscription } from '#electron/preload/channels.ts';

const bridge: EngineBridge = {
  journal: {
    open: call('journal.open'),
    append: call('journal.append'),
    read: call('journal.read'),
    restartAt: call('journal.restartAt'),
    compact: call('journal.compact'),
  },
  stages: {
    append: call('stages.append'),
    seal: call('stages.seal'),
    read: call('stages.read'),
    discard: call('stages.discard'),
  },
  snapshots: {
    latest: call('snapshots.latest'),
    writePage: call('snapshots.writePage'),
    readPage: call('snapshots.readPage'),
    commit: call('snapshots.commit'),
  },
  drafts: { list: call('drafts.list'), put: call('drafts.put'), remove: call('drafts.remove') },
  settings: { read: call('settings.read'), write: call('settings.write') },
  notifications: { show: call('notifications.show'), badge: call('notifications.badge') },
  database: { reset: call('database.reset'), room: call('database.room') },
  network: {
    state: call('network.state'),
    connect: call('network.connect'),
    signIn: call('network.signIn'),
    signInByBrowser: call('network.signInByBrowser'),
    cancelSignIn: call('network.cancelSignIn'),
    signOut: call('network.signOut'),
    disconnect: call('network.disconnect'),
    push: call('network.push'),
    pull: call('network.pull'),
    subject: call('network.subject'),
    find: call('network.find'),
    size: call('network.size'),
    look: call('network.look'),
  },
  files: {
    states: call('files.states'),
    upload: call('files.upload'),
    download: call('files.download'),
    loose: call('files.loose'),
    settle: call('files.settle'),
  },
  engine: {
    log: call('engine.log'),
    ready: call('engine.ready'),
    alive: call('engine.alive'),
    finished: call('engine.finished'),
  },
  on: {
    windowPort: subscription('windowPort'),
    poke: subscription('poke'),
    presence: subscription('presence'),
    fileMoved: subscription('fileMoved'),
    areYouThere: subscription('areYouThere'),
    finish: subscription('finish'),
  },
};

if (isOurPage()) {
  forwardPort('windowPort', 'windowId');
  contextBridge.exposeInMainWorld('deskbellEngine', bridge);
}
