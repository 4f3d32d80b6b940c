import { contextBridge } from 'electron';
import type { DeskBridge } from '#contracts/ipc/bridges.ts';
import { call, forwardPort, isOurPage, subscription } from '#electron/preload/channels.ts';

const bridge: DeskBridge = {
  desk: {
    boot: call('desk.boot'),
    connectEngine: call('desk.connectEngine'),
    writeSettings: call('desk.writeSettings'),
    openWindow: call('desk.openWindow'),
    saveFile: call('desk.saveFile'),
    saveDiagnostics: call('desk.saveDiagnostics'),
    copyText: call('desk.copyText'),
    showDataFolder: call('desk.showDataFolder'),
    painted: call('desk.painted'),
    listening: call('desk.listening'),
  },
  files: {
    begin: call('files.begin'),
    append: call('files.append'),
    finish: call('files.finish'),
    abandon: call('files.abandon'),
    state: call('files.state'),
    picture: call('files.picture'),
    saveAs: call('files.saveAs'),
    fetch: call('files.fetch'),
  },
  on: {
    fileChanged: subscription('fileChanged'),
    engineLost: subscription('engineLost'),
    request: subscription('request'),
    enginePort: subscription('enginePort'),
  },
};

if (isOurPage()) {
  forwardPort('enginePort', 'connection');
  contextBridge.exposeInMainWorld('deskbell', bridge);
}
