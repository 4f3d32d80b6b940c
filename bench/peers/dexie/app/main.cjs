'use strict';
// One window with the Dexie page, on an origin of its own.
const { appendFileSync } = require('node:fs');
const { readFile } = require('node:fs/promises');
const { extname, join, normalize } = require('node:path');
const { app, BrowserWindow, protocol } = require('electron');

const folder = app.commandLine.getSwitchValue('page-folder');
const painted = app.commandLine.getSwitchValue('painted-file');
const query = app.commandLine.getSwitchValue('page-query');
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json' };

protocol.registerSchemesAsPrivileged([
  { scheme: 'bench', privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);

/** The page's files. Isolated across origins, so that the page's clock is fine. */
const answer = async (request) => {
  const file = join(folder, normalize(new URL(request.url).pathname));
  return new Response(await readFile(file), {
    headers: {
      'content-type': types[extname(file)] ?? 'application/octet-stream',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    },
  });
};

app.whenReady().then(() => {
  protocol.handle('bench', answer);
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    webPreferences: { sandbox: true, backgroundThrottling: false },
  });
  window.webContents.on('page-title-updated', (_event, title) => {
    if (title === 'painted' && painted) appendFileSync(painted, `${Date.now()}\n`);
  });
  window.loadURL(`bench://peer/index.html${query ? `?${query}` : ''}`);
});
app.on('window-all-closed', () => app.quit());
