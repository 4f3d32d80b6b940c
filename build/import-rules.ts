import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';

/**
 * The import table of the house, as a function: who may look at whom. Lint says the same while one types;
 * this is the whole truth, as an allow-list, with types counted like values.
 */

/** Folders a folder may import from, besides itself; of two that match a file, the first is its room. */
const rooms: Record<string, readonly string[]> = {
  domain: [],
  contracts: ['domain'],
  sync: ['domain', 'contracts'],
  server: ['domain', 'contracts', 'sync/authority'],
  'electron/preload': ['contracts'],
  electron: ['contracts'],
  renderer: ['domain', 'contracts', 'sync'],
  // The web server answers by the application's own policy and file rules.
  build: ['electron/protocol'],
  // A PostgreSQL that is thrown away, as the server's own tests start it.
  e2e: ['contracts', 'build', 'server/store/testing'],
  bench: ['domain', 'contracts', 'sync', 'electron', 'renderer', 'server', 'build', 'e2e'],
};

const isSchema = (file: string) => file.endsWith('.schema.ts');
const isTest = (file: string) => /\.(test|suite)\.tsx?$/.test(file);
const isTemporal = (name: string) => name === 'temporal-polyfill' || name.startsWith('temporal-polyfill/');
const isZod = (name: string) => name === 'zod' || name.startsWith('zod/');
const isDexie = (name: string) => /^dexie(-|\/|$)/.test(name);
const isDatabase = (name: string) => /^(pg|@electric-sql\/pglite)(\/|$)/.test(name);
const isScreen = (name: string) => /^(electron|react|react-dom|@mantine\/[a-z]+|dexie)(\/|$)/.test(name);
const isRuntime = (name: string) => name.startsWith('node:') || /^electron(\/|$)/.test(name);

/** Packages a folder may import; a folder without an entry may import any. */
const packages: Record<string, (name: string, file: string) => boolean> = {
  domain: (name, file) => isTemporal(name) || (isZod(name) && isSchema(file)),
  contracts: isZod,
  sync: () => false,
  server: (name, file) => !isScreen(name) && (!isDatabase(name) || file.startsWith('server/store/')),
  'electron/preload': (name) => name === 'electron' || name === 'electron/renderer',
  renderer: (name, file) => !isRuntime(name) && (!isDexie(name) || /^renderer\/(data|platform)\//.test(file)),
};

/** Clocks and dice are passed in: a pure room that reads them would replay differently. */
const impure = /\b(Date\.now|new Date\(\)|Math\.random|performance\.now|Temporal\.Now|crypto\.)/;

const roomOf = (file: string) => Object.keys(rooms).find((room) => file === room || file.startsWith(`${room}/`));
const featureOf = (file: string) => /^renderer\/features\/([^/]+)/.exec(file)?.[1];
const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');

const importsOf = (text: string): string[] =>
  [...text.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\(\s*|\bnew URL\(\s*)(['"])([^'"\n]+)\1/g)].map(
    (match) => match[2] ?? '',
  );

/** The file a specifier names inside the house, or undefined when it names a package. */
const insideTarget = (file: string, specifier: string) => {
  if (specifier.startsWith('#')) return specifier.slice(1);
  return specifier.startsWith('.') ? posix.join(dirname(file).split(sep).join('/'), specifier) : undefined;
};

const insideRefusal = (file: string, room: string, target: string): string | undefined => {
  const other = roomOf(target);
  if (other === undefined) return target.includes('/') ? `${target} is no room of the house` : undefined;
  const allowed = rooms[room]?.some((folder) => target.startsWith(`${folder}/`));
  if (other !== room && !allowed) return `${room} may not import ${other}`;
  const [mine, theirs] = [featureOf(file), featureOf(target)];
  if (mine && theirs && mine !== theirs) return `feature ${mine} may not import feature ${theirs}`;
  return undefined;
};

/** Every breach of the table in one file, as sentences; tests may use what they need from outside the house. */
export const refusals = (file: string, source: string): string[] => {
  const room = roomOf(file);
  if (!room) return [];
  const text = withoutComments(source);
  const found: string[] = [];
  for (const specifier of importsOf(text)) {
    const target = insideTarget(file, specifier);
    if (target !== undefined) {
      const refusal =
        isTest(file) && !['domain', 'contracts', 'sync'].includes(room) ? undefined : insideRefusal(file, room, target);
      if (refusal) found.push(`${file}: ${refusal}`);
    } else if (!isTest(file) && packages[room]?.(specifier, file) === false) {
      found.push(`${file}: ${room} may not import ${specifier}`);
    }
  }
  if (['domain', 'sync'].includes(room) && !isTest(file)) {
    const clock = impure.exec(text)?.[0];
    if (clock) found.push(`${file}: ${clock} must be passed in`);
  }
  return found;
};

/** Every source file of the rooms, by its path from the root with forward slashes. */
export const sourceFiles = (root: string): { file: string; source: string }[] =>
  [...new Set(Object.keys(rooms).map((room) => room.split('/')[0] ?? room))].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|tsx)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => ({ file: relative(root, path).split(sep).join('/'), source: readFileSync(path, 'utf8') })),
  );
