import { contextBridge } from 'electron';

contextBridge.exposeInMainWorld('deskbell', {});
