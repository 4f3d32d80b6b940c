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
  on: {
    engineLost: subscription('engineLost'),
    request: subscription('request'),
    enginePort: subscription('enginePort'),
  },
};

if (isOurPage()) {
  forwardPort('enginePort', 'connection');
  contextBridge.exposeInMainWorld('deskbell', bridge);
}
