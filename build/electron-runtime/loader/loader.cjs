'use strict';
// Stands in for Electron's default app, which the fallback runtime lacks: `electron [switches] <folder> [arguments]`
// starts the application in that folder under its own name, version and path.
const { existsSync, statSync } = require('node:fs');
const { dirname, join, resolve } = require('node:path');
const { app } = require('electron');

const fail = (message) => {
  process.stderr.write(`${message}\n`);
  process.exit(1);
};

/** Switches come before the folder; `-r module` is the only one whose value is a word of its own. */
const readArguments = (words) => {
  const modules = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if (word === '-r' || word === '--require') {
      at += 1;
      modules.push(words[at]);
    } else if (word === '--version' || word === '-v') {
      process.stdout.write(`v${process.versions.electron}\n`);
      process.exit(0);
    } else if (!word.startsWith('-')) {
      return { modules, target: word };
    }
  }
  return { modules, target: undefined };
};

const readPackage = (folder) => {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) fail(`No package.json in ${folder}`);
  return require(file);
};

const start = (target) => {
  const path = resolve(target);
  if (!existsSync(path)) fail(`Unable to find an Electron app at ${path}`);
  if (!statSync(path).isDirectory()) {
    app.setAppPath(dirname(path));
    return require(path);
  }
  const manifest = readPackage(path);
  if (manifest.version) app.setVersion(manifest.version);
  if (manifest.productName || manifest.name) app.name = manifest.productName || manifest.name;
  if (manifest.desktopName) app.setDesktopName(manifest.desktopName);
  app.setAppPath(path);
  return require(join(path, manifest.main || 'index.js'));
};

process.defaultApp = true;
const { modules, target } = readArguments(process.argv.slice(1));
for (const name of modules) require(resolve(name));
if (target === undefined) fail('Say which folder holds the application: electron <folder>');
start(target);
