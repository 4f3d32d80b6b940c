import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A registry mirror often carries the native packages of its own platform alone. npm then leaves the others
 * out of the lockfile and `npm ci` refuses what `npm install` just wrote. This names them again, by what
 * their names say, so that one lockfile serves every machine. Run it after a change of dependencies.
 */

interface LockEntry {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}
export type LockPackages = Record<string, LockEntry>;

const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const processors = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64'];

const constraints = (name: string): Pick<LockEntry, 'os' | 'cpu' | 'libc'> | undefined => {
  const words = name.split(/[/-]/);
  const os = systems.find((system) => words.includes(system));
  const cpu = processors.find((processor) => words.includes(processor));
  if (!os || !cpu) return undefined;
  const libc = words.some((word) => word.startsWith('musl')) ? ['musl'] : words.includes('gnu') ? ['glibc'] : undefined;
  return { os: [os], cpu: [cpu], ...(libc && { libc }) };
};

/** Adds an entry for every optional native package that no entry covers; returns what it added. */
export const completeLock = (packages: LockPackages): string[] => {
  const added: string[] = [];
  for (const entry of Object.values(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const path = `node_modules/${name}`;
      const target = constraints(name);
      if (path in packages || !target || !/^\d/.test(version)) continue;
      packages[path] = { version, ...(entry.dev && { dev: true }), optional: true, ...target };
      added.push(name);
    }
  }
  return added;
};

if (import.meta.main) {
  const file = join(import.meta.dirname, '../package-lock.json');
  const lock: { packages: LockPackages } = JSON.parse(readFileSync(file, 'utf8'));
  const added = completeLock(lock.packages);
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`${added.length} entries added`);
}
