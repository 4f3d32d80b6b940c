'use strict';
// The floor: Electron with one window and one page that says it has painted. Nothing else.
const { appendFileSync } = require('node:fs');
const { join } = require('node:path');
const { app, BrowserWindow } = require('electron');

const painted = app.commandLine.getSwitchValue('painted-file');

app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 800, webPreferences: { sandbox: true } });
  window.webContents.on('page-title-updated', (_event, title) => {
    if (title === 'painted') appendFileSync(painted, `${Date.now()}\n`);
  });
  window.loadFile(join(__dirname, 'page.html'));
});
app.on('window-all-closed', () => app.quit());
