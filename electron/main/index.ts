import { join } from 'node:path';
import { app, BrowserWindow } from 'electron';

app.whenReady().then(() => {
  const window = new BrowserWindow({ webPreferences: { preload: join(__dirname, '../preload/desk.cjs') } });
  return window.loadFile(join(__dirname, '../renderer/desk.html'));
});
